/** Windows in which nothing may start, or end: banking hours, a freeze of changes. Whoever plans into one is told, never stopped. Pure. */
import type { Chapter, NoStartWindow } from '../rows.ts';
import type { RowMaps } from '../view.ts';

export interface Forbidden {
  readonly window: NoStartWindow;
  readonly edge: 'start' | 'end';
}

/** Of one chapter, minutes since 1970. */
export interface Wanted {
  readonly start: number;
  readonly end: number;
  /** Its start is no start any more that somebody could plan. */
  readonly hasBegun: boolean;
}

/** In the order of time. */
export function noStartWindowsIn({ no_start_windows }: RowMaps): readonly NoStartWindow[] {
  return [...no_start_windows.values()].sort((a, b) => a.window_start - b.window_start || a.window_end - b.window_end);
}

/**
 * What these times of a chapter run into. A window holds its first minute and not its last: work that ends as it begins, or
 * starts as it ends, is outside. A buffer is nobody's work, so nothing forbids it; nor is what has begun a start.
 */
export function forbiddenBy(
  windows: readonly NoStartWindow[],
  { kind, site_id }: Chapter,
  { start, end, hasBegun }: Wanted,
): readonly Forbidden[] {
  if (kind === 'buffer') return [];
  return windows.flatMap((window): readonly Forbidden[] => {
    const { window_start, window_end, forbids } = window;
    if (window.site_id !== null && window.site_id !== site_id) return [];
    const edges: Forbidden[] = [];
    const isStart = forbids !== 'end' && !hasBegun;
    if (isStart && start >= window_start && start < window_end) edges.push({ window, edge: 'start' });
    if (forbids !== 'start' && end > window_start && end < window_end) edges.push({ window, edge: 'end' });
    return edges;
  });
}
