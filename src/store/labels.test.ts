import { expect, test } from 'vitest';
import { isLabels, labelsInUse, labelsLike, readLabels } from './labels.ts';

test.each([
  ['Data-Migration, go-live', 'data-migration go-live'],
  ['  b;a\u00a0B,, ', 'a b'],
  ['#Backup #2nd_try', '2nd_try backup'],
  ['U\u0308bergabe Größe', 'größe übergabe'],
  ['z ß é -a 0 _b', '-a 0 _b z ß é'],
  ['', null],
  [' ,; # ', null],
])('%j is typed for %j', (typed, labels) => {
  expect(readLabels(typed)).toEqual({ kind: 'ok', labels });
  if (labels !== null) expect(isLabels(labels)).toBe(true);
});

test.each([
  ['backup a+b', 'The label “a+b” has more than letters, digits, - and _.'],
  ['x'.repeat(41), `The label “${'x'.repeat(41)}” has more than 40 characters.`],
  ['Часть', 'The label “часть” has more than letters, digits, - and _.'],
  [Array.from({ length: 21 }, (_, i) => `a${i}`).join(), 'A chapter has at most 20 labels.'],
])('%j cannot be labels, and it is told why', (typed, message) => {
  expect(readLabels(typed)).toEqual({ kind: 'error', message });
});

test('labels in use are offered for the word that is being typed, behind those that are typed', () => {
  const used = labelsInUse([{ labels: 'go-live backup' }, { labels: null }, { labels: 'backup bank' }]);
  expect(used).toEqual(['backup', 'bank', 'go-live']);
  expect(labelsLike(used, '')).toEqual(used);
  expect(labelsLike(used, 'go-live, BA')).toEqual(['go-live, backup', 'go-live, bank']);
  expect(labelsLike(used, 'backup ')).toEqual(['backup bank', 'backup go-live']);
  expect(labelsLike(used, 'x')).toEqual([]);
});

test('rows from before there were labels have none', () => {
  expect(labelsInUse([{} as { labels: null }])).toEqual([]);
});
