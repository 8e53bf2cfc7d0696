/** Starts one PostgreSQL for all SQL tests, in memory as far as it goes, with a migrated database to copy. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../migrations/migrate.ts';
import { startPostgres } from '../postgres/embedded.ts';

export interface TestServer {
  /** The superuser's address of the migrated template, to which nobody may stay connected. */
  readonly templateUrl: string;
  readonly hostPassword: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer;
  }
}

/** A test run keeps nothing, so it waits for no disk. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '60' };

export default (project: TestProject) => setUp(project);

/** `programs`: the npm package whose PostgreSQL runs; undefined: the current one. */
export async function setUp(project: TestProject, programs?: string): Promise<() => Promise<void>> {
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
  project.provide('postgres', { templateUrl: server.url, hostPassword: server.hostPassword });
  return stop;
}
