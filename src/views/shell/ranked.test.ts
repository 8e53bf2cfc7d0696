import { describe, expect, test } from 'vitest';
import { ranked, shortened } from './ranked.ts';

const item = (label: string) => ({ label, act() {} });
const groups = [
  { title: 'AB Switch', items: ['Move AB…', 'Times…', 'Remove AB…'].map(item) },
  { title: 'Show', items: ['Go to a time…', 'Now'].map(item) },
  { title: 'Chapters', isLong: true, items: ['AA Freeze', 'AB Switch the load', 'BA Überweisung – EUR'].map(item) },
];
const found = (typed: string) => ranked(groups, typed).flatMap(({ items }) => items.map(({ label }) => label));

describe('commands by name', () => {
  test('with nothing typed all are there but the long groups, in their order', () => {
    expect(ranked(groups, '  ').map(({ title }) => title)).toEqual(['AB Switch', 'Show']);
  });

  test('every word must be there, in any order, case and accents aside', () => {
    expect(found('time GO')).toEqual(['Go to a time…']);
    expect(found('uberweis eur')).toEqual(['BA Überweisung – EUR']);
    expect(found('überweis')).toEqual(['BA Überweisung – EUR']);
    expect(found('go zzz')).toEqual([]);
  });

  test('a whole word comes before a beginning, and both before what stands inside', () => {
    const items = ['Renown', 'Nowhere', 'Show now', 'Now'].map(item);
    expect(ranked([{ title: '', items }], 'now')[0]?.items.map(({ label }) => label)).toEqual([
      'Now',
      'Nowhere',
      'Show now',
      'Renown',
    ]);
  });

  test('a group comes as its best command does', () => {
    expect(found('ab')).toEqual(['AB Switch the load', 'Move AB…', 'Remove AB…']);
    expect(found('time')).toEqual(['Times…', 'Go to a time…']);
  });

  test('of many the first are shown, and how many more there are', () => {
    const { groups: first, more } = shortened(ranked(groups, ''), 4);
    expect(first.map(({ items }) => items.length)).toEqual([3, 1]);
    expect(more).toBe(1);
    expect(shortened(ranked(groups, ''), 3).groups).toHaveLength(1);
    expect(shortened(ranked(groups, ''), 9).more).toBe(0);
  });
});
