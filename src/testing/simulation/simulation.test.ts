/** Tier A: a thousand simulated nights, the same each time, and nights that once went wrong before all others. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Counters } from './counters.ts';
import kept from './kept-seeds.json' with { type: 'json' };
import { simulate, describe as told } from './simulate.ts';

const NIGHTS = 1_000;
const NIGHTS_A_TEST = 100;
const counters = new Counters();
const real = Object.getOwnPropertyDescriptor(globalThis, 'crypto');

beforeAll(() => {
  // Without subtle crypto every step of a night runs on the simulated loop.
  const getRandomValues = crypto.getRandomValues.bind(crypto);
  Object.defineProperty(globalThis, 'crypto', { configurable: true, value: { getRandomValues } });
});

afterAll(() => {
  if (real) Object.defineProperty(globalThis, 'crypto', real);
});

async function playAll(first: number, nights: number): Promise<void> {
  const found = await simulate(first, nights, counters);
  expect(found && told(found)).toBeNull();
}

test.each(kept)('seed $seed stays right: $bug', { timeout: 60_000 }, ({ seed }) => playAll(seed, 1));

const firsts = Array.from({ length: NIGHTS / NIGHTS_A_TEST }, (_, i) => 1 + i * NIGHTS_A_TEST);

test.each(firsts)(`every invariant holds in the ${NIGHTS_A_TEST} nights from seed %d`, { timeout: 300_000 }, (first) =>
  playAll(first, NIGHTS_A_TEST),
);

test('everything that can happen did happen', () => {
  expect(counters.never).toEqual([]);
});
