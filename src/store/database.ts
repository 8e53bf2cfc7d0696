/**
 * The only file that opens IndexedDB. One database per site, user and plan, so that one person's data is never shown
 * to or pushed as another. It is never deleted while the queue holds an edit, and upgrades never touch the queue.
 *
 * Inside a transaction await only that transaction: it closes itself as soon as anything else is awaited.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames, unwrap } from 'idb';
import type { RowChange } from './base.ts';
import type { Edit, MergedUnit, Op, Refusal } from './edit.ts';
import type { Effect } from './effect.ts';
import { NoStorageError, StorageError } from './errors.ts';
import type { MemoryTransaction } from './memory-database.ts';
import { foldOlderChanges } from './older-changes.ts';
import { isQueueRecord, type PendingFile } from './pending-file.ts';
import type { Role } from './rows.ts';
import type { ActivityEvent, Restored } from './view.ts';

/** An edit on this device that has no receipt yet. `sent`: a request that carried it may have reached the server. */
export interface QueueRecord {
  readonly edit: Edit;
  readonly sent: boolean;
  /** What it was before each later act was joined into it, oldest first: each act goes back by itself. Absent: it took in none. */
  readonly tookIn?: readonly Edit[] | undefined;
}

/** An edit that the server refused, kept until its author has seen it. */
export interface RefusedRecord {
  readonly edit: Edit;
  readonly refusal: Refusal;
}

/** An edit that took effect together with others' changes to the same rows, kept until its author has seen it. */
export interface MergedRecord {
  readonly editId: string;
  readonly label: string;
  readonly merged: readonly MergedUnit[];
}

/** An edit that took effect, kept for a while: a server restored from a backup may have lost it. */
export interface JournalRecord {
  readonly edit: Edit;
  /** The plan's rev that it made; the order in which it was applied. */
  readonly rev: number;
  /** Server clock, milliseconds: when its receipt was given. */
  readonly at: number;
}

/**
 * What a person can undo, or redo; every tab of this person sees the same two piles, over a reload too. An undo moves its
 * edit to the other pile: to redo is to undo the undo.
 */
export interface UndoRecord {
  readonly pile: UndoPile;
  /** Grows within a pile: the highest goes back first. */
  readonly place: number;
  readonly editId: string;
  /** The label of the edit that a person made, also where this record is of its undo. */
  readonly label: string;
  readonly effect: Effect | OpenQuestion | Withdrawn | AskedAgain;
}

/** In place of an effect: the edit became this conflict. */
export interface OpenQuestion {
  readonly conflict: string;
  /** What it changes where a restored server meets it again and nothing stands against it; a page of an older build left it out. */
  readonly effect?: Effect;
}

/** In place of an effect, of an undo: an edit that was not to be, with these ops. `conflict`: what it had become; null: nothing yet. */
export interface Withdrawn {
  readonly withdrawn: readonly Op[];
  readonly conflict: string | null;
}

/** In place of an effect, of the redo of that, until its receipt is here: it will need a decision, as far as this device knows. */
export interface AskedAgain {
  readonly asked: readonly Op[];
  /** What it changes if it needs none after all. */
  readonly effect: Effect;
}

export type UndoPile = 'undo' | 'redo';

/** How far this replica has read. Installing a reply requires that `cursor` is still the one that was sent. */
export interface ReplicaState {
  readonly cursor: string;
  readonly rev: number;
  /** The snapshot whose segments base is built from. */
  readonly snapshot: string;
  /** Grows with each snapshot that became base: a restored server may hand out the same snapshot twice. */
  readonly generation: number;
  /** The number of the newest text in `deltas`; it never goes back. */
  readonly lastDelta: number;
  readonly role: Role;
  readonly events: readonly ActivityEvent[];
  /** Server clock, milliseconds, of the last delta; 0 before the first. The device's own clock may be wrong by days. */
  readonly asOf: number;
  /** What added to the device's clock gave the server's when it was measured last, milliseconds; absent where it was right. */
  readonly clockOffset?: number;
}

/** Born in this database and never copied out of it: a client id reused with lost state would look like a fork. */
export interface ClientState {
  readonly id: string;
  readonly nextSeq: number;
}

