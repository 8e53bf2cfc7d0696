/** The disk of one browser profile, and what can happen to it. It reaches into fake-indexeddb, which has no faults. */
import { IDBFactory } from 'fake-indexeddb';

interface RawTransaction {
  readonly mode: IDBTransactionMode;
  readonly db: unknown;
  readonly _started: boolean;
  readonly _state: string;
  _abort(name: string): void;
}

interface RawDatabase {
  readonly transactions: readonly RawTransaction[];
}

export class Disk {
  factory = new IDBFactory();

  /** What IndexedDB calls of the tab that runs next will reach. */
  mount(): void {
    globalThis.indexedDB = this.factory;
  }

  /** Site data cleared: nothing is left. */
  wipe(): void {
    this.factory = new IDBFactory();
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
    const databases = (this.factory as unknown as { _databases: Map<string, RawDatabase> })._databases;
    return [...databases.values()].flatMap(({ transactions }) =>
      transactions.filter(({ _state }) => _state !== 'finished'),
    );
  }
}
