/**
 * Puts a backup into an empty database: tables as they were made then, rows, and only after that the functions, triggers and
 * later tables of this build, so that an old backup becomes a database of today and no trigger sees a row twice.
 */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { makeTables, migrate } from '../../migrations/migrate.ts';
import { fileOf, type Manifest, readManifest, type SavedTable } from './manifest.ts';
import { compareHeads, findFaults, readHeads } from './whole.ts';

export interface Restored {
  readonly manifest: Manifest;
  /** Mails that were due and are held: they may have gone out after the backup. */
  readonly heldMails: number;
  /** Sentences about what is not as the backup says; empty where all is well. */
  readonly faults: readonly string[];
}

export interface RestoreOptions {
  /** As `migrate` takes it. */
  readonly hostPassword?: string;
  /** Keys of people whose names were erased, which the backup may hold still. */
  readonly erased?: readonly string[];
}

/**
 * Rejects with a sentence, changing nothing, where the backup is damaged or the database holds a plan. The client must be
 * one that may migrate.
 */
export async function restoreBackup(
  client: ClientBase,
  folder: string,
  options: RestoreOptions = {},
): Promise<Restored> {
  const manifest = await readManifest(folder);
  await makeEmpty(client);
  await makeTables(client, manifest.migrations);
  await client.query('begin');
  try {
    await loadTables(client, folder, manifest.tables);
    // Devices have read what is gone now; without this only a server that notices its own restore would say so.
    await client.query('update macroplan.meta set epoch = gen_random_uuid()');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    await client.query('reset role');
  }
  await migrate(client, options);
  const heldMails = await holdMails(client);
  const faults = [...compareHeads(manifest.plans, await readHeads(client)), ...(await findFaults(client))];
  // A log that is not whole keeps its names: an erasure would vouch for it.
  if (faults.length === 0) {
    for (const key of options.erased ?? []) await client.query('select macroplan.erase_person($1)', [key]);
    if (options.erased?.length) faults.push(...(await findFaults(client)));
  }
  return { manifest, heldMails, faults };
}

/** Schemas without a plan are what a host leaves that started once; one with a plan is somebody's work. */
async function makeEmpty(client: ClientBase): Promise<void> {
  const { rows } = await client.query(`select to_regclass('macroplan.plan_heads') as heads`);
  const { rows: plans } =
    rows[0].heads === null ? { rows: [] } : await client.query('select from macroplan.plan_heads');
  if (plans.length > 0) {
    throw new Error(`This database holds plans already (${plans.length}). Restore into an empty one.`);
  }
  await client.query('drop schema if exists macroplan, api cascade');
}

/** Deferred constraints make the order of tables matter to nobody. The migrations put rows of their own in some. */
async function loadTables(client: ClientBase, folder: string, tables: readonly SavedTable[]): Promise<void> {
  const nameOf = ({ name }: SavedTable) => `macroplan.${client.escapeIdentifier(name)}`;
  await client.query(`truncate ${tables.map(nameOf).join(', ')}`);
  for (const table of tables) {
    const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
    const rows = client.query(copyFrom(`copy ${nameOf(table)} (${columns}) from stdin`));
    await pipeline(createReadStream(path.join(folder, fileOf(table))), createGunzip(), rows);
    if (rows.rowCount !== table.rows) {
      throw new Error(`${table.name} has ${rows.rowCount} rows, and the backup says ${table.rows}.`);
    }
  }
}

/**
 * Mails that were due then may have gone out since, and so may those that were about to be made: a person decides
 * (docs/operations.md). Made now, they have the ids that they had or would have had.
 */
async function holdMails(client: ClientBase): Promise<number> {
  await client.query(`select macroplan.gather_mails(interval '0')`);
  const held = await client.query(
    `update macroplan.mail_outbox
     set state = 'parked', leased_until = null, last_error = 'Held by a restore: it may have gone out already.'
     where state = 'due'`,
  );
  return held.rowCount ?? 0;
}
