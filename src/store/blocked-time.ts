/** How long each schedule stood still, from the event log. Pure. */
import type { LogEvent } from './log-event.ts';

/** Minutes by row id. `events`: newest first; `now`: minutes, for what still stands still. */
export function blockedMinutes(events: readonly LogEvent[], now: number): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  const stood = new Map<string, number>();
  const add = (id: string, minutes: number) => stood.set(id, (stood.get(id) ?? 0) + minutes);
  for (const { row_id: id, at, before, after } of [...events].reverse()) {
    const minute = Math.floor(at / 60_000);
    if (after?.status === 'blocked') since.set(id, minute);
    else if (before?.status === 'blocked') {
      add(id, minute - (since.get(id) ?? minute));
      since.delete(id);
    }
  }
  for (const [id, minute] of since) add(id, Math.max(0, now - minute));
  return stood;
}
