/**
 * Brings a database to this build: numbered table migrations once each, then every function whose file changed, then
 * the grants. Running it twice changes nothing, two starters take turns, and a step that fails leaves no half of itself.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClientBase } from 'pg';
import { ROOT } from '../infra/root.ts';
import { prepareRoles, setHostPassword } from './roles.ts';

export interface MigrateOptions {
  /** Lets the hosts' role log in with this password; without it the role stays as the administrator made it. */
  readonly hostPassword?: string;
  /** Where the SQL lies; tests give their own. */
  readonly folder?: string;
}

/** The oldest PostgreSQL whose features the SQL uses. */
const SERVER_VERSION_MIN = 14;

/** Any number that only Macroplan's migrations lock: "macr" in ASCII. */
const LOCK = 0x6d616372;

/** Rejects with an Error whose message is a sentence for an administrator. The client must not be in a transaction. */
export async function migrate(client: ClientBase, options: MigrateOptions = {}): Promise<void> {
  const folder = options.folder ?? path.join(ROOT, 'migrations');
  await refuseOldServer(client);
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await prepareRoles(client);
    await applyTables(client, await readSql(path.join(folder, 'tables')));
    await applyFunctions(client, await readSql(path.join(folder, 'functions')), path.join(folder, 'grants.sql'));
    await client.query('reset role');
    if (options.hostPassword !== undefined) await setHostPassword(client, options.hostPassword);
  } finally {
    await client.query('reset role');
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

/**
 * Makes the tables of an earlier build, without functions and triggers, for rows of that build to be put in; `migrate` goes on
 * from there. Leaves the session in the owner's role. Rejects where this build does not know how they were made.
 */
export async function makeTables(client: ClientBase, wanted: readonly MigrationRecord[]): Promise<void> {
  const known = await readSql(path.join(ROOT, 'migrations/tables'));
  const files = wanted.map(({ name, checksum }) => {
    const file = known.find((one) => one.name === name && one.checksum === checksum);
    if (file === undefined)
      throw new Error(`${name} made these tables, and this Macroplan has no such file; take a newer one.`);
    return file;
  });
  await refuseOldServer(client);
  await prepareRoles(client);
  await applyTables(client, files);
}

/** True where the connected role may change this database at all; the hosts' own role may not. */
export async function mayMigrate(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query(`select has_database_privilege(current_database(), 'create') as may`);
  return rows[0].may;
}

/** For a role that may not migrate: rejects with a sentence where the doors of this build are not all there. */
export async function checkMigrated(client: Pick<ClientBase, 'query'>): Promise<void> {
  const doors = (await readSql(path.join(ROOT, 'migrations/functions/doors'))).map(({ name }) => path.parse(name).name);
  const { rows } = await client.query(
    `select array(select proname::text from pg_proc join pg_namespace n on n.oid = pronamespace
      where nspname = 'api' and has_function_privilege(pg_proc.oid, 'execute')) as found`,
  );
  const missing = doors.filter((door) => door !== 'new_epoch' && !rows[0].found.includes(door));
  if (missing.length === 0) return;
  throw new Error(
    `This database lacks ${missing.length} of Macroplan’s functions. An administrator must run \`npm run migrate\` first.`,
  );
}

async function refuseOldServer(client: ClientBase): Promise<void> {
  const { rows } = await client.query(`select current_setting('server_version') as version`);
  const version: string = rows[0].version;
  if (Number.parseInt(version, 10) >= SERVER_VERSION_MIN) return;
  throw new Error(`This is PostgreSQL ${version}; Macroplan needs PostgreSQL ${SERVER_VERSION_MIN} or newer.`);
}

export interface MigrationRecord {
  readonly name: string;
  readonly checksum: string;
}

export interface SqlFile extends MigrationRecord {
  /** Relative to the folder that was read, with forward slashes. */
  readonly name: string;
  readonly text: string;
}

export async function readSql(folder: string): Promise<readonly SqlFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((e) => e.isFile() && e.name.endsWith('.sql'))
    .map((e) => path.join(e.parentPath, e.name));
  return await Promise.all(paths.sort().map((file) => readSqlFile(folder, file)));
}

