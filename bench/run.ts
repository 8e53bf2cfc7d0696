/** `npm run bench`: every measurement, as tables of ratios. Nothing here decides whether anything is good enough. */
import { cpus } from 'node:os';
import { benchNetwork } from './network.ts';
import { benchSyncCore } from './sync-core.ts';

console.log(`Node ${process.version} on ${cpus().length} cores; medians of interleaved rounds.`);
await benchNetwork();
await benchSyncCore();
