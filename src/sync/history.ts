/** Reads the event log: what happened to one row, or to the whole plan, newest first. */
import type { LogEvent, ReadHistory } from '../store/log-event.ts';
import { type Reader, readArray, readObject } from './parse.ts';
import { parsed } from './reply.ts';
import type { Transport } from './transport.ts';

/** Only shown, never decided upon: an event's fields are read where they are shown. */
const readEvents = readObject<{ readonly events: readonly LogEvent[] }>({
  events: readArray as Reader<readonly LogEvent[]>,
});

/** Rejects with a `SyncError` whose message is a sentence for people. */
export function makeHistory(transport: Transport, planId: string): ReadHistory {
  return async ({ row, before, limit }) => {
    const query = [`limit=${limit}`, row && `row=${row}`, before && `before=${before}`].filter(Boolean).join('&');
    return parsed(await transport.get(`/plans/${planId}/events?${query}`), readEvents).events;
  };
}
