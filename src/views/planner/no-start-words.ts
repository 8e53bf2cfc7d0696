/** No-start windows in words, and where they lie on the axis. Pure. */
import { sentence } from '../../store/isolated.ts';
import { noStartWindowsIn } from '../../store/network/no-start.ts';
import type { NoStartWindow } from '../../store/rows.ts';
import { datedSpanText } from '../../store/times-text.ts';
import type { RowMaps } from '../../store/view.ts';
import type { Span } from './lines.ts';

export const FORBIDS: { readonly [F in NoStartWindow['forbids']]: string } = {
  start: 'Nothing may start',
  end: 'Nothing may end',
  both: 'Nothing may start or end',
};

/** "Nothing may start, Sat 28 Nov 2026 08:00 → 18:00, at ZRH" */
export function noStartText({ sites }: RowMaps, zone: string, window: NoStartWindow): string {
  const { forbids, window_start, window_end, site_id } = window;
  const where = site_id === null ? '' : sentence`, at ${sites.get(site_id)?.code ?? '?'}`;
  return `${FORBIDS[forbids]}, ${datedSpanText(zone, window_start, window_end)}${where}`;
}

export interface NoStart extends Span {
  readonly id: string;
  /** "Banking hours. Nothing may start, Sat 28 Nov 2026 08:00 → 18:00" */
  readonly words: string;
  /** False: at one site only. */
  readonly isEverywhere: boolean;
}

/** As much of each as the axis shows. */
export function noStartsOn(rows: RowMaps, zone: string, axis: Span): readonly NoStart[] {
  const end = axis.start + axis.length;
  return noStartWindowsIn(rows).flatMap((window): readonly NoStart[] => {
    const start = Math.max(axis.start, window.window_start);
    const length = Math.min(end, window.window_end) - start;
    const words = sentence`${window.name}. ${noStartText(rows, zone, window)}`;
    return length <= 0 ? [] : [{ id: window.id, start, length, words, isEverywhere: window.site_id === null }];
  });
}
