/**
 * The only file that opens IndexedDB. One database per site, user and plan, so that one person's data is never shown
 * to or pushed as another. It is never deleted while the queue holds an edit, and upgrades never touch the queue.
 *
 * Inside a transaction await only that transaction: it closes itself as soon as anything else is awaited.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Edit, Refusal } from './edit.ts';
import { StorageError } from './errors.ts';
import type { Role, Row } from './rows.ts';
import type { TableName } from './schema.ts';
import type { ActivityEvent } from './view.ts';

/** An edit on this device that has no receipt yet. `sent`: a request that carried it may have reached the server. */
export interface QueueRecord {
  readonly edit: Edit;
  readonly sent: boolean;
}

/** A row that changed since the active snapshot; `row` null is a tombstone. */
export interface ChangedRecord {
  readonly table: TableName;
  readonly id: string;
  readonly row: Row | null;
}

/** An edit that the server refused, kept until its author has seen it. */
export interface RefusedRecord {
  readonly edit: Edit;
  readonly refusal: Refusal;
}

/** An edit that took effect, kept for a while: a server restored from a backup may have lost it. */
export interface JournalRecord {
  readonly edit: Edit;
  /** The plan's rev that it made; the order in which it was applied. */
  readonly rev: number;
  /** Device clock, milliseconds: when its receipt came. */
  readonly at: number;
}

/** How far this replica has read. Installing a reply requires that `cursor` is still the one that was sent. */
export interface ReplicaState {
  readonly cursor: string;
  readonly rev: number;
  /** The snapshot whose segments base is built from. */
  readonly snapshot: string;
  readonly role: Role;
  readonly events: readonly ActivityEvent[];
  /** Device clock, milliseconds: when the reply was installed. */
  readonly installedAt: number;
}

/** Born in this database and never copied out of it: a client id reused with lost state would look like a fork. */
export interface ClientState {
  readonly id: string;
  readonly nextSeq: number;
}

export interface ReplicaSchema extends DBSchema {
  meta: { key: 'state' | 'client'; value: ReplicaState | ClientState };
  segments: { key: [snapshot: string, part: number]; value: string };
  changed: { key: [table: string, id: string]; value: ChangedRecord };
  queue: { key: number; value: QueueRecord };
  refused: { key: string; value: RefusedRecord };
  journal: { key: string; value: JournalRecord; indexes: { at: number } };
}

export type ReplicaDatabase = IDBPDatabase<ReplicaSchema>;

export interface ReplicaName {
  /** Origin and base path of the host. */
  readonly site: string;
  readonly userKey: string;
  readonly planId: string;
}

const VERSION = 1;

export function databaseName({ site, userKey, planId }: ReplicaName): string {
  return `macroplan ${site} ${userKey} ${planId}`;
}

/**
 * Opens the replica's database, creating its stores where they are missing. `onLost` is called when the browser closes
 * it under us (site data cleared) or a newer page asks for an upgrade. Rejects with a `StorageError`.
 */
export async function openReplicaDatabase(name: ReplicaName, onLost: () => void): Promise<ReplicaDatabase> {
  try {
    const database = await openDB<ReplicaSchema>(databaseName(name), VERSION, {
      upgrade(upgrading) {
        upgrading.createObjectStore('meta');
        upgrading.createObjectStore('segments');
        upgrading.createObjectStore('changed');
        upgrading.createObjectStore('queue');
        upgrading.createObjectStore('refused');
        upgrading.createObjectStore('journal').createIndex('at', 'at');
      },
      blocking(_current, _blocked, event) {
        // A handle kept open here would block a newer page's upgrade for ever.
        (event.target as IDBDatabase).close();
        onLost();
      },
      terminated: onLost,
    });
    return database;
  } catch (cause) {
    throw new StorageError('This browser cannot keep data for Macroplan: what you type here would be lost.', { cause });
  }
}

/** Runs one write and turns every failure of the browser's storage into a `StorageError` with a sentence. */
export async function stored<T>(what: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof DOMException) throw new StorageError(`${what} could not be kept: ${cause.message}`, { cause });
    throw cause;
  }
}
