/** Whatever the step of the store at which all browsers die, everything comes right: no step is left to chance. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Counters } from './counters.ts';
import { play } from './night.ts';
import { scriptOf, storyOf } from './script.ts';
import { withoutSubtleCrypto } from './subtle.ts';
import { modelTier as makeServer } from './tiers.ts';

const HAPPENINGS = 24;
/** Short nights that between them hold what the list at the end names. */
const SEEDS = [1, 2, 3, 5, 7, 359, 465];
const counters = new Counters();
let restore = () => {};

beforeAll(() => {
  restore = withoutSubtleCrypto();
});

afterAll(() => restore());

test.each(SEEDS)('every step of the night of seed %d can be the last', { timeout: 1_200_000 }, async (seed) => {
  const script = scriptOf(seed, HAPPENINGS, 1);
  for (let dieAt = 1, deaths = -1; deaths !== counters.count('browser killed everywhere'); dieAt += 1) {
    deaths = counters.count('browser killed everywhere');
    const failure = await play(seed, script, { counters, makeServer, dieAt });
    expect(failure && { ...failure, dieAt, story: storyOf(script) }).toBeNull();
  }
});

test('among the steps were those of a first snapshot, of edits, receipts and conflicts, of undo, and of a restored server', () => {
  const held = [
    'snapshot taken',
    'applied',
    'merged',
    'conflict',
    'edits joined',
    'act undone',
    'act redone',
    'edit undone before it was sent',
    'server restored',
    'reset epoch',
    'power cut dropped what was not flushed',
    'killed inside a transaction',
  ] as const;
  expect(held.filter((what) => counters.count(what) === 0)).toEqual([]);
});
