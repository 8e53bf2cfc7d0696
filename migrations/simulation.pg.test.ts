/** Tier B: simulated nights on the real SQL, some of them beside the model, whose every answer must be the same. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { type OpenNightDatabase, openNightDatabase } from '../infra/test/night-database.ts';
import { Counters, type Sometimes } from '../src/testing/simulation/counters.ts';
import kept from '../src/testing/simulation/kept-seeds.json' with { type: 'json' };
import { play } from '../src/testing/simulation/night.ts';
import { scriptFrom } from '../src/testing/simulation/script.ts';
import { simulate, describe as told } from '../src/testing/simulation/simulate.ts';
import { withoutSubtleCrypto } from '../src/testing/simulation/subtle.ts';
import { pairTier, sqlTier } from '../src/testing/simulation/tiers.ts';

const counters = new Counters();
let database: TestDatabase;
let nights: OpenNightDatabase;
let restore = () => {};

beforeAll(async () => {
  database = await createDatabase();
  nights = await openNightDatabase(database.url, database.hostUrl);
  restore = withoutSubtleCrypto();
});

afterAll(async () => {
  restore();
  await nights.close();
  await database.drop();
});

test.each(kept)('the night stays right in which $bug', { timeout: 300_000 }, async ({ seed, script }) => {
  const makeServer = pairTier(nights);
  expect(await play(seed, scriptFrom(script), { counters, makeServer })).toBeNull();
});

test.each([1, 21, 41])('every invariant holds in the 20 nights from seed %d', { timeout: 1_200_000 }, async (first) => {
  const found = await simulate({ first, nights: 20, counters, makeServer: sqlTier(nights) });
  expect(found && told(found)).toBeNull();
});

test.each([61, 81])(
  'model and SQL give the same answers in the 20 nights from seed %d',
  { timeout: 1_200_000 },
  async (first) => {
    const found = await simulate({ first, nights: 20, counters, makeServer: pairTier(nights) });
    expect(found && told(found)).toBeNull();
  },
);

/** What a hundred nights need not meet; a thousand of tier A do. */
const RARE: readonly Sometimes[] = ['conflict constraint', 'refused unknown_row', 'refused conflict_closed'];

test('everything that can happen did happen', () => {
  expect(counters.never.filter((what) => !RARE.includes(what))).toEqual([]);
});

test('a seed is a night: played twice, the same answers in the same order', async () => {
  const trace = async () => {
    const answers: string[] = [];
    const query = async (sql: string, values: readonly unknown[]) => {
      const answer = await nights.host.query(sql, [...values]);
      answers.push(`${sql} ${JSON.stringify([values, answer.rows])}`);
      return answer;
    };
    const makeServer = sqlTier({ ...nights, host: { query } as unknown as typeof nights.host });
    await simulate({ first: 7, nights: 1, counters: new Counters(), makeServer });
    return answers;
  };
  const once = await trace();
  expect(once.length).toBeGreaterThan(10);
  expect(await trace()).toEqual(once);
});
