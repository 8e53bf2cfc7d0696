/**
 * What `migrate` does to an empty database, as one SQL file for an administrator who runs everything by hand. It leaves the
 * same records, so that later upgrades by `npm run migrate` go on from it.
 */
import path from 'node:path';
import { ROOT } from '../infra/root.ts';
import { readSql, readSqlFile, type SqlFile } from './migrate.ts';
import { CREATE_MIGRATIONS, CREATE_ROLES } from './roles.ts';

export async function sqlScript(folder = path.join(ROOT, 'migrations')): Promise<string> {
  const [tables, functions] = [
    await readSql(path.join(folder, 'tables')),
    await readSql(path.join(folder, 'functions')),
  ];
  const grants = await readSqlFile(folder, path.join(folder, 'grants.sql'));
  return [
    '-- Macroplan, for an empty PostgreSQL database: psql -v ON_ERROR_STOP=1 -f this-file',
    'begin;',
    `${CREATE_ROLES};`,
    'create schema macroplan authorization macroplan_owner;',
    'create schema api authorization macroplan_owner;',
    'set local role macroplan_owner;',
    `${CREATE_MIGRATIONS};`,
    ...tables.map(withRecord),
    'set local check_function_bodies = off;',
    ...functions.map(withRecord),
    withRecord(grants),
    'commit;',
    '',
  ].join('\n\n');
}

/** Names come from our own files and checksums are hexadecimal, so neither needs quoting beyond this. */
function withRecord({ name, text, checksum }: SqlFile): string {
  const record = `insert into macroplan.migrations (name, checksum) values ('${name}', '${checksum}');`;
  return `-- ${name}\n${text.trim()}\n${record}`;
}
