/** The same table as plain text, for programs that paste no HTML: tabs between columns, one line a chapter. */

import { durationText } from '../../store/times-text.ts';
import { daysOf } from './table-days.ts';
import type { TableItem } from './table-items.ts';
import { showSpan } from './table-times.ts';

export function tableText(zone: string, title: string, items: readonly TableItem[]): string {
  const lines = [title, `All times in ${zone}.`];
  for (const { title: day, groups, minutes } of daysOf(zone, items)) {
    lines.push('', day);
    for (const { phase, items: own } of groups) {
      lines.push(phase);
      for (const item of own) {
        const { code, start, end, statusText, team } = item;
        const span = showSpan(zone, start, end, minutes !== 24 * 60);
        const columns = [code, item.title, team ?? '', span, end > start ? durationText(end - start) : '', statusText];
        lines.push(columns.map((text) => text.replaceAll(/\s+/g, ' ')).join('\t'));
      }
    }
  }
  return lines.join('\r\n');
}
