/**
 * Puts a style sheet into the page, after those that are there. A sheet that a script imports becomes a call of this in that
 * script's file (build.mjs): it comes with what it styles, so nothing is ever shown without it.
 */
export function adopt(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
