/**
 * Which edits go out in the next request. On a link too slow for many they become few, down to one, so that something
 * always arrives; and an edit that the server fails on is found, set aside and tried again now and then, while the
 * others go on. An edit is never split and never dropped.
 */
import type { QueueRecord } from '../store/database.ts';
import type { Failure } from './states.ts';

const EDITS_MAX = 200;
const CHARACTERS_MAX = 256 * 1024;
/** A server that fails this often in a row on several edits gets them one by one. */
const FAILURES_MAX = 5;
/** What was set aside is tried again each so many exchanges that have nothing else to send. */
const TURNS_BETWEEN = 10;

export class Batch {
  #most = EDITS_MAX;
  #failures = 0;
  /** How many edits still go one by one, because one of them makes the server fail. */
  #suspects = 0;
  #turns = 0;
  /** Ids of edits that failed alone while the server answered everything else. */
  readonly #aside = new Map<string, string>();

  /** The edits to send now; none where all that waits was set aside and its turn has not come. */
  next(queue: readonly QueueRecord[]): readonly QueueRecord[] {
    const sendable = this.sendable(queue);
    if (sendable.length > 0) return portion(sendable, this.#suspects > 0 ? 1 : this.#most);
    if (queue.length === 0) return queue;
    this.#turns += 1;
    return this.#turns % TURNS_BETWEEN === 0 ? queue.slice(0, 1) : [];
  }

  /** Without what was set aside and what builds on it: edits that name a row of such an edit. */
  sendable(queue: readonly QueueRecord[]): readonly QueueRecord[] {
    if (this.#aside.size === 0) return queue;
    const rows = new Set<string>();
    return queue.filter(({ edit }) => {
      const text = JSON.stringify(edit.ops);
      const isHeld = this.#aside.has(edit.id) || [...rows].some((id) => text.includes(id));
      if (isHeld) for (const op of edit.ops) if ('id' in op) rows.add(op.id);
      return !isHeld;
    });
  }

  /** Sentence about what was set aside; null: nothing. */
  get trouble(): string | null {
    const [label] = this.#aside.values();
    if (label === undefined) return null;
    return `The server fails on “${label}”: it waits here and is tried again, while what does not depend on it goes on (code: aside).`;
  }

  /** They arrived. */
  went(sent: readonly QueueRecord[]): void {
    for (const { edit } of sent) this.#aside.delete(edit.id);
    this.#cleared(sent.length);
    this.#most = Math.min(EDITS_MAX, this.#most * 2);
  }

  /** Numbers changed: what was set aside goes out again in its order, at once. */
  renumbered(): void {
    this.#turns = -1;
  }

  /** They did not arrive. True where one edit seems to be the reason: then see whether the server answers without it. */
  failed(sent: readonly QueueRecord[], failure: Failure): boolean {
    if (failure === 'timed-out') this.#most = Math.max(1, Math.floor(this.#most / 4));
    if (failure !== 'failed') return false;
    if (sent.some(({ edit }) => this.#aside.has(edit.id))) return true;
    this.#failures += 1;
    if (this.#failures < FAILURES_MAX) return false;
    this.#suspects = Math.max(this.#suspects, sent.length);
    return sent.length === 1;
  }

  setAside([record]: readonly QueueRecord[]): void {
    if (record) this.#aside.set(record.edit.id, record.edit.label);
    this.#cleared(1);
  }

  #cleared(edits: number): void {
    this.#suspects = Math.max(0, this.#suspects - edits);
    if (this.#suspects === 0) this.#failures = 0;
  }
}

function portion(queue: readonly QueueRecord[], most: number): readonly QueueRecord[] {
  const batch: QueueRecord[] = [];
  let characters = 0;
  for (const record of queue) {
    characters += JSON.stringify(record.edit).length;
    if (batch.length > 0 && (batch.length === most || characters > CHARACTERS_MAX)) break;
    batch.push(record);
  }
  return batch;
}
