/**
 * A backup of all plans, from one snapshot of the database, while people go on: each table as COPY writes it, gzipped, with a
 * manifest. Written by this driver and not by pg_dump, which npm does not bring and which refuses a server newer than
 * itself. What a build can make again – functions, grants, stored snapshots – is left out.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { FORMAT, fileOf, MANIFEST, type Manifest, type SavedTable } from './manifest.ts';
import { readHeads } from './whole.ts';

/**
 * Makes `folder`, which must not be there. Rejects, leaving nothing, where the database holds no plan: an empty backup would
 * one day push a good one out. The client must be one that may read the tables.
 */
export async function writeBackup(client: ClientBase, folder: string): Promise<Manifest> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await client.query('begin isolation level repeatable read read only');
  try {
    const manifest = await writeTables(client, unfinished);
    await writeFile(path.join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await keepOnDisk(unfinished, [MANIFEST, ...manifest.tables.map(fileOf)]);
    await rename(unfinished, folder);
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    await client.query('rollback');
  }
}

async function writeTables(client: ClientBase, folder: string): Promise<Manifest> {
  const made = await client.query(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, to_regclass('macroplan.plan_heads') as heads`,
  );
  const plans = made.rows[0].heads === null ? [] : await readHeads(client);
  if (plans.length === 0) throw new Error('This database holds no plan, so there is nothing to back up.');
  const tables: SavedTable[] = [];
  for (const table of await tablesOf(client)) tables.push(await writeTable(client, folder, table));
  const { rows: migrations } = await client.query(
    `select name, checksum from macroplan.migrations where name ~ '^[0-9]' order by name`,
  );
  return { format: FORMAT, made_at: made.rows[0].at, migrations, tables, plans };
}

type Table = Pick<SavedTable, 'name' | 'columns'>;

async function tablesOf(client: ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class as c
     join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'macroplan'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
       and c.relname not in ('migrations', 'snapshots', 'snapshot_parts')
     group by c.relname
     order by c.relname`,
  );
  return rows;
}

async function writeTable(client: ClientBase, folder: string, table: Table): Promise<SavedTable> {
  const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const sql = `copy macroplan.${client.escapeIdentifier(table.name)} (${columns}) to stdout`;
  let rows = 0;
  const count = through((chunk) => {
    // COPY writes a line a row; a line end inside a value is escaped.
    for (const byte of chunk) if (byte === 0x0a) rows += 1;
  });
  const hash = createHash('sha256');
  const digest = through((chunk) => void hash.update(chunk));
  const file = createWriteStream(path.join(folder, fileOf(table)), { mode: 0o600 });
  await pipeline(client.query(copyTo(sql)), count, createGzip(), digest, file);
  return { ...table, rows, sha256: hash.digest('hex') };
}

function through(look: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      look(chunk);
      done(null, chunk);
    },
  });
}

/** A power cut after the rename must not leave empty files under a good name. */
async function keepOnDisk(folder: string, names: readonly string[]): Promise<void> {
  for (const place of [...names.map((name) => path.join(folder, name)), folder]) {
    const handle = await open(place, 'r');
    await handle.sync().finally(() => handle.close());
  }
}
