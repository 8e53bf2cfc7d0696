/** What the model says, in the same bytes as the SQL functions that build their text by hand. */
import type { Receipt } from '../../store/edit.ts';
import { TABLE_NAMES, TABLES } from '../../store/schema.ts';
import { jsonbText } from './jsonb-text.ts';
import type { ModelEvent, ModelPlan, StoredRow } from './model-plan.ts';

/** functions/requests/receipt_text.sql */
export function receiptText({ edit, seq, outcome, rev, dup, merged, conflict, refusal }: Receipt): string {
  const start = `{"edit":"${edit}","seq":${seq},"outcome":"${outcome}","rev":${rev},"dup":${dup}`;
  return `${start},"merged":${jsonbText(merged)},"conflict":${JSON.stringify(conflict)},"refusal":${jsonbText(refusal)}}`;
}

interface DeltaParts {
  readonly cursor: string;
  readonly rev: number;
  readonly reset: string | null;
  readonly now: number;
  /** Tombstones too. */
  readonly rows: readonly StoredRow[];
  /** Newest first. */
  readonly events: readonly ModelEvent[];
  readonly totals: ModelPlan['totals'];
}

/** functions/reading/delta.sql; without its first brace, so that receipts can come before. */
export function deltaText({ cursor, rev, reset, now, rows, events, totals }: DeltaParts): string {
  const head = `"cursor":"${cursor}","rev":${rev},"reset":${JSON.stringify(reset)},"now":${now},"poll_after_ms":7000`;
  const sums = `"row_count":${totals.row_count},"row_sum":${totals.row_sum}`;
  return `${head},"rows":{${deltaRows(rows)}},"events":${eventsText(events)},${sums}}`;
}

const EVENT_COLUMNS = ['rev', 'n', 'at', 'actor', 'actor_name', 'label', 'op', 'table_name', 'row_id'] as const;

function eventsText(events: readonly ModelEvent[]): string {
  const rows = events.map((event) => jsonbText(EVENT_COLUMNS.map((column) => event[column])));
  return `{"cols":${JSON.stringify(EVENT_COLUMNS)},"rows":[${rows}]}`;
}

function deltaRows(stored: readonly StoredRow[]): string {
  return tablesOf(stored, (of) => {
    const gone = of.filter(({ isRemoved }) => isRemoved).map(({ row }) => `["${row.id}",${row.rev}]`);
    return `,"removed":[${gone}]`;
  });
}

/** The members of a part's "rows": live rows in column arrays. */
export function partRows(stored: readonly StoredRow[]): string {
  return tablesOf(stored, () => '');
}

function tablesOf(stored: readonly StoredRow[], more: (of: readonly StoredRow[]) => string): string {
  const tables = TABLE_NAMES.flatMap((table) => {
    const of = stored.filter((one) => one.table === table).sort((a, b) => (a.row.id < b.row.id ? -1 : 1));
    if (of.length === 0) return [];
    const columns = ['id', 'rev', ...Object.keys(TABLES[table])];
    const live = of.filter(({ isRemoved }) => !isRemoved);
    const cells = live.map(({ row }) => `[${columns.map((column) => jsonbText(row[column] ?? null))}]`);
    return [`"${table}":{"cols":${JSON.stringify(columns)},"rows":[${cells}]${more(of)}}`];
  });
  return tables.join(',');
}
