/** A migrated PostgreSQL that is gone when it stops, in memory as far as it goes: it keeps nothing, so it waits for no disk. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '../../migrations/migrate.ts';
import { type Postgres, startPostgres } from '../postgres/embedded.ts';

const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '60' };

/** `programs`: the npm package whose PostgreSQL runs; undefined: the current one. */
export async function startThrowaway(programs?: string): Promise<Postgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'macroplan-test-'));
  await chmod(folder, 0o711);
  const server = await startPostgres({ dataDir: folder, settings: SETTINGS, ...(programs ? { programs } : {}) });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const client = new pg.Client(server.url);
  // A migration that fails has its say below; the connection that goes with it must not end us first.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await migrate(client, { hostPassword: server.hostPassword });
  } catch (error) {
    await stop();
    throw error;
  } finally {
    await client.end();
  }
  return { ...server, stop };
}