export interface ReplicaSchema extends DBSchema {
  meta: { key: 'state' | 'client' | 'restored'; value: ReplicaState | ClientState | Restored };
  segments: { key: [snapshot: string, part: number]; value: string };
  /** Until version 4: a record for each row that changed since the snapshot. */
  changed: { key: [table: string, id: string]; value: RowChange };
  /** What came after the snapshot, a text a delta, to be laid over it in this order. */
  deltas: { key: number; value: string };
  queue: { key: number; value: QueueRecord };
  refused: { key: string; value: RefusedRecord };
  journal: { key: string; value: JournalRecord; indexes: { at: number } };
  merged: { key: string; value: MergedRecord };
  undo: { key: [pile: string, place: number]; value: UndoRecord; indexes: { editId: string } };
  /** What stood in the queue and is no edit that can be read: kept for a person, never sent. */
  damaged: { key: string; value: unknown };
}

export type ReplicaDatabase = IDBPDatabase<ReplicaSchema>;

export interface ReplicaName {
  /** Origin and base path of the host. */
  readonly site: string;
  readonly userKey: string;
  readonly planId: string;
}

/** Grows with each store that is added. Nothing that a person typed is ever changed by it: the queue outlives every page. */
const VERSION = 5;

/** The stores without an index. */
const PLAIN_STORES = ['meta', 'segments', 'deltas', 'queue', 'refused', 'merged', 'damaged'] as const;

export function databaseName({ site, userKey, planId }: ReplicaName): string {
  return `macroplan ${site} ${userKey} ${planId}`;
}

/** What may happen to an open database, or stand in the way of opening it. */
export interface DatabaseEvents {
  /** The browser closed it under us: site data was cleared, or the disk failed. */
  readonly onLost?: () => void;
  /** A newer page needs it in a newer form. */
  readonly onNewer?: () => void;
  /** An older page in another tab does not let go of it; opening goes on by itself when it does. */
  readonly onBlocked?: (() => void) | undefined;
}

/** Handles that a newer page had closed. */
const letGo = new WeakSet<IDBDatabase>();

/** Opens the replica's database, creating its stores where they are missing. Rejects with a `StorageError`. */
export function openReplicaDatabase(name: ReplicaName, events: DatabaseEvents): Promise<ReplicaDatabase> {
  return opened(() =>
    openDB<ReplicaSchema>(databaseName(name), VERSION, {
      upgrade(upgrading, _from, _to, transaction) {
        // By what is missing: a database of version 1 may also be one that somebody opened by its name and left empty.
        const isMissing = (store: StoreNames<ReplicaSchema>) => !upgrading.objectStoreNames.contains(store);
        for (const store of PLAIN_STORES.filter(isMissing)) upgrading.createObjectStore(store);
        if (isMissing('journal')) upgrading.createObjectStore('journal').createIndex('at', 'at');
        if (isMissing('undo')) upgrading.createObjectStore('undo').createIndex('editId', 'editId');
        if (!isMissing('changed')) void foldOlderChanges(upgrading, transaction);
      },
      blocking(_current, _blocked, event) {
        // A handle kept open here would block a newer page's upgrade for ever.
        const handle = event.target as IDBDatabase;
        handle.close();
        letGo.add(handle);
        events.onNewer?.();
      },
      blocked: () => events.onBlocked?.(),
      terminated: () => events.onLost?.(),
    }),
  );
}

/** What waits on this device for anybody and any plan of a site: what can be saved where no replica can be opened. */
export async function readQueues(site: string): Promise<readonly PendingFile[]> {
  const left: PendingFile[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const [userKey, planId] = name.startsWith(`macroplan ${site} `)
      ? name.slice(`macroplan ${site} `.length).split(' ')
      : [];
    if (!userKey || !planId) continue;
    const database = await openIfThere(name);
    if (!database) continue;
    // An older page made it and had not all of these stores, or nobody ever filled it.
    const all = async <Store extends 'queue' | 'refused' | 'damaged'>(store: Store) =>
      database.objectStoreNames.contains(store) ? database.getAll(store) : [];
    const reading = Promise.all([all('queue'), all('refused'), all('damaged')]);
    const [queue, refused, aside] = await reading.finally(() => database.close());
    const damaged = [...aside, ...queue.filter((record) => !isQueueRecord(record))];
    const pending = queue.filter(isQueueRecord).map(({ edit }) => edit);
    if (pending.length + damaged.length > 0) left.push({ user: userKey, plan: planId, pending, refused, damaged });
  }
  return left;
}

