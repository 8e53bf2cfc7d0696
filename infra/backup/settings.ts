/** Which database a backup or a restore is about, and where backups lie. */
import path from 'node:path';
import { reachPostgres } from '../postgres/reach.ts';
import { ROOT } from '../root.ts';

export interface BackupSettings {
  /** Absolute. */
  readonly folder: string;
  /** How many verified backups stay. */
  readonly keep: number;
  /** A database of the server on which a backup is tried out; null: the one that is backed up. */
  readonly scratchUrl: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function readBackupSettings(environment: Environment): BackupSettings {
  const keep = environment.MACROPLAN_BACKUP_KEEP?.trim() || '14';
  if (!/^[1-9]\d{0,4}$/.test(keep)) {
    throw new Error(`MACROPLAN_BACKUP_KEEP must be a whole number of at least 1, and not "${keep}".`);
  }
  return {
    folder: path.resolve(ROOT, environment.MACROPLAN_BACKUP_DIR?.trim() || 'backups'),
    keep: Number(keep),
    scratchUrl: environment.MACROPLAN_SCRATCH_URL?.trim() || null,
  };
}

export interface Reached {
  readonly url: string;
  /** For `migrate`; undefined where an administrator sets passwords. */
  readonly hostPassword: string | undefined;
}

/** Runs `work` on the database that the environment means: DATABASE_URL, or the own PostgreSQL, started if need be. */
export async function onDatabase<T>(environment: Environment, work: (reached: Reached) => Promise<T>): Promise<T> {
  const url = environment.DATABASE_URL?.trim();
  if (url) return await work({ url, hostPassword: environment.MACROPLAN_HOST_PASSWORD || undefined });
  const own = await reachPostgres(path.resolve(ROOT, environment.MACROPLAN_DATA_DIR?.trim() || '.data'));
  try {
    return await work(own);
  } finally {
    await own.stop();
  }
}
