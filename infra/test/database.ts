/** A fresh, migrated database for one test file, made by copying the template. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { hostUrl } from '../../migrations/roles.ts';

export interface TestDatabase {
  /** Connects as the superuser. */
  readonly url: string;
  /** Connects as the hosts' role, which may execute doors and touch no table. */
  readonly hostUrl: string;
  /** Connections of the superuser. */
  readonly admin: pg.Pool;
  /** Connections of the hosts' role. */
  readonly host: pg.Pool;
  /** Ends the connections and removes the database. */
  drop(): Promise<void>;
}

export interface DatabaseOptions {
  /** The database to copy; `template0` gives one that nobody migrated. */
  readonly template?: string;
}

export async function createDatabase({ template = 'macroplan' }: DatabaseOptions = {}): Promise<TestDatabase> {
  const { templateUrl, hostPassword } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const at = (database: string) => Object.assign(new URL(templateUrl), { pathname: `/${database}` }).href;
  const run = async (statement: string) => {
    const client = new pg.Client(at('postgres'));
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name} template ${template}`);
  const url = at(name);
  const open = (connectionString: string) => {
    const pool = new pg.Pool({ connectionString });
    // Dropping the database ends connections that are just being closed; a query that waits on one would hear of it itself.
    pool.on('error', () => undefined);
    return pool;
  };
  const [admin, host] = [open(url), open(hostUrl(url, hostPassword))];
  return {
    url,
    hostUrl: hostUrl(url, hostPassword),
    admin,
    host,
    async drop() {
      await Promise.all([admin.end(), host.end()]);
      await run(`drop database ${name} with (force)`);
    },
  };
}
