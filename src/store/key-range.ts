/** The keys from one to another, both included; `Infinity` for as far as there are any. */
export function keysBetween(lower: IDBValidKey, upper: IDBValidKey): IDBKeyRange {
  // Where a browser has no IndexedDB at all, the database in memory (`memory-database.ts`) reads these two.
  if (typeof IDBKeyRange === 'undefined') return { lower, upper } as IDBKeyRange;
  return IDBKeyRange.bound(lower, upper);
}
