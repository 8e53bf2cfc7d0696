/**
 * Labels of a chapter: words by which it is found. They are kept as one text in one form – sorted by code points, none
 * twice, one blank between, null for none – so that equal labels are equal texts (docs/decisions/0039). Pure;
 * `macroplan.is_labels` is its twin in SQL.
 */
import type { Chapter, Value } from './rows.ts';

export const LABEL_MAX = 40;
export const LABELS_MAX = 20;

const LABEL = /^[-a-z0-9_\u00df-\u00f6\u00f8-\u00ff]{1,40}$/;

/** Whether a text is labels as they are kept. */
export function isLabels(text: string): boolean {
  const words = text.split(' ');
  return words.length <= LABELS_MAX && words.every((word) => LABEL.test(word)) && labelsText(words) === text;
}

/** The words of labels as they are kept. */
export function wordsOf(labels: Value | undefined): readonly string[] {
  return typeof labels === 'string' ? labels.split(' ') : [];
}

/** Words as labels are kept. All letters are of Latin-1, whose order as texts is that of their code points. */
export function labelsText(words: Iterable<string>): string | null {
  const sorted = [...new Set(words)].sort();
  return sorted.length === 0 ? null : sorted.join(' ');
}

/** Each once, in their order. */
export function labelsInUse(chapters: Iterable<Pick<Chapter, 'labels'>>): readonly string[] {
  return [...new Set(Array.from(chapters, ({ labels }) => wordsOf(labels)).flat())].sort();
}

export type LabelsEntry =
  | { readonly kind: 'ok'; readonly labels: string | null }
  | { readonly kind: 'error'; readonly message: string };

/** What a person typed, with blanks, commas or semicolons between, in any case: `Data-Migration, go-live`. */
export function readLabels(typed: string): LabelsEntry {
  const words = typedLabels(typed);
  const bad = words.find((word) => !LABEL.test(word));
  if (bad !== undefined) {
    const why =
      bad.length > LABEL_MAX ? `has more than ${LABEL_MAX} characters` : 'has more than letters, digits, - and _';
    return { kind: 'error', message: `The label “${bad}” ${why}.` };
  }
  const labels = labelsText(words);
  if (wordsOf(labels).length > LABELS_MAX)
    return { kind: 'error', message: `A chapter has at most ${LABELS_MAX} labels.` };
  return { kind: 'ok', labels };
}

/** Its words, in small letters, whether they can be labels or not. */
export function typedLabels(typed: string): readonly string[] {
  // A letter and its accent may be typed as two characters that look like one.
  const words = typed
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s,;]+/);
  // As people write them elsewhere.
  return words.map((word) => word.replace(/^#/, '')).filter((word) => word !== '');
}

const OFFERED_MAX = 12;

/** What is typed so far with its last word completed, for each label that begins like it and is not typed yet. */
export function labelsLike(labels: readonly string[], typed: string): readonly string[] {
  const [begun = ''] = /[^\s,;]*$/.exec(typed) ?? [];
  const [words, last] = [typedLabels(typed), typedLabels(begun).at(-1) ?? ''];
  const before = typed.slice(0, typed.length - begun.length);
  const like = labels.filter((label) => label.startsWith(last) && !words.includes(label));
  return like.slice(0, OFFERED_MAX).map((label) => `${before}${label}`);
}
