/**
 * The browser's menu prints the page, and of a frame only what is on the screen. While it prints, the whole table stands in the page
 * itself, behind a shadow root, so that neither style reaches the other.
 */
import { el } from '../dom.ts';

/** `read`: the table as an HTML page; null: there is none. Returns what ends it. */
export function printWhole(element: HTMLElement, read: () => string | null): () => void {
  let clear = () => {};

  function begin(): void {
    clear();
    const html = read();
    if (html === null || !element.checkVisibility()) return;
    const { head, body } = new DOMParser().parseFromString(html, 'text/html');
    const whole = el('div', { class: 'mp-share-whole' });
    const inside = el('div', { style: body.getAttribute('style') });
    inside.append(...body.childNodes);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync([...head.querySelectorAll('style')].map(({ textContent }) => textContent).join(''));
    const shadow = whole.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(inside);
    element.append(whole);
    const paper = paperOf(sheet, element);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];
    clear = () => {
      clear = () => {};
      whole.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== paper);
    };
  }

  const end = () => clear();
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  return () => {
    clear();
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
  };
}

/** Size and margins of the paper are the page's, which a shadow root cannot set; inside Confluence they are not ours. */
function paperOf(sheet: CSSStyleSheet, element: Element): CSSStyleSheet {
  const paper = new CSSStyleSheet();
  const rules = [...sheet.cssRules].filter((rule) => rule instanceof CSSPageRule);
  if (element.closest('[data-page]') !== null) paper.replaceSync(rules.map(({ cssText }) => cssText).join(''));
  return paper;
}
