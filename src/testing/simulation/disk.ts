/** The disk of one browser profile, and what can happen to it. It reaches into fake-indexeddb, which has no faults. */
import { IDBFactory } from 'fake-indexeddb';
import type { Chance } from './chance.ts';

interface RawTransaction {
  readonly mode: IDBTransactionMode;
  readonly db: unknown;
  readonly _started: boolean;
  readonly _state: string;
  _abort(name: string): void;
}

interface RawDatabase {
  readonly transactions: readonly RawTransaction[];
  readonly rawObjectStores: ReadonlyMap<string, RawStore>;
}

interface RawStore {
  records: RawRecords;
  readonly rawIndexes: ReadonlyMap<string, { records: RawRecords }>;
}

interface RawRecords {
  values(): Iterable<object>;
  put(record: object): void;
  clear(): void;
}

/** What each store, and each index of it, holds: records are replaced, never changed. */
type Contents = readonly (readonly [RawRecords, readonly object[]])[];

/** Commits that are safe only when the next strict one is; more than this are flushed by themselves. */
const UNFLUSHED_MAX = 6;

export class Disk {
  factory = new IDBFactory();
  /** The disk as it would be after a power cut now, at worst; then after each commit since. */
  #contents: Contents[] = [];

  /** What IndexedDB calls of the tab that runs next will reach. */
  mount(): void {
    globalThis.indexedDB = this.factory;
  }

  /** Site data cleared: nothing is left. */
  wipe(): void {
    this.factory = new IDBFactory();
    this.#contents = [];
  }

  /** Notes each commit of a connection: what a `strict` one wrote, and all before it, survives a power cut. */
  watch(connection: IDBDatabase): void {
    const begin = connection.transaction.bind(connection);
    connection.transaction = (stores, mode, options) => {
      const transaction = begin(stores, mode, options);
      if (mode === 'readwrite') {
        transaction.addEventListener('complete', () => this.#committed(options?.durability === 'strict'));
      }
      return transaction;
    };
    this.#committed(true);
  }

  /** The machine lost its power: of what was committed after the last flush, any part may be gone, newest first. */
  cutPower(chance: Chance): boolean {
    const kept = chance.below(this.#contents.length);
    const contents = this.#contents[kept];
    if (!contents || kept === this.#contents.length - 1) return false;
    for (const [records, were] of contents) {
      records.clear();
      for (const record of were) records.put(record);
    }
    this.#contents = [contents];
    return true;
  }

  #committed(isFlushed: boolean): void {
    const stores = this.#databases().flatMap(({ rawObjectStores }) => [...rawObjectStores.values()]);
    const all = stores.flatMap((store) => [
      store.records,
      ...[...store.rawIndexes.values()].map(({ records }) => records),
    ]);
    const contents = all.map((records) => [records, [...records.values()]] as const);
    this.#contents = isFlushed ? [contents] : [...this.#contents, contents].slice(-UNFLUSHED_MAX);
  }

  /**
   * The process died: what its connections had not committed never happened. Returns true if that was something.
   * `connection` is the `IDBDatabase` of the tab, or null where it had none yet.
   */
  kill(connection: unknown): boolean {
    const open = this.#running().filter((transaction) => transaction.db === connection);
    for (const transaction of open) transaction._abort('AbortError');
    return open.some(({ mode }) => mode === 'readwrite');
  }

  /** The quota is exceeded: each write fails at its end, as browsers do it. Returns true if one was under way. */
  refuseWrites(): boolean {
    const writes = this.#running().filter(({ mode, _started }) => mode === 'readwrite' && _started);
    for (const transaction of writes) transaction._abort('QuotaExceededError');
    return writes.length > 0;
  }

  #running(): readonly RawTransaction[] {
    return this.#databases().flatMap(({ transactions }) => transactions.filter(({ _state }) => _state !== 'finished'));
  }

  #databases(): readonly RawDatabase[] {
    return [...(this.factory as unknown as { _databases: Map<string, RawDatabase> })._databases.values()];
  }
}
