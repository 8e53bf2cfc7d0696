import { fieldWords } from '../store/words.ts';

/** What people call a merge unit: "times", "phase". */
export function unitWords(unit: string): string {
  return WORDS[unit] ?? fieldWords(unit);
}

const WORDS: { readonly [unit: string]: string } = {
  planned: 'times',
  progress: 'progress',
  note: 'note',
  row: 'the row itself',
};
