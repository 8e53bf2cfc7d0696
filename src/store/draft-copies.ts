/**
 * A second copy of what stands typed and is not saved. Browsers write localStorage to the disk when they like – Chromium after five
 * seconds, and seldom more than once a minute –, so one that is killed takes the last minute with it; a transaction of
 * IndexedDB that is complete stays. Nothing is told where there can be no copy: the text itself is where it was.
 */
import { openDraftsDatabase } from './database.ts';

export interface DraftCopies {
  /** Null forgets. In the order of the calls. True once that is done. */
  keep(name: string, text: string | null): Promise<boolean>;
  /** By name; empty where nothing can be read. */
  all(): Promise<ReadonlyMap<string, string>>;
}

export function draftCopies(): DraftCopies {
  const opening = openDraftsDatabase().catch(() => null);

  async function write(name: string, text: string | null): Promise<boolean> {
    const database = await opening;
    if (text === null) await database?.delete('texts', name);
    else await database?.put('texts', text, name);
    return true;
  }

  async function read(): Promise<ReadonlyMap<string, string>> {
    const transaction = (await opening)?.transaction('texts');
    const [names = [], texts = []] = await Promise.all([transaction?.store.getAllKeys(), transaction?.store.getAll()]);
    return new Map(names.map((name, i) => [name, texts[i] ?? '']));
  }

  return {
    keep: (name, text) => write(name, text).catch(() => false),
    all: () => read().catch(() => new Map()),
  };
}
