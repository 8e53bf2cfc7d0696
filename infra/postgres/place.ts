/** Where the cluster, its passwords and its log live. */
import { randomUUID } from 'node:crypto';
import { access, chmod, constants, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Account, canEnter } from './account.ts';

/** Only root may write here, so nobody can prepare a folder for us. */
const SHARED_PLACE = '/var/lib/macroplan';

/**
 * Answers `dataDir` itself wherever the server's account can reach it. A checkout in root's home is closed to that
 * account, and opening a home would be wrong: then the files lie in a folder of /var/lib, and `dataDir` keeps its name.
 */
export async function findPlace(dataDir: string, account: Account | null): Promise<string> {
  await ensureFolder(dataDir);
  const folder = await realpath(dataDir);
  if (await canEnter(account, folder)) return folder;
  const pointer = path.join(folder, 'postgres-place');
  const known = await readFile(pointer, 'utf8').catch(() => null);
  const place = known ?? path.join(SHARED_PLACE, randomUUID());
  await ensureFolder(place);
  if (known === null) await writeFile(pointer, place);
  return place;
}

/** Folders that we make may be passed through by the server's account; those that were there stay as they are. */
async function ensureFolder(folder: string): Promise<void> {
  try {
    const first = await mkdir(folder, { recursive: true });
    for (let at = folder; first !== undefined && at.length >= first.length; at = path.dirname(at))
      await chmod(at, 0o711);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'it is not a folder' : `it cannot be written (${code})`;
    throw new Error(`The data folder ${folder} is of no use: ${why}; choose another with MACROPLAN_DATA_DIR.`);
  }
}
