/**
 * `npm run restore -- FOLDER` puts a backup into an empty database; `npm run restore -- --check FOLDER` only tries it out in a
 * scratch database. Names that were erased since are erased again: `--erasures FILE` says where they are noted, by default in
 * `erasures.jsonl` beside the backup. Ends with 1 and a sentence where it failed or what came back is not whole.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ERASURES, readErasures } from '../erasing/erasures-file.ts';
import { connected } from '../postgres/connected.ts';
import { type Restored, restoreBackup } from './restore.ts';
import { inScratch } from './scratch.ts';
import { onDatabase, readBackupSettings } from './settings.ts';

let isCheck = false;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean', default: false }, erasures: { type: 'string' } },
  });
  isCheck = values.check;
  const [folder] = positionals;
  if (folder === undefined) throw new Error('Say which backup: npm run restore -- [--check] [--erasures FILE] FOLDER');
  const file = values.erasures ?? path.join(path.dirname(path.resolve(folder)), ERASURES);
  const erased = await readErasures(file, { mustBeThere: values.erasures !== undefined });
  const { scratchUrl } = readBackupSettings(process.env);
  const start = performance.now();
  const restored = await onDatabase(process.env, async ({ url, hostPassword }) => {
    const options = hostPassword === undefined ? { erased } : { hostPassword, erased };
    if (isCheck)
      return await inScratch(scratchUrl ?? url, (client) => restoreBackup(client, path.resolve(folder), { erased }));
    return await connected(url, (client) => restoreBackup(client, path.resolve(folder), options));
  });
  report(restored, performance.now() - start);
  if (erased.length > 0) console.log(`Names erased again: ${erased.length}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function report({ manifest, heldMails, faults }: Restored, ms: number): void {
  const events = manifest.plans.reduce((sum, plan) => sum + plan.events, 0);
  const counts = `plans: ${manifest.plans.length}, changes: ${events}, seconds: ${(ms / 1_000).toFixed(1)}`;
  console.log(`${isCheck ? 'Tried out' : 'Restored'}: all as it was at ${manifest.made_at} (${counts}).`);
  if (!isCheck && heldMails > 0) console.log(`Mails held, since they may have gone out after that: ${heldMails}.`);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log('Every log is one unbroken chain, and folds to the rows that are there.');
}
