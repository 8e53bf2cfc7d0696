/**
 * Takes a snapshot: the whole plan in immutable parts. Parts are kept as they arrive, so that an interrupted snapshot
 * goes on with the missing ones; the old base is shown until the switch, and the edit queue is never touched. The server
 * may have made the parts a while ago: what came after them is installed with them, so nothing that was shown goes away.
 */
import { Base } from '../store/base.ts';
import type { Delta } from '../store/delta.ts';
import { keepPart, keptParts } from '../store/install.ts';
import type { History, Replica } from '../store/replica.ts';
import { parseSegment } from '../store/segment.ts';
import type { ActivityEvent } from '../store/view.ts';
import { SyncError } from './errors.ts';
import { makeHistory } from './history.ts';
import { readDelta, readManifest, readPart, readPlans } from './protocol.ts';
import { parsed } from './reply.ts';
import type { Transport } from './transport.ts';

/** Parts on their way at once: one waits for the network while another is checked and kept. A cut link loses no more. */
const LANES = 2;

export async function takeSnapshot(replica: Replica, transport: Transport): Promise<void> {
  // Another tab may go on while parts are on their way; a snapshot never takes it back.
  const sentCursor = replica.cursor;
  const plan = `/plans/${replica.planId}`;
  const [plans, manifest] = await Promise.all([
    transport.get('/plans').then((reply) => parsed(reply, readPlans)),
    transport.get(`${plan}/snapshot`).then((reply) => parsed(reply, readManifest)),
  ]);
  // The role decides what this device offers to edit; it comes with each snapshot because a change of it forces one.
  const role = plans.plans.find(({ id }) => id === replica.planId)?.role;
  if (role === undefined) throw new SyncError('withdrawn');
  const { snapshot } = manifest;
  const base = new Base();
  const kept = await keptParts(replica.database, snapshot);
  const lacking = manifest.parts.filter(({ part }) => !laysKept(base, kept.get(part)));
  const [missing, count] = [lacking.values(), manifest.parts.length];
  let here = count - lacking.length;
  const tell = () => replica.setSyncState({ arrived: here / count });
  tell();
  const keepings: Promise<readonly PromiseSettledResult<void>[]>[] = [];
  const keep = (part: number, text: string) => {
    const keeping = keepPart(replica.database, { snapshot, part, text }).then(() => {
      here += 1;
      tell();
    });
    keepings.push(Promise.allSettled([keeping]));
    return keeping;
  };
  const takeParts = async () => {
    let keeping: Promise<void> | undefined;
    for (const { part, sha256 } of missing) {
      const { text, bytes } = await transport.get(`${plan}/snapshot/${snapshot}/${part}`);
      if (text === null) throw new SyncError('unreadable');
      const { rows } = parsed({ text }, readPart);
      await verify(bytes, sha256);
      // The next part is on its way while the disk keeps this one, but no lane runs further ahead of the disk.
      await keeping;
      keeping = keep(part, text);
      // What is read back from the disk is only what another page kept.
      base.lay(rows);
    }
  };
  // Whatever can be had is kept before a failure is told, so that no lane runs on into the next attempt.
  const since = deltaOf(manifest.cursor, plan, transport);
  const lanes = await Promise.allSettled([since, ...Array.from({ length: LANES }, takeParts)]);
  const tasks = [...lanes, ...(await Promise.all(keepings)).flat()];
  replica.setSyncState({ arrived: null });
  for (const task of tasks) {
    if (task.status === 'rejected') throw task.reason;
  }
  const { cursor, rev } = manifest;
  const history = await historyOf(sentCursor, plan, transport);
  const log = history === 'other-history' ? await logOf(replica, transport) : null;
  await replica.switchTo(sentCursor, { snapshot, cursor, rev, role }, { base, history, since: await since, log });
}

const EVENTS_COMPARED = 60;

/** What the server has of what was read here last, for people to be told; null where nothing was, or it does not say. */
async function logOf(replica: Replica, transport: Transport): Promise<readonly ActivityEvent[] | null> {
  const [newest] = replica.view().events;
  if (newest === undefined) return null;
  return makeHistory(transport, replica.planId)({ before: newest.rev + 1, limit: EVENTS_COMPARED }).catch(() => null);
}

/** False where the part is not kept, or cannot be read any more. */
function laysKept(base: Base, text: string | undefined): boolean {
  try {
    if (text !== undefined) base.lay(parseSegment(text));
    return text !== undefined;
  } catch {
    return false;
  }
}

function deltaOf(cursor: string, plan: string, transport: Transport): Promise<Delta> {
  return transport.get(`${plan}/delta?cursor=${encodeURIComponent(cursor)}`).then((reply) => parsed(reply, readDelta));
}

/**
 * Whether the server's history is still the one of our old cursor. Asked again after the manifest came: a server may be
 * restored between the reset, which may have had another reason, and the snapshot that follows it.
 */
async function historyOf(oldCursor: string, plan: string, transport: Transport): Promise<History> {
  if (oldCursor === '') return 'same-history';
  const { reset } = await deltaOf(oldCursor, plan, transport);
  return reset === 'epoch' || reset === 'ahead' ? 'other-history' : 'same-history';
}

/** Plain http has no `crypto.subtle`; there count and checksum of the rows, compared at each delta, must do. */
async function verify(bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<void> {
  if (globalThis.crypto?.subtle === undefined) return;
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== sha256) throw new SyncError('unreadable', { message: 'A part of the plan arrived damaged.' });
}