/** Null where it went meanwhile: to open it would make an empty one. */
function openIfThere(name: string): Promise<ReplicaDatabase | null> {
  return openDB<ReplicaSchema>(name, undefined, {
    upgrade(_upgrading, _from, _to, transaction) {
      transaction.done.catch(() => undefined);
      transaction.abort();
    },
  }).catch((cause) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') return null;
    throw cause;
  });
}

export interface KnownPlan {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** Who used this browser last on a site, and the plans that they could open. */
export interface Identity {
  readonly user: { readonly key: string; readonly name: string };
  readonly plans: readonly KnownPlan[];
}

interface IdentitySchema extends DBSchema {
  identity: { key: 'last'; value: Identity };
}

/** Rejects with a `StorageError`. */
export function openIdentityDatabase(site: string): Promise<IDBPDatabase<IdentitySchema>> {
  return opened(() =>
    openDB<IdentitySchema>(`macroplan ${site}`, 1, {
      upgrade: (upgrading) => void upgrading.createObjectStore('identity'),
    }),
  );
}

interface DraftsSchema extends DBSchema {
  texts: { key: string; value: string };
}

/** Of everybody and every plan of this browser, as localStorage is; their names say whose they are. Rejects with a `StorageError`. */
export function openDraftsDatabase(): Promise<IDBPDatabase<DraftsSchema>> {
  return opened(() =>
    openDB<DraftsSchema>('macroplan-drafts', 1, {
      upgrade: (upgrading) => void upgrading.createObjectStore('texts'),
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    }),
  );
}

async function opened<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'VersionError') {
      const message = 'A newer Macroplan keeps data in this browser. Reload the page; what waits here stays.';
      throw new StorageError(message, { cause });
    }
    throw new NoStorageError('This browser cannot keep data for Macroplan: what you type here would be lost.', {
      cause,
    });
  }
}

export type ReadTransaction = IDBPTransaction<ReplicaSchema, StoreNames<ReplicaSchema>[], 'readonly'>;
export type WriteTransaction = IDBPTransaction<ReplicaSchema, StoreNames<ReplicaSchema>[], 'readwrite'>;

export interface Write {
  /** What is being kept, as a sentence's subject: "Your edit". */
  readonly what: string;
  readonly stores: readonly StoreNames<ReplicaSchema>[];
  /** `strict` where it is the only copy: what a person typed. The rest can be fetched again. */
  readonly durability?: 'strict' | 'relaxed';
}

/**
 * One transaction: resolves once it is complete, rejects with a `StorageError` and then nothing of it happened. `body`
 * awaits its reads and then its writes all at once, so that a failing transaction leaves no promise unobserved.
 */
export function write<T>(
  database: ReplicaDatabase,
  { what, stores, durability = 'relaxed' }: Write,
  body: (transaction: WriteTransaction) => Promise<T>,
): Promise<T> {
  return complete(database, `${what} could not be kept`, () => {
    const transaction = database.transaction([...stores], 'readwrite', { durability });
    return ended(transaction, body(transaction));
  });
}

/**
 * What a transaction asks for last, all of it under way: it commits once that is answered, and not a turn later, when nobody
 * has asked for more. Whoever waits for the disk waits for that turn.
 */
export function last<T>(transaction: WriteTransaction, requests: Promise<T>): Promise<T> {
  transaction.commit();
  return requests;
}

/** One moment of several stores. Rejects with a `StorageError`. */
export function read<T>(
  database: ReplicaDatabase,
  stores: readonly StoreNames<ReplicaSchema>[],
  body: (transaction: ReadTransaction) => Promise<T>,
): Promise<T> {
  return complete(database, 'What this device holds could not be read', () => {
    const transaction = database.transaction([...stores]);
    return ended(transaction, body(transaction));
  });
}

const NEWER = 'a newer Macroplan was opened in another tab, and this page must be reloaded.';

function ended<T>(
  transaction: ReadTransaction | WriteTransaction | MemoryTransaction,
  body: Promise<T>,
): Promise<readonly [T, unknown]> {
  return Promise.all([body, 'endWith' in transaction ? transaction.endWith(body) : transaction.done]);
}

async function complete<T>(
  database: ReplicaDatabase,
  failure: string,
  run: () => Promise<readonly [T, ...unknown[]]>,
): Promise<T> {
  try {
    const [result] = await run();
    return result;
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    const reason = letGo.has(unwrap(database)) ? NEWER : cause.message;
    throw new StorageError(`${failure}: ${reason}`, { cause });
  }
}