export async function readSqlFile(folder: string, file: string): Promise<SqlFile> {
  const text = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
  const name = path.relative(folder, file).replaceAll(path.sep, '/');
  return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
}

type Applied = ReadonlyMap<string, string>;

async function readApplied(client: ClientBase): Promise<Applied> {
  const { rows } = await client.query('select name, checksum from macroplan.migrations');
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

async function applyTables(client: ClientBase, files: readonly SqlFile[]): Promise<void> {
  const applied = await readApplied(client);
  const ours = new Set(files.map((file) => file.name));
  const foreign = [...applied.keys()].find((name) => /^\d/.test(name) && !ours.has(name));
  if (foreign !== undefined) {
    throw new Error(`This database was migrated by a newer Macroplan (${foreign}); start that one.`);
  }
  for (const file of files) {
    const checksum = applied.get(file.name);
    if (checksum === file.checksum) continue;
    if (checksum !== undefined) {
      throw new Error(
        `${file.name} was changed after it had been applied to this database; put it back and add a new one.`,
      );
    }
    await inTransaction(client, file.name, async () => {
      await client.query(file.text);
      await record(client, file);
    });
  }
}

/**
 * Where one file changed all are applied, after the functions of the build before are dropped: one whose arguments changed
 * would stay beside the new one, and one that answers another type cannot be replaced. Who calls meanwhile sees the old
 * ones or the new ones. Bodies are not checked on creation, so the files' order does not matter; the tests call every function.
 */
async function applyFunctions(client: ClientBase, files: readonly SqlFile[], grantsFile: string): Promise<void> {
  const applied = await readApplied(client);
  const grants = await readSqlFile(path.dirname(grantsFile), grantsFile);
  if ([...files, grants].every((file) => applied.get(file.name) === file.checksum)) return;
  await inTransaction(client, 'the functions', async () => {
    await client.query('set local check_function_bodies = off');
    await client.query(HOLD_WRITERS);
    await client.query(DROP_FUNCTIONS);
    for (const file of [...files, grants]) {
      await client.query(file.text).catch((error) => {
        throw new Error(`${file.name}: ${messageOf(error)}`);
      });
      await record(client, file);
    }
  });
}

/**
 * Triggers are made anew, which locks their tables one after the other; an edit locks them in another order, and one of the
 * two would be thrown out. Every writer begins with its plan's head, so whoever holds that table waits for those who are
 * inside and keeps the others out for the moment that it takes. Readers go on.
 */
const HOLD_WRITERS = `
  do $$
  begin
    if to_regclass('macroplan.plan_heads') is not null then
      lock table macroplan.plan_heads in exclusive mode;
    end if;
  end
  $$`;

/** All but those that a trigger or a constraint needs; these keep their arguments and are replaced. */
const DROP_FUNCTIONS = `
  do $$
  declare
    v_function regprocedure;
  begin
    for v_function in
      select p.oid::regprocedure
      from pg_proc as p
      where p.pronamespace in ('macroplan'::regnamespace, 'api'::regnamespace)
        and not exists (
          select from pg_depend as d
          where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid and d.classid <> 'pg_proc'::regclass
        )
    loop
      execute format('drop function %s', v_function);
    end loop;
  end
  $$`;

async function record(client: ClientBase, { name, checksum }: SqlFile): Promise<void> {
  await client.query(
    `insert into macroplan.migrations (name, checksum) values ($1, $2)
     on conflict (name) do update set checksum = excluded.checksum, applied_at = now()`,
    [name, checksum],
  );
}

async function inTransaction(client: ClientBase, what: string, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`The database could not be brought up to date (${what}): ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
