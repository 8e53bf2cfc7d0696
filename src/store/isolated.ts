/**
 * What people typed, beside words of ours: text that runs from right to left, or a control character that turns the direction (U+202E
 * and its like), must not turn what stands around it. It is put between FSI and PDI (Unicode Standard Annex 9, 2.4.2), which nobody
 * sees; text that turns nothing stays as it is. The twin of `macroplan.isolated`.
 */
export function isolated(text: string): string {
  return TURNS.test(text) ? between(text.replaceAll(ISOLATES, '')) : text;
}

/** A sentence of which all that is filled in is isolated: sentence`“${label}” was not kept: ${reason}`. */
export function sentence(words: TemplateStringsArray, ...filled: readonly unknown[]): string {
  return words.reduce((said, part, i) => `${said}${isolatedPart(String(filled[i - 1]))}${part}`);
}

/** The same for what may be a sentence itself, whose isolates stay. */
function isolatedPart(text: string): string {
  return TURNS.test(text) ? between(balanced(text)) : text;
}

const FSI = '\u2068';
const PDI = '\u2069';
const ISOLATES = /[\u2066-\u2069]/g;
const TURNS =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A line break ends an isolate, so each line is one. */
const between = (text: string) => text.replaceAll(/[^\n]+/g, (line) => `${FSI}${line}${PDI}`);

/** With no PDI that would close an isolate from outside, and none left open. */
function balanced(text: string): string {
  let open = 0;
  const kept = text.replaceAll(ISOLATES, (control) => {
    if (control === PDI && open === 0) return '';
    open += control === PDI ? -1 : 1;
    return control;
  });
  return kept + PDI.repeat(open);
}
