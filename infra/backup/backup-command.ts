/**
 * `npm run backup`: writes a backup, restores it into a scratch database, checks it there, and only then counts it as one and
 * lets the oldest go. Ends with 1 and a sentence where any of this failed; then no older backup has gone.
 */
import { onDatabase, readBackupSettings } from './settings.ts';
import { makeVerifiedBackup } from './verified-backup.ts';

try {
  const settings = readBackupSettings(process.env);
  await onDatabase(process.env, async ({ url }) => {
    const { place, manifest, gone } = await makeVerifiedBackup(url, settings, new Date());
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(`${place} was restored once and found whole (plans: ${manifest.plans.length}, rows: ${rows}).`);
    for (const name of gone) console.log(`${name} has gone: ${settings.keep} backups are kept.`);
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
