/** Reads the file that `plan-file.ts` writes. What it says about rows is checked here; what they mean, where they are merged. */

import { isRecord } from '../record.ts';
import type { Fields } from '../rows.ts';
import { UUID } from '../values.ts';
import { ImportError } from './imported.ts';
import { PLAN_FORMAT, PLAN_TABLES, PLAN_VERSION, type PlanTable } from './plan-file.ts';

export interface FileRow {
  /** Of the file, from 1; null where it cannot be told. */
  readonly line: number | null;
  readonly id: string;
  /** Without the id; not yet checked. */
  readonly fields: Fields;
}

export interface PlanFile {
  readonly planId: string;
  readonly tables: { readonly [T in PlanTable]: readonly FileRow[] };
  readonly remarks: readonly string[];
}

export function readPlanFile(text: string): PlanFile {
  const file = parsed(text);
  if (!isRecord(file)) throw new ImportError('This JSON is no plan.');
  if (file.format !== PLAN_FORMAT) throw new ImportError(otherFormat(file.format));
  if (Number(file.version) > PLAN_VERSION) {
    throw new ImportError('A newer Macroplan wrote this file. Reload the page and try again.');
  }
  if (file.version !== PLAN_VERSION || !isRecord(file.tables) || !UUID.test(String(file.plan))) {
    throw new ImportError('This file is damaged: nothing is read.');
  }
  const { tables } = file;
  const lineOf = linesOfIds(text);
  const rowsOf = (table: PlanTable) => rowsIn(tables[table], table, lineOf);
  const unknown = Object.keys(tables).filter((name) => !(PLAN_TABLES as readonly string[]).includes(name));
  return {
    planId: String(file.plan),
    tables: Object.fromEntries(PLAN_TABLES.map((table) => [table, rowsOf(table)])) as PlanFile['tables'],
    remarks: unknown.length === 0 ? [] : [`Not known here and left out: ${unknown.join(', ')}.`],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, position] = /position (\d+)/.exec(String(error)) ?? [];
    const line = position === undefined ? null : text.slice(0, Number(position)).split('\n').length;
    throw new ImportError('this is no JSON, or it is cut off here.', line);
  }
}

function otherFormat(format: unknown): string {
  if (format === 'macroplan-edits') {
    return 'These are pending edits. Load them by the menu at the top right: “Load pending edits from a file…”.';
  }
  if (format === 'macroplan-log') return 'This is an event log, which says what happened; it cannot be imported.';
  return 'This JSON was not written by Macroplan.';
}

function rowsIn(rows: unknown, table: PlanTable, lineOf: (id: string) => number | null): readonly FileRow[] {
  if (rows === undefined) return [];
  if (!Array.isArray(rows)) throw new ImportError(`This file is damaged: ${table} is no list.`);
  const seen = new Set<string>();
  return rows.map((row: unknown): FileRow => {
    const { id, ...fields } = isRecord(row) ? row : {};
    if (typeof id !== 'string' || !UUID.test(id) || seen.has(id)) {
      throw new ImportError(`This file is damaged: a row of ${table} has no id of its own.`);
    }
    seen.add(id);
    return { line: lineOf(id), id, fields: fields as Fields };
  });
}

/** Where each row stands: its id comes first, as we write it. */
function linesOfIds(text: string): (id: string) => number | null {
  const lines = new Map<string, number>();
  let line = 1;
  let from = 0;
  for (const { 1: id = '', index } of text.matchAll(/\{"id":"([0-9a-f-]{36})"/g)) {
    for (let i = text.indexOf('\n', from); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) line += 1;
    from = index;
    if (!lines.has(id)) lines.set(id, line);
  }
  return (id) => lines.get(id) ?? null;
}
