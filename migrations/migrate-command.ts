/**
 * `npm run migrate`: brings the database of DATABASE_URL up to date. MACROPLAN_HOST_PASSWORD lets the hosts log in.
 * `npm run --silent migrate -- --print` writes it as one SQL file instead, for an empty database.
 */
import pg from 'pg';
import { migrate } from './migrate.ts';
import { sqlScript } from './sql-script.ts';

const url = process.env.DATABASE_URL;
const hostPassword = process.env.MACROPLAN_HOST_PASSWORD;

if (process.argv.includes('--print')) {
  process.stdout.write(await sqlScript());
} else if (url === undefined) {
  console.error('Set DATABASE_URL to the database that should be brought up to date.');
  process.exitCode = 2;
} else {
  const client = new pg.Client(url);
  try {
    await client.connect();
    const before = await appliedFiles(client);
    await migrate(client, hostPassword === undefined ? {} : { hostPassword });
    const isNew = (await appliedFiles(client)) !== before;
    console.log(isNew ? 'The database was brought up to date.' : 'The database is up to date.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    await client.end();
  }
}

/** Changes with every file that was applied; null where none was. */
async function appliedFiles(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query(`select to_regclass('macroplan.migrations') is not null as is_there`);
  if (!rows[0].is_there) return null;
  const applied = await client.query(
    `select md5(string_agg(name || checksum, ',' order by name)) as all from macroplan.migrations`,
  );
  return applied.rows[0].all;
}
