/** What goes wrong outside the program, as the store meets it. A bug is an `AssertionError` instead. */

import type { Edit } from './edit.ts';

/**
 * The browser could not keep or read data (quota, a broken or missing IndexedDB, a blocked upgrade). What was to be
 * kept is not safe; the message is a sentence for the person who typed it.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** The browser has no storage that it would open: it has none, was told to keep none, or what it has is broken. */
export class NoStorageError extends StorageError {}

/** One edit could not be kept; everything else goes on. It can be kept again under its id, or downloaded. */
export class NotKeptError extends StorageError {
  readonly edit: Edit;

  constructor(edit: Edit, cause: StorageError) {
    super(cause.message, { cause });
    this.edit = edit;
  }
}

export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** States what must be true here; a failure is a bug in this program, never the world's. */
export function assert(condition: unknown, whatShouldHaveBeenTrue: string): asserts condition {
  if (!condition) throw new AssertionError(whatShouldHaveBeenTrue);
}
