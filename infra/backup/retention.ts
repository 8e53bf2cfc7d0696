/** Which backups go when a new one has been verified. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** `macroplan-2026-11-27T224500Z`: sorts by time, and is a good file name everywhere. */
export function backupName(at: Date): string {
  return `macroplan-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z`;
}

const NAME = /^macroplan-\d{4}-\d{2}-\d{2}T\d{6}Z$/;

/** Removes all but the `keep` newest; what has another name is not ours. Resolves to the names that went. */
export async function forgetOld(folder: string, keep: number): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  const old = names.slice(0, Math.max(0, names.length - keep));
  for (const name of old) await rm(path.join(folder, name), { recursive: true });
  return old;
}
