/**
 * A memory of which all has a copy (`store/draft-copies.ts`), that comes back where a killed browser lost the thing itself. A copy
 * goes a moment after it: until then a mark says that it was dropped, so that a reload in between brings nothing back.
 */
import type { DraftCopies } from '../store/draft-copies.ts';
import { readRecord } from './draft-record.ts';
import type { Memory } from './memory.ts';

export interface CopiedMemory {
  readonly memory: Memory;
  /** Resolves when what was lost is there again. */
  readonly isBack: Promise<void>;
}

/** `start`: what the names of its copies begin with. */
export function copiedMemory(memory: Memory, copies: DraftCopies, start: string): CopiedMemory {
  /** When it had been typed in last. */
  const droppedAt = (key: string) => Number((memory.get(DROPPED + key) as { readonly at?: unknown } | null)?.at ?? 0);

  async function forget(key: string): Promise<void> {
    const at = Math.max(atOf(memory.get(key)), droppedAt(key));
    if (at > 0) memory.set(DROPPED + key, { at });
    memory.set(key, null);
    // Typed in and dropped again meanwhile, the mark is of that.
    if ((await copies.keep(start + key, null)) && droppedAt(key) === at) memory.set(DROPPED + key, null);
  }

  async function putBack(): Promise<void> {
    for (const [name, text] of await copies.all()) {
      const key = name.slice(start.length);
      const copy = name.startsWith(start) ? readRecord(JSON.parse(text)) : null;
      if (copy !== null && copy.at > Math.max(atOf(memory.get(key)), droppedAt(key))) memory.set(key, copy);
    }
    // What a reload cut off.
    for (const mark of memory.keys(DROPPED)) {
      const key = mark.slice(DROPPED.length);
      if (memory.get(key) === null) void forget(key);
      else memory.set(mark, null);
    }
  }

  return {
    memory: {
      ...memory,
      set(key, value) {
        if (value === null) return void forget(key);
        memory.set(key, value);
        memory.set(DROPPED + key, null);
        void copies.keep(start + key, JSON.stringify(value));
      },
    },
    isBack: putBack(),
  };
}

const DROPPED = 'dropped ';

/** 0 where nothing stands there. */
const atOf = (value: unknown) => readRecord(value)?.at ?? 0;
