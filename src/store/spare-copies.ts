/**
 * A second copy of what waits on this device, outside IndexedDB. A browser may throw a whole database away – its file is
 * damaged, the disk is full, site data was cleared by half –, and the queue is the one thing in it that cannot be fetched
 * again. Nothing is decided by these copies while the database stands: only one that is new takes them, in the transaction
 * that makes it (`prepare`). A copy that is out of date does no harm, since the server answers an edit that it knows.
 */
import { databaseName, type ReplicaName } from './database.ts';
import type { Edit } from './edit.ts';
import { isEdit } from './pending-file.ts';

export interface SpareCopies {
  /** What was copied and not taken away, in the order in which it was typed. */
  left(): readonly Edit[];
  /** Makes the copies those of what is queued now. */
  follow(queue: readonly Edit[]): void;
}

/** Sites share their 5 MB among everything on them; an import of thousands of rows is left out. */
const CHARACTERS_MAX = 100_000;

type Texts = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** `open` may throw, as a browser does that forbids it; then there are no copies. */
export function spareCopies(open: () => Texts, name: ReplicaName): SpareCopies {
  const prefix = `${databaseName(name)} edit `;
  const copied = new Set<string>();

  return {
    left() {
      const storage = opened(open);
      const all = Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? '');
      const keys = all.filter((key) => key.startsWith(prefix));
      for (const key of keys) copied.add(key.slice(prefix.length));
      const edits = keys.map((key) => readCopy(storage?.getItem(key))).filter((edit) => edit !== null);
      return edits.sort((a, b) => a.at - b.at || a.seq - b.seq);
    },
    follow(queue) {
      const storage = opened(open);
      for (const edit of queue) {
        if (copied.has(edit.id)) continue;
        copied.add(edit.id);
        const text = JSON.stringify(edit);
        if (text.length <= CHARACTERS_MAX) writeCopy(storage, prefix + edit.id, text);
      }
      const waiting = new Set(queue.map(({ id }) => id));
      for (const id of [...copied].filter((known) => !waiting.has(known))) {
        storage?.removeItem(prefix + id);
        copied.delete(id);
      }
    },
  };
}

function opened(open: () => Texts): Texts | null {
  try {
    return open();
  } catch {
    return null;
  }
}

function writeCopy(storage: Texts | null, key: string, text: string): void {
  try {
    storage?.setItem(key, text);
  } catch {
    // Full: the edit itself is kept.
  }
}

function readCopy(text: string | null | undefined): Edit | null {
  try {
    const edit: unknown = JSON.parse(text ?? 'null');
    return isEdit(edit) && Number.isSafeInteger(edit.seq) ? edit : null;
  } catch {
    return null;
  }
}
