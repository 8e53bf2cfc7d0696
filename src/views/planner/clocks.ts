import { clockText, offsetText } from '../../store/times-text.ts';
import type { RowMaps } from '../../store/view.ts';
import { offsetAt, zoneName } from '../../store/zone.ts';

interface Clocks {
  readonly zone: string;
  readonly readerOffset: number;
  readonly now: number;
}

const SITE_CLOCKS_MAX = 3;

/** The plan's clock, the reader's and those of sites, but for those that show what another of them does. */
export function clocksNow(rows: RowMaps, { zone, readerOffset, now }: Clocks): string {
  const here = offsetAt(zone, now);
  const clocks = new Map<number, string>([[here, `${clockText(zone, now)} ${zoneName(zone, now)}`]]);
  if (readerOffset !== here) {
    clocks.set(readerOffset, `you ${clockText('UTC', now + readerOffset)} ${offsetText(readerOffset)}`);
  }
  const most = clocks.size + SITE_CLOCKS_MAX;
  for (const { code, time_zone } of rows.sites.values()) {
    const offset = offsetAt(time_zone, now);
    const known = clocks.get(offset);
    const words = `${clockText(time_zone, now)} ${zoneName(time_zone, now)}`;
    if (known?.startsWith('you ')) clocks.set(offset, `${code} and you ${words}`);
    else if (known === undefined && clocks.size < most) clocks.set(offset, `${code} ${words}`);
  }
  return clocks.size === 1 ? '' : [...clocks.values()].join(' · ');
}
