/**
 * One exchange: what is queued goes out, what is new comes in, in one round trip. The reply may be lost after the server
 * applied it, so nothing leaves the queue but by a receipt, and the same edits are sent again under the same ids.
 */
import type { QueueRecord } from '../store/database.ts';
import type { Delta } from '../store/delta.ts';
import type { Replica } from '../store/replica.ts';
import { readDelta, readSyncReply } from './protocol.ts';
import { parsed } from './reply.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Transport } from './transport.ts';

/** An edit is never split; a batch stays under both limits but always holds at least one edit. */
const BATCH_EDITS = 200;
const BATCH_CHARACTERS = 256 * 1024;

export interface Exchanged {
  /** True where another exchange should follow at once: more is queued, or a reset was taken. */
  readonly isMoreToDo: boolean;
  /** Milliseconds to the next poll as the server wishes; null where it said nothing. */
  readonly pollAfterMs: number | null;
  /** Server clock, milliseconds; null where the answer carried none. */
  readonly serverNow: number | null;
  /** A sentence for people who look after the system; null: all well. */
  readonly trouble: string | null;
}

/** Null: another tab is exchanging right now, and this one will follow it. */
export type Exchange = () => Promise<Exchanged | null>;

const CALM: Exchanged = { isMoreToDo: false, pollAfterMs: null, serverNow: null, trouble: null };

/** Rejects with a `SyncError` or a `StorageError`; then nothing of the reply was installed. */
export function makeExchange(replica: Replica, transport: Transport): Exchange {
  let isHealing = false;

  async function reset(): Promise<Exchanged> {
    await takeSnapshot(replica, transport);
    return { ...CALM, isMoreToDo: true };
  }

  async function pull(cursor: string): Promise<Exchanged> {
    const path = `/plans/${replica.planId}/delta?cursor=${encodeURIComponent(cursor)}`;
    const reply = await transport.get(path, cursor);
    if (reply.text === null) return CALM;
    const delta = parsed(reply, readDelta);
    if (delta.reset !== null) return reset();
    await replica.install(cursor, delta, []);
    return settled(delta);
  }

  async function push(cursor: string, batch: readonly QueueRecord[]): Promise<Exchanged> {
    await replica.markSent(batch);
    const edits = batch.map(({ edit }) => edit);
    const body = { cursor, client: replica.clientId, edits };
    const reply = parsed(await transport.post(`/plans/${replica.planId}/sync`, body), readSyncReply);
    if (reply.forked) {
      await replica.fork();
      return { ...CALM, isMoreToDo: true };
    }
    // The edits stay queued over a reset: their receipts come again, as duplicates, with a delta that has their effect.
    if (reply.delta.reset !== null) return reset();
    await replica.install(cursor, reply.delta, reply.receipts);
    return settled(reply.delta);
  }

  /** A replica that disagrees with the server's count takes one snapshot; if it disagrees again, that is reported. */
  async function settled(delta: Delta): Promise<Exchanged> {
    const exchanged = {
      isMoreToDo: replica.queue.length > 0,
      pollAfterMs: delta.poll_after_ms,
      serverNow: delta.now,
      trouble: null,
    };
    if (replica.cursor !== delta.cursor || replica.matches(delta)) {
      isHealing = false;
      if (!exchanged.isMoreToDo) await replica.tidy();
      return exchanged;
    }
    if (isHealing) return { ...exchanged, trouble: 'This copy of the plan differs from the server’s (code: row_sum).' };
    isHealing = true;
    await takeSnapshot(replica, transport);
    return { ...exchanged, isMoreToDo: true };
  }

  return () => {
    const { cursor } = replica;
    if (cursor === '') return reset();
    const batch = nextBatch(replica.queue);
    return batch.length === 0 ? pull(cursor) : push(cursor, batch);
  };
}

function nextBatch(queue: readonly QueueRecord[]): readonly QueueRecord[] {
  const batch: QueueRecord[] = [];
  let characters = 0;
  for (const record of queue) {
    characters += JSON.stringify(record.edit).length;
    if (batch.length > 0 && (batch.length === BATCH_EDITS || characters > BATCH_CHARACTERS)) break;
    batch.push(record);
  }
  return batch;
}
