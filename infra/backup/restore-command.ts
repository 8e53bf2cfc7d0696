/**
 * `npm run restore -- FOLDER` puts a backup into an empty database; `npm run restore -- --check FOLDER` only tries it out in a
 * scratch database. Ends with 1 and a sentence where it failed or what came back is not whole.
 */
import path from 'node:path';
import { connected } from '../postgres/connected.ts';
import { type Restored, restoreBackup } from './restore.ts';
import { inScratch } from './scratch.ts';
import { onDatabase, readBackupSettings } from './settings.ts';

const args = process.argv.slice(2);
const isCheck = args.includes('--check');
const [folder] = args.filter((arg) => arg !== '--check');

try {
  if (folder === undefined) throw new Error('Say which backup: npm run restore -- [--check] FOLDER');
  const { scratchUrl } = readBackupSettings(process.env);
  const start = performance.now();
  const restored = await onDatabase(process.env, async ({ url, hostPassword }) => {
    const options = hostPassword === undefined ? {} : { hostPassword };
    if (isCheck) return await inScratch(scratchUrl ?? url, (client) => restoreBackup(client, path.resolve(folder)));
    return await connected(url, (client) => restoreBackup(client, path.resolve(folder), options));
  });
  report(restored, performance.now() - start);
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
