/**
 * One plan on a model server: rows, revisions, receipts and the event log, by the same rules as the SQL (`applyEdit` is
 * the executable specification of both). It can be copied whole, which is what a backup is.
 */
import { type Actor, applyEdit, type History, type TheirChange } from '../../store/apply.ts';
import type { PlanState, RowWrite } from '../../store/draft.ts';
import type { Edit, Receipt } from '../../store/edit.ts';
import { mix } from '../../store/mix.ts';
import type { Conflict, Fields, Row, Value } from '../../store/rows.ts';
import { TABLE_NAMES, TABLES, type TableName, unitOf } from '../../store/schema.ts';

export interface StoredRow {
  readonly table: TableName;
  readonly row: Row;
  readonly isRemoved: boolean;
}

export interface ModelEvent {
  readonly rev: number;
  readonly n: number;
  readonly at: number;
  readonly actor: string;
  readonly actor_name: string;
  readonly client_id: string;
  readonly edit_id: string;
  readonly label: string;
  readonly op: 'insert' | 'update' | 'remove';
  readonly table_name: TableName;
  readonly row_id: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export interface Push {
  readonly actor: Actor;
  readonly client: string;
  /** The rev of the cursor that came with the request. */
  readonly since: number;
  /** Server clock, milliseconds. */
  readonly now: number;
}

export class ModelPlan {
  rev = 0;
  readonly rows = new Map<string, StoredRow>();
  readonly events: ModelEvent[] = [];
  /** By rev, the hash of the log up to it: two histories that ever differed differ here for good. */
  readonly hashes: string[] = ['00000000'];
  readonly receipts = new Map<string, Receipt>();
  readonly lastSeq = new Map<string, number>();
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** What a backup would hold now. */
  copy(): ModelPlan {
    const copy = new ModelPlan(this.#newId);
    copy.rev = this.rev;
    for (const [key, row] of this.rows) copy.rows.set(key, row);
    copy.events.push(...this.events);
    copy.hashes.splice(0, copy.hashes.length, ...this.hashes);
    for (const [id, receipt] of this.receipts) copy.receipts.set(id, receipt);
    for (const [client, seq] of this.lastSeq) copy.lastSeq.set(client, seq);
    return copy;
  }

  live(table?: TableName): readonly StoredRow[] {
    return [...this.rows.values()].filter((stored) => !stored.isRemoved && (!table || stored.table === table));
  }

  integrity(): { row_count: number; row_sum: number } {
    const live = this.live();
    return { row_count: live.length, row_sum: live.reduce((sum, { row }) => sum + mix(row.id, row.rev), 0) };
  }

  /** The plan's own row: made with the plan, not by an edit. */
  create(id: string, fields: Fields, push: Push): void {
    const edit = { id: this.#newId(), seq: 0, at: push.now, label: 'New plan', ops: [] };
    this.#write(edit, push, [{ table: 'plans', id, before: null, after: { id, rev: 0, ...fields } }]);
  }

  /** One edit, whole or not at all, with the receipt it gets for ever. */
  apply(edit: Edit, push: Push): Receipt {
    const { verdict, writes } = applyEdit(this.#state(), edit, push.actor, this.#history(push));
    const blank = { edit: edit.id, seq: edit.seq, dup: false, merged: [], conflict: null, refusal: null };
    let receipt: Receipt;
    switch (verdict.outcome) {
      case 'refused':
        receipt = { ...blank, outcome: 'refused', rev: null, refusal: verdict.refusal };
        break;
      case 'conflict': {
        const conflict = this.#conflict(edit, push, verdict);
        const { id, rev: _rev, ...fields } = conflict;
        const row = { id, rev: 0, ...(fields as unknown as Fields) } as Row;
        this.#write(edit, push, [{ table: 'conflicts', id, before: null, after: row }]);
        receipt = { ...blank, outcome: 'conflict', rev: this.rev, conflict: id };
        break;
      }
      case 'merged':
      case 'applied':
      case 'noop': {
        if (writes.length > 0) this.#write(edit, push, writes);
        const merged = verdict.outcome === 'merged' ? verdict.merged : [];
        receipt = { ...blank, outcome: verdict.outcome, rev: verdict.outcome === 'noop' ? null : this.rev, merged };
      }
    }
    this.receipts.set(edit.id, receipt);
    return receipt;
  }

  #write(edit: Edit, { actor, client, now }: Push, writes: readonly RowWrite[]): void {
    this.rev += 1;
    for (const [index, { table, id, before, after }] of writes.entries()) {
      // A tombstone keeps what the row last was.
      const row: Row = { ...(after ?? before), id, rev: this.rev };
      this.rows.set(`${table}/${id}`, { table, row, isRemoved: after === null });
      this.events.push({
        rev: this.rev,
        n: index + 1,
        at: now,
        actor: actor.key,
        actor_name: actor.name,
        client_id: client,
        edit_id: edit.id,
        label: edit.label,
        op: after === null ? 'remove' : before ? 'update' : 'insert',
        table_name: table,
        row_id: id,
        ...changedFields(table, before, after),
      });
    }
    const news = this.events.filter(({ rev }) => rev === this.rev);
    this.hashes[this.rev] = hash(`${this.hashes[this.rev - 1]}${JSON.stringify(news)}`);
  }

  #state(): PlanState {
    return {
      get: (table, id) => {
        const stored = this.rows.get(`${table}/${id}`);
        return stored && !stored.isRemoved ? stored.row : undefined;
      },
      rows: (table) => this.live(table).map(({ row }) => row),
      isRemoved: (table, id) => this.rows.get(`${table}/${id}`)?.isRemoved ?? false,
    };
  }

  #history({ client, since, actor }: Push): History {
    const of = (table: TableName, id: string) =>
      this.events.filter(({ table_name, row_id }) => table_name === table && row_id === id);
    return {
      changedSince: (table, id) => {
        const last = new Map<string, TheirChange>();
        for (const event of of(table, id)) {
          if (event.rev <= since || event.client_id === client) continue;
          for (const unit of unitsOf(event)) last.set(unit, { unit, by: event.actor, rev: event.rev });
        }
        return [...last.values()];
      },
      theirs: (table, id, unit) => {
        const last = of(table, id).findLast((event) => event.op !== 'update' || unitsOf(event).includes(unit));
        return last ? { by: last.actor, at: last.at, rev: last.rev } : null;
      },
      lastRow: (table, id) => this.rows.get(`${table}/${id}`)?.row,
      isBlocked: (id, settled) =>
        this.live('conflicts').some(({ row }) => {
          const conflict = row as unknown as Conflict;
          const made = this.events.find((event) => event.row_id === row.id && event.op === 'insert');
          return (
            conflict.state === 'open' &&
            !settled?.has(conflict.id) &&
            conflict.author === actor.key &&
            made !== undefined &&
            made.client_id === client &&
            made.rev > since &&
            conflict.ops.some((op) => 'id' in op && op.id === id)
          );
        }),
    };
  }

