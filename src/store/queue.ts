/**
 * The edit queue on disk. An edit is kept only once its strict-durability transaction has completed, and leaves only in
 * the transaction that installs a base containing its effect (`install.ts`). Id, base and content are fixed here: what
 * is sent again is byte for byte what was sent before.
 */

import { joined, partnerOf } from './coalesce.ts';
import {
  type ClientState,
  last,
  type QueueRecord,
  type ReplicaDatabase,
  type UndoRecord,
  type WriteTransaction,
  write,
} from './database.ts';
import type { Edit } from './edit.ts';
import { assert } from './errors.ts';
import { keysBetween } from './key-range.ts';
import { sameValue } from './merge.ts';
import { effectIn, heightsIn, isEffect, isThere, lay, type PileStep, type Piles } from './undo-piles.ts';

export interface Enqueued {
  /** Null: together with an unsent edit it changes nothing, so neither is left. */
  readonly record: QueueRecord | null;
  /** The unsent edit that it took in. */
  readonly taken: Edit | null;
  readonly piles: Piles;
}

/** Told, before it is certain, which edit may leave the queue without a receipt, and what takes its place: no ops, nothing. */
export type OnJoin = (taken: Edit, edit: Edit) => void;

/** How far back an unsent edit is looked for: typing goes on where it was. */
const JOINED_WITHIN = 20;

export interface Enqueueing {
  /** Its effect is asked while the disk answers. */
  readonly step: Omit<PileStep, 'effect'> & { readonly effect: () => PileStep['effect'] };
  /** What this page knows to be queued: with nothing else is it joined. */
  readonly known: readonly QueueRecord[];
  readonly onJoin?: OnJoin | undefined;
}

/**
 * Keeps one edit under the next seq of this client, joined with an unsent one where that is the same (`coalesce.ts`);
 * `edit.seq` is what memory takes for the next one. Null where another tab was first to undo the same. Rejects with a
 * `StorageError`.
 */
export function enqueue(
  database: ReplicaDatabase,
  edit: Edit,
  { step, known, onJoin }: Enqueueing,
): Promise<Enqueued | null> {
  const what = 'Your edit';
  return write(database, { what, stores: ['meta', 'queue', 'undo'], durability: 'strict' }, async (transaction) => {
    const [meta, queue] = [transaction.objectStore('meta'), transaction.objectStore('queue')];
    const mayJoin = partnerOf(known.slice(-JOINED_WITHIN), edit.ops) !== null;
    // A person waits for this: what is asked at once is answered in one turn, and every request takes its time.
    const asked = Promise.all([
      meta.get('client') as Promise<ClientState | undefined>,
      mayJoin ? queue.getAll(keysBetween(edit.seq - JOINED_WITHIN, Infinity)) : [],
      heightsIn(transaction),
      step.takes === undefined || isThere(transaction, step.takes),
    ]);
    const effect = step.effect();
    const [client, near, heights, isStill] = await asked;
    assert(client, 'a replica has a client id from its first opening');
    if (!isStill) return null;
    const seq = client.nextSeq;
    const partner = partnerOf(near, edit.ops);
    const before = partner ? await effectIn(transaction, partner.edit.id) : null;
    const second = { ops: edit.ops, effect: isEffect(effect) ? effect : [] };
    const ops = partner ? joined({ ops: partner.edit.ops, effect: before }, second) : null;
    const taken = ops && partner ? partner.edit : null;
    const { edit: left, ...rest } =
      ops && partner ? together(partner, { ...edit, ops }, step.takes?.editId) : { edit, sent: false };
    const kept = { ...rest, edit: { ...left, seq } };
    if (taken) onJoin?.(taken, kept.edit);
    const record = left.ops.length > 0 ? kept : null;
    const writes = Promise.all([
      lay(transaction, heights, { ...step, effect, editId: edit.id }),
      taken ? queue.delete(taken.seq) : null,
      record ? queue.add(record, seq) : null,
      meta.put({ ...client, nextSeq: seq + 1 }, 'client'),
    ]);
    const [piles] = await last(transaction, writes);
    return { record, taken, piles };
  });
}

/** An unsent edit with one that was joined into it; to undo what was joined into it last leaves it as it was before that. */
function together(partner: QueueRecord, edit: Edit, undone: string | undefined): QueueRecord {
  const { id, at, label, ops } = edit;
  const was = undone === partner.edit.id ? withoutLast(partner) : null;
  const [[from], [to]] = [was?.edit.ops ?? [], ops];
  if (was && from?.op === 'set' && to?.op === 'set' && sameValue(from.set, to.set)) return was;
  // With what the first of them had seen.
  const left = { ...partner.edit, id, at, label, ops };
  return { edit: left, sent: false, tookIn: [...(partner.tookIn ?? []), partner.edit] };
}

/** An unsent edit as it was before the last act was joined into it; null where none was. */
function withoutLast({ tookIn = [] }: QueueRecord): QueueRecord | null {
  const edit = tookIn.at(-1);
  return edit ? { edit, sent: false, tookIn: tookIn.slice(0, -1) } : null;
}

/**
 * Takes an edit out of the queue that no request has carried – of one that acts were joined into only the last act –, and its
 * record, which `step` takes, over to the other pile. False where it was sent meanwhile, or where another tab was first.
 * Rejects with a `StorageError`.
 */
