/** Rows as stored text: a snapshot's part as received, base as folded here, or a delta. Parsed when base is built. */
import type { RowColumns } from './delta.ts';
import { keysBetween } from './key-range.ts';
import type { Row } from './rows.ts';

/** As many rows a part as the server takes. */
const ROWS_A_PART = 2_048;

/** The keys of all parts of a snapshot. */
export function allPartsOf(snapshot: string): IDBKeyRange {
  return keysBetween([snapshot], [snapshot, []]);
}

/** The text was checked when it arrived (`sync/protocol.ts`), so its shape is trusted here. */
export function parseSegment(text: string): RowColumns {
  return (JSON.parse(text) as { rows: RowColumns }).rows;
}

export function segmentOf(rows: RowColumns): string {
  return JSON.stringify({ rows });
}

/** All rows of base as segments, in the form in which the server sends them. */
export function writeSegments(tables: Iterable<readonly [string, ReadonlyMap<string, Row>]>): readonly string[] {
  const segments: string[] = [];
  for (const [table, rows] of tables) {
    const all = [...rows.values()];
    const cols = Object.keys(all[0] ?? {});
    for (let at = 0; at < all.length; at += ROWS_A_PART) {
      const values = all.slice(at, at + ROWS_A_PART).map((row) => cols.map((col) => row[col] ?? null));
      segments.push(segmentOf({ [table]: { cols, rows: values } }));
    }
  }
  return segments;
}
