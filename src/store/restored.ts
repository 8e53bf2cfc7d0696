/** Keeps that the server's history is another one than this device knew, for its reader to be told once. Inside a transaction. */
import type { ReplicaState, WriteTransaction } from './database.ts';
import type { Edit, Receipt } from './edit.ts';
import type { ActivityEvent, Restored } from './view.ts';

export interface Met {
  /** How far this device had read of the history that it knew. */
  readonly state: Pick<ReplicaState, 'rev' | 'events'> | undefined;
  /** Of the other one. */
  readonly rev: number;
  /** The newest events of the other one up to there; null where it could not be asked. */
  readonly log: readonly ActivityEvent[] | null;
  /** Edits that had taken effect and are offered again. */
  readonly journal: readonly Edit[];
}

/** Told once, also where it happened again before its reader looked. */
export async function noteRestored(transaction: WriteTransaction, met: Met): Promise<void> {
  const before = await restoredIn(transaction);
  const { isOlder, until } = fallOf(met);
  const times = [until, before?.until ?? null].filter((at) => at !== null);
  const restored: Restored = {
    rev: met.rev,
    isOlder: isOlder || (before?.isOlder ?? false),
    until: times.length > 0 ? Math.min(...times) : null,
    edits: [...new Set([...(before?.edits ?? []), ...met.journal.map(({ id }) => id)])],
    kept: [],
  };
  await transaction.objectStore('meta').put(restored, 'restored');
}

/** Others may have worked on it already: how far it has come says less than what it has of what was read here. */
function fallOf({ state, rev, log }: Met): Pick<Restored, 'isOlder' | 'until'> {
  const [newest] = state?.events ?? [];
  if (state === undefined || newest === undefined || log === null)
    return { isOlder: rev < (state?.rev ?? 0), until: null };
  const common = state.events.find((event) => log.some((other) => isSame(event, other)));
  return common === newest ? { isOlder: false, until: null } : { isOlder: true, until: common?.at ?? null };
}

function isSame(one: ActivityEvent, other: ActivityEvent): boolean {
  return (['rev', 'n', 'at', 'row_id'] as const).every((field) => one[field] === other[field]);
}

/** What the other history had from the start: a receipt that is given again may also be of what it took in since. */
export async function noteKept(transaction: WriteTransaction, receipts: readonly Receipt[]): Promise<void> {
  const restored = await restoredIn(transaction);
  if (restored === undefined) return;
  const isKept = ({ edit, dup, rev }: Receipt) =>
    dup && rev !== null && rev <= restored.rev && restored.edits.includes(edit);
  const kept = [...restored.kept, ...receipts.filter(isKept).map(({ edit }) => edit)];
  await transaction.objectStore('meta').put({ ...restored, kept }, 'restored');
}

async function restoredIn(transaction: WriteTransaction): Promise<Restored | undefined> {
  return (await transaction.objectStore('meta').get('restored')) as Restored | undefined;
}
