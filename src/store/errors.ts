/** What goes wrong outside the program, as the store meets it. A bug is an `AssertionError` instead. */

/**
 * The browser could not keep or read data (quota, a broken or missing IndexedDB, a blocked upgrade). What was to be
 * kept is not safe; the message is a sentence for the person who typed it.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** States what must be true here; a failure is a bug in this program, never the world's. */
export function assert(condition: unknown, whatShouldHaveBeenTrue: string): asserts condition {
  if (!condition) throw new AssertionError(whatShouldHaveBeenTrue);
}
