/** A backup that was restored once and found whole. Nothing else counts as one, and only then do older ones go. */
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { connected } from '../postgres/connected.ts';
import { writeBackup } from './backup.ts';
import type { Manifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';
import { backupName, forgetOld } from './retention.ts';
import { inScratch } from './scratch.ts';
import type { BackupSettings } from './settings.ts';

export interface VerifiedBackup {
  readonly place: string;
  readonly manifest: Manifest;
  /** Names of the older ones that went. */
  readonly gone: readonly string[];
}

/** Rejects with a sentence; what was written then stays beside the good ones as `….unverified`, to be looked at. */
export async function makeVerifiedBackup(
  url: string,
  { folder, keep, scratchUrl }: BackupSettings,
  now: Date,
): Promise<VerifiedBackup> {
  const place = path.join(folder, backupName(now));
  const unverified = `${place}.unverified`;
  const manifest = await connected(url, (client) => writeBackup(client, unverified));
  const { faults } = await inScratch(scratchUrl ?? url, (client) => restoreBackup(client, unverified));
  if (faults.length > 0) throw new Error(`The backup ${unverified} is not to be trusted. ${faults.join(' ')}`);
  await rename(unverified, place);
  return { place, manifest, gone: await forgetOld(folder, keep) };
}
