/**
 * `npm run simulate -- --seeds 1000 [--from 1] [--tier a|b|ab] [--more-tabs 8] [--no-shrink]`: plays simulated nights and says what happened
 * in them.
 */
import { parseArgs } from 'node:util';
import 'fake-indexeddb/auto';
import { Counters } from './counters.ts';
import { describe, shrink, simulate } from './simulate.ts';
import { withoutSubtleCrypto } from './subtle.ts';
import { openTier, tierOf } from './tiers.ts';

withoutSubtleCrypto();
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string' },
    tier: { type: 'string' },
    'more-tabs': { type: 'string' },
    'no-shrink': { type: 'boolean' },
  },
});
const nights = Number(values.seeds ?? 1000);
const first = Number(values.from ?? 1);
const counters = new Counters();
const { makeServer, close } = await openTier(tierOf(values.tier));
const startedAt = Date.now();
const found = await simulate({ first, nights, moreTabs: Number(values['more-tabs'] ?? 0), counters, makeServer });
const seconds = (Date.now() - startedAt) / 1000;
console.log(counters.toString());
if (found) {
  console.log(describe(values['no-shrink'] ? found : await shrink(found, makeServer)));
  process.exitCode = 1;
} else {
  console.log(
    `${nights} nights from seed ${first}: every invariant held (${Math.round((nights / seconds) * 60)} a minute)`,
  );
}
await close();
