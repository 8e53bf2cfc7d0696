/**
 * One exchange: what is queued goes out, what is new comes in, in one round trip. The reply may be lost after the server
 * applied it, so nothing leaves the queue but by a receipt, and the same edits are sent again under the same ids.
 */
import type { QueueRecord } from '../store/database.ts';
import type { Delta } from '../store/delta.ts';
import type { Replica } from '../store/replica.ts';
import { Batch } from './batch.ts';
import { SyncError } from './errors.ts';
import type { Progress } from './loop-detector.ts';
import { readDelta, readSyncReply } from './protocol.ts';
import { parsed } from './reply.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Reply, Transport } from './transport.ts';

export interface Exchanged {
  /** True where another exchange should follow at once: more is queued, or a reset was taken. */
  readonly isMoreToDo: boolean;
  readonly progress: Progress;
  /** Milliseconds to the next poll as the server wishes; null where it said nothing. */
  readonly pollAfterMs: number | null;
  /** Server clock, milliseconds; null where the answer carried none. */
  readonly serverNow: number | null;
  /** A sentence for people who look after the system; null: all well. */
  readonly trouble: string | null;
}

export type Exchange = () => Promise<Exchanged>;

const CALM: Exchanged = { isMoreToDo: false, progress: 'some', pollAfterMs: null, serverNow: null, trouble: null };
const RESET: Exchanged = { ...CALM, isMoreToDo: true, progress: 'reset' };

/** Rejects with a `SyncError` or a `StorageError`; then nothing of the reply was installed. */
export function makeExchange(replica: Replica, transport: Transport): Exchange {
  const batches = new Batch();
  let isHealing = false;
  /** What the last delta wished; an answer that nothing changed has no room for it. */
  let wishedMs: number | null = null;

  /** The server's setting, or more where this host is under load. */
  const wish = ({ pollAfterMs }: Reply) => Math.max(wishedMs ?? 0, pollAfterMs ?? 0) || null;

  async function reset(cursor: string): Promise<Exchanged> {
    // Another tab may have taken it already; what was said of the old cursor would take this one back.
    if (replica.cursor === cursor) await takeSnapshot(replica, transport);
    return RESET;
  }

  async function pull(cursor: string): Promise<Exchanged> {
    const path = `/plans/${replica.planId}/delta?cursor=${encodeURIComponent(cursor)}`;
    const reply = await transport.get(path, cursor);
    // The plan may be quiet all night: what its answers are dated by is all that tells the server's clock then.
    const { serverNow } = reply;
    if (reply.text === null) return { ...CALM, pollAfterMs: wish(reply), serverNow, trouble: batches.trouble };
    const delta = parsed(reply, readDelta);
    if (delta.reset !== null) return reset(cursor);
    await replica.install(cursor, delta, []);
    const isStill = delta.cursor === cursor && Object.keys(delta.rows).length > 0;
    return settled(delta, reply, isStill ? 'still' : 'some');
  }

  async function push(cursor: string, batch: readonly QueueRecord[]): Promise<Exchanged> {
    await replica.markSent(batch);
    // Until it is marked, an edit may be taken into a later one, and come back by an undo: only what is marked is sent.
    const marked = new Set(batch.map(({ edit }) => edit.id));
    const edits = replica.queue.flatMap(({ edit, sent }) => (sent && marked.has(edit.id) ? [edit] : []));
    const body = { cursor, client: replica.clientId, edits };
    const answer = await transport.post(`/plans/${replica.planId}/sync`, body);
    const reply = parsed(answer, readSyncReply);
    if (reply.forked) {
      await replica.fork();
      batches.renumbered();
      return RESET;
    }
    // The edits stay queued over a reset: their receipts come again, as duplicates, with a delta that has their effect.
    if (reply.delta.reset !== null) return reset(cursor);
    await replica.install(cursor, reply.delta, reply.receipts);
    const left = new Set(replica.queue.map(({ edit }) => edit.id));
    if (batch.every(({ edit }) => left.has(edit.id))) return settled(reply.delta, answer, 'still');
    batches.went(batch);
    return settled(reply.delta, answer, 'some');
  }

  /** A replica that disagrees with the server's count takes one snapshot; if it disagrees again, that is reported. */
  async function settled(delta: Delta, reply: Reply, progress: 'some' | 'still'): Promise<Exchanged> {
    wishedMs = delta.poll_after_ms;
    const exchanged = {
      isMoreToDo: batches.sendable(replica.queue).length > 0,
      progress,
      pollAfterMs: wish(reply),
      serverNow: delta.now,
      trouble: batches.trouble,
    };
    if (replica.cursor !== delta.cursor || replica.matches(delta)) {
      isHealing = false;
      if (!exchanged.isMoreToDo) await replica.tidy();
      return exchanged;
    }
    if (isHealing) return { ...exchanged, trouble: 'This copy of the plan differs from the server’s (code: row_sum).' };
    isHealing = true;
    await takeSnapshot(replica, transport);
    return RESET;
  }

  return async () => {
    const { cursor } = replica;
    if (cursor === '') return reset(cursor);
    const batch = batches.next(replica.queue);
    if (batch.length === 0) return pull(cursor);
    try {
      return await push(cursor, batch);
    } catch (error) {
      if (!(error instanceof SyncError && batches.failed(batch, error.kind))) throw error;
      // An edit is at fault only where the server answers everything else.
      const pulled = await pull(cursor);
      batches.setAside(batch);
      const isMoreToDo = pulled.progress === 'reset' || batches.sendable(replica.queue).length > 0;
      return { ...pulled, isMoreToDo, trouble: batches.trouble };
    }
  };
}
