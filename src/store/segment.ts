/** A stored snapshot part: the text as received, parsed when base is built. */
import type { RowColumns } from './delta.ts';

/** The text was checked when it arrived (`sync/snapshot.ts`), so its shape is trusted here. */
export function parseSegment(text: string): RowColumns {
  const { rows } = JSON.parse(text) as { rows: RowColumns };
  return Object.fromEntries(
    Object.entries(rows).map(([table, { cols, rows: values }]) => [table, { cols, rows: values, removed: [] }]),
  );
}
