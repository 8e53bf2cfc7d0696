/**
 * Spreadsheets run a cell that begins with one of these as a formula (reliability reference, X11): such a text gets an
 * apostrophe before it. A text that has one there already gets one more, so that reading takes back exactly what writing
 * added. (NUL, which is dangerous too, no text of a plan can hold.)
 */
const DANGEROUS = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;
const GUARDED = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;
/** A number is no formula, and stays one that a spreadsheet can add up. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;

export function guarded(text: string): string {
  return DANGEROUS.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

export function unguarded(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
