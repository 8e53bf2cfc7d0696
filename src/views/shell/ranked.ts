/** Which commands a few typed letters mean, the likeliest first. Pure. */
import { folded } from '../../store/folded.ts';
import type { CommandGroup } from '../command-group.ts';
import type { MenuItem } from '../menu.ts';

/**
 * Every typed word must be in a command's name. Whole words and beginnings come before what stands inside a word; groups come as their
 * best command does, and what is alike stays in its order. With nothing typed, all but long groups.
 */
export function ranked(groups: readonly CommandGroup[], typed: string): readonly CommandGroup[] {
  const words = wordsOf(typed).split(' ').filter(Boolean);
  if (words.length === 0) return groups.filter(({ isLong, items }) => !isLong && items.length > 0);
  return groups
    .map((group) => {
      const found = group.items
        .map((item) => ({ item, rank: rankOf(nameOf(item), words) }))
        .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
        .sort((a, b) => a.rank - b.rank);
      return { best: found[0]?.rank ?? 0, group: { ...group, items: found.map(({ item }) => item) } };
    })
    .filter(({ group }) => group.items.length > 0)
    .sort((a, b) => a.best - b.best)
    .map(({ group }) => group);
}

/** The first `count` of them, and how many more there are. */
export function shortened(groups: readonly CommandGroup[], count: number) {
  let left = count;
  const first = groups.map((group) => {
    const items = group.items.slice(0, left);
    left -= items.length;
    return { ...group, items };
  });
  const all = groups.reduce((sum, { items }) => sum + items.length, 0);
  return { groups: first.filter(({ items }) => items.length > 0), more: Math.max(0, all - count) };
}

function rankOf(name: string, words: readonly string[]): number {
  return words.reduce((sum, word) => sum + placeOf(name, word), 0);
}

/** Kept: ten thousand chapters are asked for with every letter. */
const names = new WeakMap<MenuItem, string>();

function nameOf(item: MenuItem): string {
  const known = names.get(item) ?? ` ${wordsOf(item.label)} `;
  names.set(item, known);
  return known;
}

function placeOf(name: string, word: string): number {
  if (name.startsWith(` ${word} `)) return 0;
  if (name.startsWith(` ${word}`)) return 1;
  if (name.includes(` ${word} `)) return 2;
  if (name.includes(` ${word}`)) return 3;
  return name.includes(word) ? 5 : Number.POSITIVE_INFINITY;
}

/** Without what stands between words. */
function wordsOf(text: string): string {
  return folded(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
