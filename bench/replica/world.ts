/** The server's truth of one run: the same rows for every engine, a rev a change, and the edits that arrived. */
import { demoEdits } from '../../infra/demo/demo-plan.ts';
import { mix } from '../../src/store/mix.ts';
import type { Row, Value } from '../../src/store/rows.ts';
import { TABLES, type TableName } from '../../src/store/schema.ts';
import { PLAN_ID } from './plan-id.ts';

export interface WorldRow {
  readonly table: TableName;
  readonly row: Row;
}

/** A fixed moment, so that each run has the same bytes. */
const NOW = Date.UTC(2027, 1, 24, 17);

export class World {
  rev: number;
  readonly rows: Map<string, WorldRow>;
  /** Schedules that a planner may edit: those of the cutover. */
  readonly editable: readonly string[];
  rowSum = 0;

  constructor(rows: readonly WorldRow[]) {
    this.rows = new Map(rows.map((entry) => [entry.row.id, entry]));
    this.rev = Math.max(...rows.map(({ row }) => row.rev));
    for (const { row } of rows) this.rowSum += mix(row.id, row.rev);
    const cutover = rows.find(({ row }) => row.kind === 'CUTOVER')?.row.id;
    this.editable = rows.filter(({ row }) => row.iteration_id === cutover).map(({ row }) => row.id);
  }

  /** Sets one field, as an edit of its own; returns the row as it is now. */
  set(id: string, changes: { readonly [field: string]: Value }): Row {
    const entry = this.rows.get(id);
    if (!entry) throw new Error(`There is no row ${id}.`);
    this.rev += 1;
    const row: Row = { ...entry.row, ...changes, id, rev: this.rev };
    this.rowSum += mix(id, row.rev) - mix(id, entry.row.rev);
    this.rows.set(id, { ...entry, row });
    return row;
  }

  /** Somebody else's change: a schedule ends a minute later. */
  postpone(id: string): void {
    this.set(id, { planned_end: Number(this.rows.get(id)?.row.planned_end) + 1 });
  }

  since(rev: number): readonly WorldRow[] {
    return [...this.rows.values()].filter(({ row }) => row.rev > rev);
  }
}

/** The first `count` rows of a demo plan that is about as large. */
export function seedRows(count: number): readonly WorldRow[] {
  const { edits, plan } = demoEdits({ chapters: Math.ceil(count / 9), seed: 1, now: NOW });
  const { id: _id, ...fields } = plan;
  const rows: WorldRow[] = [{ table: 'plans', row: { id: PLAN_ID, rev: 1, ...fields, state: 'approved' } }];
  for (const { seq, ops } of edits) {
    for (const op of ops) {
      if (op.op === 'insert')
        rows.push({ table: op.table, row: fullRow(op.table, op.id, { ...op.row, rev: seq + 1 }) });
    }
  }
  // A dependency is referred to by nothing, so that what is left out leaves no hole.
  const surplus = new Set(rows.filter(({ table }) => table === 'dependencies').slice(0, rows.length - count));
  return rows.filter((row) => !surplus.has(row));
}

function fullRow(table: TableName, id: string, given: { readonly [field: string]: Value; readonly rev: number }): Row {
  const fields = Object.entries(TABLES[table]).map(([name, { default: value = null }]) => [name, given[name] ?? value]);
  return { id, rev: given.rev, ...Object.fromEntries(fields) };
}
