/** Keys of one letter that a reader gives to acts in place of those that everybody has: for hands, keyboards and habits that differ. */
import type { FormField, FormProblem, FormValues } from '../form.ts';
import type { LetterKeys } from '../keys.ts';

/** What each key does for everybody. */
export const LETTER_KEYS: readonly (readonly [key: string, act: string])[] = [
  ['s', 'Start'],
  ['e', 'End'],
  ['d', 'Duration'],
  ['t', 'Start, end and duration'],
  ['m', 'Move'],
  ['h', 'Select all from here on'],
  ['n', 'Now'],
  ['f', 'Fit'],
  ['+', 'Zoom in'],
  ['-', 'Zoom out'],
  ['[', 'A day back'],
  [']', 'A day on'],
  ['g', 'Go to a time'],
  ['/', 'Search'],
  ['j', 'Next finding or conflict'],
  ['k', 'Previous finding or conflict'],
  ['v', 'Variance'],
  ['a', 'Add a chapter'],
  ['c', 'Change the chapter or phase'],
  ['l', 'Dependencies'],
  ['1', 'Conflict: keep theirs'],
  ['2', 'Conflict: use mine'],
  ['3', 'Conflict: edit'],
  ['4', 'Conflict: both'],
  ['?', 'List of keys'],
];

export function keyFields(own: LetterKeys['own']): readonly FormField[] {
  return LETTER_KEYS.map(([key, act]) => ({
    name: key,
    label: act,
    kind: 'line',
    value: (own[key] ?? key).toUpperCase(),
    ...(key in own ? { hint: `${key.toUpperCase()} for everybody else.` } : {}),
  }));
}

/** Those that differ, or what is wrong with them. A field left empty: that act has no key. */
export function readKeys(values: FormValues): LetterKeys['own'] | FormProblem {
  const taken = new Map<string, string>();
  const own: Record<string, string> = {};
  for (const [standard, act] of LETTER_KEYS) {
    const key = (values[standard] ?? '').toLowerCase();
    const problem = (message: string): FormProblem => ({ field: standard, message });
    if ([...key].length > 1 || /\s/.test(key)) return problem('One letter or sign, or nothing for no key.');
    if (/\d/.test(key) && !/\d/.test(standard)) return problem('Figures are typed over times.');
    const other = taken.get(key);
    if (key !== '' && other !== undefined) return problem(`${key.toUpperCase()} is the key of “${other}” already.`);
    taken.set(key, act);
    if (key !== standard) own[standard] = key;
  }
  return own;
}