  #conflict(edit: Edit, { actor, now }: Push, { cause, items }: Pick<Conflict, 'cause' | 'items'>): Conflict {
    return {
      id: this.#newId(),
      rev: 0,
      edit_id: edit.id,
      author: actor.key,
      author_name: actor.name,
      at: now,
      label: edit.label,
      cause,
      state: 'open',
      items,
      ops: edit.ops,
      resolution: null,
      resolved_by: null,
    };
  }
}

/** FNV-1a, 32 bits: enough to tell a few histories apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** The merge units that an event changed; `row` where the row was made or removed. */
function unitsOf({ op, table_name, after }: ModelEvent): readonly string[] {
  if (op !== 'update') return ['row'];
  return [...new Set(Object.keys(after ?? {}).map((field) => unitOf(table_name, field)))];
}

function changedFields(table: TableName, before: Row | null, after: Row | null): Pick<ModelEvent, 'before' | 'after'> {
  const fields = Object.keys(TABLES[table]);
  const pick = (row: Row, names: readonly string[]): Fields =>
    Object.fromEntries(names.map((name): [string, Value] => [name, row[name] ?? null]));
  if (!before || !after) return { before: before && pick(before, fields), after: after && pick(after, fields) };
  const changed = fields.filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null));
  return { before: pick(before, changed), after: pick(after, changed) };
}

/** Rows in column arrays, as the wire has them. */
export function wireRows(stored: readonly StoredRow[]): { readonly [table: string]: unknown } {
  const tables = TABLE_NAMES.map((table) => {
    const cols = ['id', 'rev', ...Object.keys(TABLES[table])];
    const of = stored.filter((row) => row.table === table);
    const rows = of.filter(({ isRemoved }) => !isRemoved).map(({ row }) => cols.map((col) => row[col] ?? null));
    const removed = of.filter(({ isRemoved }) => isRemoved).map(({ row }) => [row.id, row.rev]);
    return [table, { cols, rows, removed }] as const;
  });
  return Object.fromEntries(tables.filter(([, { rows, removed }]) => rows.length + removed.length > 0));
}
