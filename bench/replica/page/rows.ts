/** Column arrays as they travel, as rows: for the engines that leave the wire to the application. */
import type { BenchRow } from './contestant.ts';

export interface RowsReply {
  readonly rev: number;
  readonly rows: {
    readonly [table: string]: { readonly cols: readonly string[]; readonly rows: readonly unknown[][] };
  };
}

export interface NoteEdit {
  readonly seq: number;
  readonly id: string;
  readonly note: string;
}

/** As many edits a request as our own exchange takes. */
export const BATCH = 200;

export async function fetchRows(since: number): Promise<{ readonly rev: number; readonly rows: BenchRow[] }> {
  const reply = (await (await fetch(`/rows/pull?since=${since}`)).json()) as RowsReply;
  const rows: BenchRow[] = [];
  for (const { cols, rows: values } of Object.values(reply.rows)) {
    for (const row of values) {
      const entry: { [field: string]: unknown } = {};
      for (let i = 0; i < cols.length; i += 1) entry[cols[i] ?? ''] = row[i];
      rows.push(entry as unknown as BenchRow);
    }
  }
  return { rev: reply.rev, rows };
}

/** Sends edits and returns the rows that they made, each with its new rev: the receipt. */
export async function sendEdits(edits: readonly NoteEdit[]): Promise<readonly BenchRow[]> {
  const body = JSON.stringify({ edits });
  const headers = { 'Content-Type': 'application/json' };
  return (await (await fetch('/rows/push', { method: 'POST', headers, body })).json()) as BenchRow[];
}
