/**
 * Characters that nobody sees and that pages and spreadsheets leave in what is copied from them: soft hyphens, spaces and joiners
 * without width, byte order marks. In a code they would make a second chapter that looks like the first.
 */
export function withoutInvisible(text: string): string {
  return text.replaceAll(/[\u00ad\u200b\u2060\ufeff]/g, '');
}
