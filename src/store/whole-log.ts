/** Reads an event log to its beginning, page by page. */
import type { LogEvent, ReadHistory } from './log-event.ts';

export const EVENTS_PER_PAGE = 1_000;

/** Newest first. `onPage` hears how many are here. Rejects with a sentence where the server cannot be asked. */
export async function readWholeLog(
  history: ReadHistory,
  onPage: (count: number) => void = () => {},
): Promise<readonly LogEvent[]> {
  const found: LogEvent[] = [];
  for (;;) {
    const page = await readPage(history, found);
    found.push(...page);
    if (page.length === 0 || isWhole(found)) return found;
    onPage(found.length);
  }
}

/** What comes before the events that are here; nothing where nothing does. */
export function readPage(history: ReadHistory, found: readonly LogEvent[]): Promise<readonly LogEvent[]> {
  const before = found.at(-1)?.rev;
  return history({ limit: EVENTS_PER_PAGE, ...(before === undefined ? {} : { before }) });
}

/** A rev is never cut, so the first one is here as a whole. */
export function isWhole(found: readonly LogEvent[]): boolean {
  return found.at(-1)?.rev === 1;
}
