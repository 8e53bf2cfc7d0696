import { expect, test } from 'vitest';
import type { Chapter } from '../../store/rows.ts';
import { sampleView } from '../../testing/sample-view.ts';
import { labelling } from './labels-dialog.ts';

const chapters = (...labels: readonly (string | null)[]): readonly Chapter[] => {
  const [known] = sampleView().rows.chapters.values();
  return labels.map((each, i) => ({ ...(known as Chapter), id: `c${i}`, code: `C${i}`, labels: each }));
};

test('each chapter keeps what else it has, and those that have it so already are left alone', () => {
  const act = labelling(chapters('backup night', null, 'go-live'), { added: 'Go-Live', taken: 'night' });
  expect(act).toEqual({
    label: 'Labels of 3 chapters: add go-live, take away night',
    ops: [
      { op: 'set', table: 'chapters', id: 'c0', base: { labels: 'backup night' }, set: { labels: 'backup go-live' } },
      { op: 'set', table: 'chapters', id: 'c1', base: { labels: null }, set: { labels: 'go-live' } },
    ],
  });
});

test.each([
  [{ added: 'a+b' }, 'added', 'The label “a+b” has more than letters, digits, - and _.'],
  [{ taken: 'a+b' }, 'taken', 'The label “a+b” has more than letters, digits, - and _.'],
  [{ added: 'a b', taken: 'B' }, 'taken', '“b” is to be added too.'],
  [{ taken: 'b' }, 'added', 'Nothing would change.'],
  [{ added: Array.from({ length: 20 }, (_, i) => `a${i}`).join(' ') }, 'added', 'C0 would have more than 20 labels.'],
])('%j is told what is wrong with it', (values, field, message) => {
  expect(labelling(chapters('night'), values as never)).toEqual({ field, message });
});
