/**
 * A whole plan as a file of our own: every live row of the tables that make the plan, with its id, so that reading it into
 * an empty plan gives the same rows. Who may do what is left out, because rights belong to the place and not to the plan;
 * so are conflicts and history, which the server alone writes.
 */
import type { Fields, Row, Value } from '../rows.ts';
import { TABLES, type TableName } from '../schema.ts';
import type { PlanView } from '../view.ts';

export const PLAN_FORMAT = 'macroplan';
export const PLAN_VERSION = 1;

/** In an order in which each row comes after those that it points to. */
export const PLAN_TABLES = [
  'plans',
  'iterations',
  'phases',
  'teams',
  'sites',
  'chapters',
  'dependencies',
  'chapter_schedules',
  'baselines',
  'no_start_windows',
] as const satisfies readonly TableName[];

export type PlanTable = (typeof PLAN_TABLES)[number];

/** One row a line, so that two files can be compared line by line. `at`: milliseconds, when it was written. */
export function writePlanFile({ rows, planId, rev, queue }: PlanView, at: number): string {
  const head = {
    format: PLAN_FORMAT,
    version: PLAN_VERSION,
    plan: planId,
    rev,
    pending_edits: queue.length,
    exported_at: new Date(at).toISOString(),
  };
  const tables = PLAN_TABLES.map((table) => {
    const all: readonly Row[] = [...rows[table].values()] as unknown as readonly Row[];
    const sorted = [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
    const texts = sorted.map((row) => `\n    ${JSON.stringify(fileRow(table, row))}`);
    return `\n  ${JSON.stringify(table)}: [${texts.join(',')}]`;
  });
  return `{${JSON.stringify(head).slice(1, -1)},\n "tables": {${tables.join(',')}\n }\n}\n`;
}

/** A row as the file has it: its id and the fields of the schema. */
export function fileRow(table: TableName, row: Row): Fields {
  const fields = Object.keys(TABLES[table]).map((field): [string, Value] => [field, row[field] ?? null]);
  return { id: row.id, ...Object.fromEntries(fields) };
}
