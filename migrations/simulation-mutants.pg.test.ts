/** Simulated nights find each bug that is planted in the functions of a database of its own. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '../infra/test/database.ts';
import { openNightDatabase } from '../infra/test/night-database.ts';
import { Counters } from '../src/testing/simulation/counters.ts';
import { simulate } from '../src/testing/simulation/simulate.ts';
import { SQL_MUTANTS, type SqlMutant } from '../src/testing/simulation/sql-mutants.ts';
import { withoutSubtleCrypto } from '../src/testing/simulation/subtle.ts';
import { pairTier, sqlTier } from '../src/testing/simulation/tiers.ts';

const NIGHTS = 60;
let restore = () => {};

beforeAll(() => {
  restore = withoutSubtleCrypto();
});

afterAll(() => restore());

async function mutated({ file, find, replace }: SqlMutant): Promise<string> {
  const text = await readFile(path.join('migrations/functions', file), 'utf8');
  expect(text, `${file} has changed: where is “${find}”?`).toContain(find);
  return text.replace(find, () => replace);
}

test.each(SQL_MUTANTS)('finds that $bug', { timeout: 1_200_000 }, async (mutant) => {
  const database = await createDatabase();
  try {
    await database.admin.query(await mutated(mutant));
    const nights = await openNightDatabase(database.url, database.hostUrl);
    const makeServer = mutant.tier === 'b' ? sqlTier(nights) : pairTier(nights);
    const found = await simulate({ first: mutant.from ?? 1, nights: NIGHTS, counters: new Counters(), makeServer });
    await nights.close();
    expect(found).not.toBeNull();
    console.log(`${mutant.bug}: seed ${found?.seed}, ${found?.detail.slice(0, 200)}`);
  } finally {
    await database.drop();
  }
});
