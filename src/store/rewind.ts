/** The plan as it was: the event log taken back from what is known now. Pure. */
import type { LogEvent } from './log-event.ts';
import type { Row } from './rows.ts';
import type { RowMaps } from './view.ts';

/** `rows` with everything undone that came after `rev`. `events`: newest first, all of those after `rev` that `rows` hold. */
export function rewind(rows: RowMaps, events: readonly LogEvent[], rev: number): RowMaps {
  const now = rows as unknown as { readonly [table: string]: ReadonlyMap<string, Row> };
  const past: { [table: string]: Map<string, Row> } = {};
  for (const { rev: after, table_name, row_id: id, op, before } of events) {
    if (after <= rev) break;
    past[table_name] ??= new Map(now[table_name]);
    const table = past[table_name];
    if (op === 'insert') table.delete(id);
    else table.set(id, { id, rev, ...table.get(id), ...before });
  }
  return { ...rows, ...(past as unknown as RowMaps) };
}
