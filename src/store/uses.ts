/** What uses a row, and so has to be gone before it (docs/merge.md, "Removal"). Pure. */
import { findRow } from './find-row.ts';
import type { Row } from './rows.ts';
import { TABLE_NAMES, TABLES, type TableName } from './schema.ts';
import type { PlanView } from './view.ts';
import { andMore, describeRow } from './words.ts';

const NAMED_MAX = 3;

/** "used by chapter AA, chapter AB and 5 more"; '' where nothing uses it. */
export function usesText(view: Pick<PlanView, 'rows'>, of: TableName, id: string): string {
  const named: string[] = [];
  let count = 0;
  const find = (table: TableName, rowId: string) => findRow(view, table, rowId);
  for (const table of TABLE_NAMES) {
    const fields = Object.keys(TABLES[table]).filter((field) => TABLES[table][field]?.table === of);
    if (fields.length === 0) continue;
    for (const row of view.rows[table].values() as Iterable<Row>) {
      if (!fields.some((field) => row[field] === id)) continue;
      count += 1;
      if (count <= NAMED_MAX) named.push(describeRow(find, table, row));
    }
  }
  if (count === 0) return '';
  return `used by ${andMore(named, count)}`;
}
