/**
 * A standby that answers what only reads (docs/decisions/0026). It is asked while it is known to be fresh: whatever the primary
 * had written at some moment of the last few seconds has arrived there. What it does not answer – it is behind what the asker
 * has read, it is away, it has to stop for what it replays – the primary answers, and nobody notices.
 */
import type { QueryResultRow } from 'pg';
import { type Delta, type Doors, openDoors } from './doors.ts';
import { answerTo } from './error-map.ts';
import type { Meter } from './meter.ts';
import type { Connections } from './pool.ts';

/** How long ago the primary may have been as the standby is. A page that looks every 7 seconds sees changes that much later. */
const AGE_MS_MAX = 5_000;
const LOOK_EVERY_MS = 1_000;

export interface Standby {
  /** The doors of the primary, with those that the standby may answer going there first. */
  readonly doors: Doors;
  readonly isFresh: () => boolean;
  /** Waits for what is under way. */
  readonly close: () => Promise<void>;
}

export interface StandbySettings {
  readonly primary: Doors;
  readonly connections: Connections;
  readonly meter: Pick<Meter, 'read'>;
  /** Milliseconds, of any origin. */
  readonly clock: () => number;
}

export function followStandby({ primary, connections, meter, clock }: StandbySettings): Standby {
  const there = openDoors({
    // One that was promoted since we looked has a history of its own, which is not to be believed for a moment.
    async query<R extends QueryResultRow>(sql: string, values: readonly unknown[]) {
      const result = await connections.query<R>(`${sql} where pg_is_in_recovery()`, values);
      if (result.rows.length === 0) throw new Error('The server that was a standby is none any more.');
      return result;
    },
  });
  let freshAt = Number.NEGATIVE_INFINITY;
  let mark: { readonly at: number; readonly position: string } | null = null;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;

  /** One position at a time: it is asked for until the standby has it, however far behind it is. */
  async function look(): Promise<void> {
    try {
      mark ??= { at: clock(), position: await primary.position() };
      if (await there.hasReplayed(mark.position)) {
        freshAt = mark.at;
        mark = null;
      }
    } catch {
      // Either server is away. What was known to be fresh gets old by itself; a position of before may be one of no history.
      mark = null;
    }
    if (isClosed) return;
    timer = setTimeout(() => {
      looking = look();
    }, LOOK_EVERY_MS);
    timer.unref();
  }
  let looking = look();

  const isFresh = () => clock() - freshAt <= AGE_MS_MAX;

  async function read<T>(ask: (doors: Doors) => Promise<T>): Promise<T> {
    if (!isFresh()) {
      meter.read('not_fresh');
      return await ask(primary);
    }
    try {
      const answer = await ask(there);
      meter.read('standby');
      return answer;
    } catch (error) {
      // Whatever it refuses may be something that it does not know yet: a plan, a role, a revision.
      const isRefusal = answerTo(error).status < 500;
      if (!isRefusal) freshAt = Number.NEGATIVE_INFINITY;
      meter.read(isRefusal ? 'behind' : 'failed');
      return await ask(primary);
    }
  }

  return {
    doors: {
      ...primary,
      delta: (...asked): Promise<Delta> => read(({ delta }) => delta(...asked)),
      snapshotPart: (...asked) => read(({ snapshotPart }) => snapshotPart(...asked)),
      events: (...asked) => read(({ events }) => events(...asked)),
      state: (...asked) => read(({ state }) => state(...asked)),
    },
    isFresh,
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
      await connections.close();
    },
  };
}
