/**
 * `npm run bench`: every measurement, as tables of ratios; `npm run bench -- replica`, `-- grids`, `-- network`, `-- viewers`, `-- sync-core`,
 * `-- scriptrunner`, `-- scriptrunner-load`, `-- standby` or `-- unit-costs` one part alone. Nothing here decides whether anything is good enough.
 */
import { cpus } from 'node:os';
import { benchGrids } from './grids/run.ts';
import { benchNetwork } from './network.ts';
import { benchReplica } from './replica/run.ts';
import { benchScriptRunner } from './scriptrunner.ts';
import { benchScriptRunnerLoad } from './scriptrunner-load.ts';
import { benchStandby } from './standby.ts';
import { benchSyncCore } from './sync-core.ts';
import { benchUnitCosts } from './unit-costs.ts';
import { benchViewers } from './viewers.ts';

const PARTS: { readonly [part: string]: (args: readonly string[]) => Promise<void> } = {
  network: benchNetwork,
  'sync-core': benchSyncCore,
  viewers: benchViewers,
  'unit-costs': benchUnitCosts,
  standby: benchStandby,
  replica: benchReplica,
  grids: benchGrids,
  scriptrunner: benchScriptRunner,
  'scriptrunner-load': benchScriptRunnerLoad,
};

const [wanted = '', ...args] = process.argv.slice(2);
const parts = wanted ? [wanted] : Object.keys(PARTS);
console.log(`Node ${process.version} on ${cpus().length} cores; medians of interleaved rounds.`);
for (const name of parts) {
  const part = PARTS[name];
  if (!part) throw new Error(`There is no part ${name}: ${Object.keys(PARTS).join(', ')}.`);
  await part(args);
}
