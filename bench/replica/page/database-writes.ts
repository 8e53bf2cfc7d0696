/** Counts what a page writes to IndexedDB, whoever writes it: each record put, added, deleted, each store cleared. */
let writes = 0;

export function countWrites(): void {
  const store = IDBObjectStore.prototype;
  for (const method of ['put', 'add', 'delete', 'clear'] as const) {
    const original = store[method] as (...args: unknown[]) => IDBRequest;
    Object.defineProperty(store, method, {
      value(this: IDBObjectStore, ...args: unknown[]) {
        writes += 1;
        return original.apply(this, args);
      },
    });
  }
}

export const databaseWrites = (): number => writes;
