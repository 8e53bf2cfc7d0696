/** A text as searches compare it: without case and accents, so that `uberweisung` finds Überweisung. Pure. */
export function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
