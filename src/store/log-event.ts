/** A line of the event log (PROTOCOL, "events"). */
import type { Fields } from './rows.ts';
import type { ActivityEvent } from './view.ts';

export interface LogEvent extends ActivityEvent {
  readonly op: 'insert' | 'update' | 'remove';
  /** All fields where a row went, the changed ones where it changed, null where it came. */
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export interface HistoryQuery {
  /** Of one row; of all where absent. */
  readonly row?: string;
  /** Below this rev; from the newest where absent. */
  readonly before?: number;
  /** At most about so many events, 1 to 1,000: a rev is never cut. */
  readonly limit: number;
}

/** Newest first. Needs the server; rejects with a sentence for people where it cannot be asked. */
export type ReadHistory = (query: HistoryQuery) => Promise<readonly LogEvent[]>;