export function takeOut(
  database: ReplicaDatabase,
  edit: Edit,
  { step, onJoin }: { step: PileStep & { readonly takes: UndoRecord }; onJoin?: OnJoin | undefined },
): Promise<boolean> {
  const what = 'That this is taken back';
  return write(database, { what, stores: ['meta', 'queue', 'undo'], durability: 'strict' }, async (transaction) => {
    const [meta, queue] = [transaction.objectStore('meta'), transaction.objectStore('queue')];
    const [record, client, heights, isStill] = await Promise.all([
      queue.get(edit.seq),
      meta.get('client') as Promise<ClientState>,
      heightsIn(transaction),
      isThere(transaction, step.takes),
    ]);
    if (record?.edit.id !== edit.id || record.sent || !isStill) return false;
    const { nextSeq: seq } = client;
    const was = withoutLast(record);
    const left = was && { ...was, edit: { ...was.edit, seq } };
    onJoin?.(edit, left?.edit ?? { ...edit, ops: [] });
    const writes = Promise.all([
      queue.delete(edit.seq),
      left ? queue.add(left, seq) : null,
      left ? meta.put({ ...client, nextSeq: seq + 1 }, 'client') : null,
      lay(transaction, heights, { ...step, editId: edit.id }),
    ]);
    await last(transaction, writes);
    return true;
  });
}

/** Notes, before the request leaves, that these edits may reach the server: from now on their content is frozen. */
export function markSent(database: ReplicaDatabase, seqs: readonly number[]): Promise<void> {
  const what = 'The state of your edits';
  return write(database, { what, stores: ['queue'], durability: 'strict' }, async (transaction) => {
    const queue = transaction.objectStore('queue');
    const records = (await queue.getAll()).filter(({ edit, sent }) => !sent && seqs.includes(edit.seq));
    const writes = records.map((record) => queue.put({ ...record, sent: true }, record.edit.seq));
    await last(transaction, Promise.all(writes));
  });
}

/**
 * Takes a new client id and renumbers what is pending from 1, keeping the edit ids: the server saw this client's
 * numbers used by another copy of this database, so that only the ids can tell what was applied.
 */
export function fork(database: ReplicaDatabase, newClientId: string): Promise<void> {
  const what = 'The new identity of this device';
  return write(database, { what, stores: ['meta', 'queue'], durability: 'strict' }, (transaction) =>
    renumber(transaction, newClientId, []),
  );
}

/** Inside a transaction: these edits again, behind what is queued. The server may know them, so their content is frozen. */
export async function requeue(transaction: WriteTransaction, edits: readonly Edit[]): Promise<void> {
  const meta = transaction.objectStore('meta');
  const client = (await meta.get('client')) as ClientState;
  const { nextSeq } = client;
  await Promise.all([
    ...edits.map((edit, i) =>
      transaction.objectStore('queue').add({ edit: renumbered(edit, nextSeq + i), sent: true }, nextSeq + i),
    ),
    meta.put({ ...client, nextSeq: nextSeq + edits.length }, 'client'),
  ]);
}

/** Queues edits of a file behind what is queued; those that this device knows already are left out. Returns how many. */
export function queueAgain(database: ReplicaDatabase, edits: readonly Edit[]): Promise<number> {
  const stores = ['meta', 'queue', 'refused', 'journal'] as const;
  return write(database, { what: 'These edits', stores, durability: 'strict' }, async (transaction) => {
    const [queued, ...answered] = await Promise.all([
      transaction.objectStore('queue').getAll(),
      transaction.objectStore('refused').getAllKeys(),
      transaction.objectStore('journal').getAllKeys(),
    ]);
    const known = new Set([...queued.map(({ edit }) => edit.id), ...answered.flat()]);
    // A file may name an edit twice.
    const fresh = edits.filter(({ id }) => !known.has(id) && known.add(id));
    await requeue(transaction, fresh);
    return fresh.length;
  });
}

/** Inside a transaction: these edits, then what is queued, numbered from 1 under a new client id. */
export async function renumber(
  transaction: WriteTransaction,
  newClientId: string,
  first: readonly Edit[],
): Promise<void> {
  const queue = transaction.objectStore('queue');
  const records = [...first.map((edit) => ({ edit, sent: true })), ...(await queue.getAll())];
  await Promise.all([
    queue.clear(),
    ...records.map((record, i) => queue.add(renumberedRecord(record, i + 1), i + 1)),
    transaction.objectStore('meta').put({ id: newClientId, nextSeq: records.length + 1 }, 'client'),
  ]);
}

/**
 * An edit under another number. What was seen is left out: the device may be another one to the server now, to which this
 * one's own earlier edits, or a restored history, would be somebody else's.
 */
export function renumbered({ seen: _, ...edit }: Edit, seq: number): Edit {
  return { ...edit, seq };
}

/** The same of all that a record has. */
export function renumberedRecord({ edit, tookIn, ...record }: QueueRecord, seq: number): QueueRecord {
  const before = tookIn && { tookIn: tookIn.map((each) => renumbered(each, seq)) };
  return { ...record, edit: renumbered(edit, seq), ...before };
}
