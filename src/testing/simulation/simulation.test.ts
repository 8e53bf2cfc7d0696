/** Tier A: a thousand simulated nights, the same each time, and nights that once went wrong before all others. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Counters } from './counters.ts';
import kept from './kept-seeds.json' with { type: 'json' };
import { play } from './night.ts';
import { scriptFrom } from './script.ts';
import { simulate, describe as told } from './simulate.ts';
import { withoutSubtleCrypto } from './subtle.ts';
import { modelTier as makeServer } from './tiers.ts';

const NIGHTS = 1_000;
const NIGHTS_A_TEST = 100;
const counters = new Counters();
let restore = () => {};

beforeAll(() => {
  restore = withoutSubtleCrypto();
});

afterAll(() => restore());

test.each(kept)('the night stays right in which $bug', { timeout: 300_000 }, async ({ seed, script }) => {
  expect(await play(seed, scriptFrom(script), { counters: new Counters(), makeServer })).toBeNull();
});

const firsts = Array.from({ length: NIGHTS / NIGHTS_A_TEST }, (_, i) => 1 + i * NIGHTS_A_TEST);

test.each(firsts)(
  `every invariant holds in the ${NIGHTS_A_TEST} nights from seed %d`,
  { timeout: 1_200_000 },
  async (first) => {
    const found = await simulate({ first, nights: NIGHTS_A_TEST, counters, makeServer });
    expect(found && told(found)).toBeNull();
  },
);

test('everything that can happen did happen', () => {
  expect(counters.never).toEqual([]);
});
