/** The own PostgreSQL of a data folder, whether a host runs on it at the moment or nobody does. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serverAccount } from './account.ts';
import { type Postgres, readPasswords, startPostgres } from './embedded.ts';
import { findPlace } from './place.ts';

/** `stop` leaves a server alone that somebody else had started. */
export async function reachPostgres(dataDir: string): Promise<Postgres> {
  const place = await findPlace(path.resolve(dataDir), serverAccount());
  const port = await runningPort(path.join(place, 'postgres/postmaster.pid'));
  if (port === null) return await startPostgres({ dataDir });
  const { adminPassword, hostPassword } = await readPasswords(path.join(place, 'postgres-passwords'));
  const url = `postgres://postgres:${adminPassword}@127.0.0.1:${port}/macroplan`;
  return { url, hostPassword, stop: async () => undefined };
}

/** Lines of the lock file: process, folder, start, port (PostgreSQL's miscadmin.h). Null where no such process lives. */
async function runningPort(lockFile: string): Promise<number | null> {
  const [pid = '', , , port = ''] = (await readFile(lockFile, 'utf8').catch(() => '')).split('\n');
  const isRunning = /^\d+$/.test(pid) && existsSync(`/proc/${pid}`) && /^\d+$/.test(port);
  return isRunning ? Number(port) : null;
}
