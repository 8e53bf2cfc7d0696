/** A database in which simulated nights are played, one after another. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { NightDatabase } from '../../src/testing/simulation/sql-server.ts';
import { ROOT } from '../root.ts';

export interface OpenNightDatabase extends NightDatabase {
  close(): Promise<void>;
}

/** Adds to a migrated database what nights need, and connects to it. */
export async function openNightDatabase(adminUrl: string, hostUrl: string): Promise<OpenNightDatabase> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  await admin.query(await readFile(path.join(ROOT, 'src/testing/simulation/night.sql'), 'utf8'));
  await admin.query('set search_path = night, pg_catalog, macroplan, public');
  const host = new pg.Client(hostUrl);
  await host.connect();
  const close = async () => {
    await Promise.all([admin.end(), host.end()]);
  };
  return { admin, host, close };
}
