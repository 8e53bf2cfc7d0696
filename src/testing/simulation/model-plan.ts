/**
 * One plan on a model server: rows, revisions, receipts and the event log, by the same rules as the SQL (`applyEdit` is
 * the executable specification of both). It can be copied whole, which is what a backup is.
 */
import { createHash } from 'node:crypto';
import { type Actor, applyEdit, type History, type TheirChange } from '../../store/apply.ts';
import type { PlanState, RowWrite } from '../../store/draft.ts';
import type { Edit, Receipt } from '../../store/edit.ts';
import { mix } from '../../store/mix.ts';
import type { Conflict, Fields, Row, Value } from '../../store/rows.ts';
import { TABLES, type TableName, unitOf } from '../../store/schema.ts';
import { jsonbText } from './jsonb-text.ts';

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
  readonly claimed_at: number | null;
  /** Null where no edit of a device did it. */
  readonly client_id: string | null;
  readonly edit_id: string | null;
  readonly label: string;
  readonly op: 'insert' | 'update' | 'remove';
  readonly table_name: TableName;
  readonly row_id: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
  /** Which form of hash is its; the model erases no name. */
  readonly form: 2;
  readonly erasure: null;
}

export interface Push {
  readonly actor: Actor;
  readonly client: string;
  /** The rev of the cursor that came with the request. */
  readonly since: number;
  /** Server clock, milliseconds. */
  readonly now: number;
}

/** All live rows at one rev, as they were stored. */
export interface StoredSnapshot {
  readonly id: string;
  readonly rev: number;
  readonly shape: string;
  readonly text: string;
  readonly rows: number;
  readonly madeAt: number;
}

export class ModelPlan {
  rev = 0;
  /** The highest rev whose tombstones were pruned. */
  minSince = 0;
  readonly rows = new Map<string, StoredRow>();
  readonly events: ModelEvent[] = [];
  /** By rev, the hash of the log up to it: two histories that ever differed differ here for good. */
  readonly hashes: Buffer[] = [];
  readonly receipts = new Map<string, Receipt>();
  readonly authors = new Map<string, string>();
  readonly clients = new Map<string, { readonly author: string; readonly lastSeq: number }>();
  readonly snapshots: StoredSnapshot[] = [];
  readonly totals = { row_count: 0, row_sum: 0 };

  /** What a backup would hold now. */
  copy(): ModelPlan {
    const copy = new ModelPlan();
    copy.rev = this.rev;
    copy.minSince = this.minSince;
    for (const [key, row] of this.rows) copy.rows.set(key, row);
    copy.events.push(...this.events);
    copy.hashes.push(...this.hashes);
    for (const [id, receipt] of this.receipts) copy.receipts.set(id, receipt);
    for (const [id, author] of this.authors) copy.authors.set(id, author);
    for (const [id, client] of this.clients) copy.clients.set(id, client);
    copy.snapshots.push(...this.snapshots);
    Object.assign(copy.totals, this.totals);
    return copy;
  }

  live(table?: TableName): readonly StoredRow[] {
    return [...this.rows.values()].filter((stored) => !stored.isRemoved && (!table || stored.table === table));
  }

  /** The plan's own row, and others that are there from its first rev: made with the plan, not by an edit. */
  create(made: readonly Pick<StoredRow, 'table' | 'row'>[], actor: Pick<Actor, 'key' | 'name'>, now: number): void {
    const writes = made.map(({ table, row }): RowWrite => ({ table, id: row.id, before: null, after: row }));
    const stamp = { edit_id: null, client_id: null, claimed_at: null, label: 'New plan', at: now };
    this.#write({ ...stamp, actor: actor.key, actor_name: actor.name }, writes);
  }

  /** Forgets tombstones older than `now`, so that replicas which never heard of them must take a snapshot. */
  prune(now: number): void {
    const old = this.events.findLast(({ at }) => at < now)?.rev ?? 0;
    const gone = [...this.rows].filter(([, { row, isRemoved }]) => isRemoved && row.rev <= old);
    for (const [key] of gone) this.rows.delete(key);
    this.minSince = Math.max(this.minSince, ...gone.map(([, { row }]) => row.rev));
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
        const row = conflictOf(edit, push, verdict) as unknown as Row;
        this.#writeEdit(edit, push, [{ table: 'conflicts', id: row.id, before: null, after: row }]);
        receipt = { ...blank, outcome: 'conflict', rev: this.rev, conflict: row.id };
        break;
      }
      case 'merged':
      case 'applied':
      case 'noop': {
        if (writes.length > 0) this.#writeEdit(edit, push, writes);
        const merged = verdict.outcome === 'merged' ? verdict.merged : [];
        receipt = { ...blank, outcome: verdict.outcome, rev: verdict.outcome === 'noop' ? null : this.rev, merged };
      }
    }
    return receipt;
  }

  #writeEdit(edit: Edit, { actor, client, now }: Push, writes: readonly RowWrite[]): void {
    const stamp = { edit_id: edit.id, client_id: client, claimed_at: edit.at, label: edit.label, at: now };
    this.#write({ ...stamp, actor: actor.key, actor_name: actor.name }, writes);
  }

  #write(stamp: Stamp, writes: readonly RowWrite[]): void {
    this.rev += 1;
    // The first link follows the plan's id, and the plan's own row is the first.
    let last = this.hashes[this.rev - 1] ?? Buffer.from((writes[0]?.id ?? '').replaceAll('-', ''), 'hex');
    for (const [index, { table, id, before, after }] of writes.entries()) {
      // A tombstone keeps what the row last was.
      const row: Row = { ...(after ?? before), id, rev: this.rev };
      this.rows.set(`${table}/${id}`, { table, row, isRemoved: after === null });
      this.#count(before, -1);
      this.#count(after && row, 1);
      const op = after === null ? 'remove' : before ? 'update' : 'insert';
      const changed = changedFields(table, before, after);
      const event: ModelEvent = {
        rev: this.rev,
        n: index + 1,
        ...stamp,
        op,
        table_name: table,
        row_id: id,
        ...changed,
        form: 2,
        erasure: null,
      };
      this.events.push(event);
      last = eventHash(last, event, this.totals);
    }
    this.hashes[this.rev] = last;
  }

  #count(row: Row | null, sign: 1 | -1): void {
    if (!row) return;
    this.totals.row_count += sign;
    this.totals.row_sum += sign * mix(row.id, row.rev);
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
}

/** Who did something, when, and for which edit. */
type Stamp = Omit<ModelEvent, 'rev' | 'n' | 'op' | 'table_name' | 'row_id' | 'before' | 'after' | 'form' | 'erasure'>;

/** It bears the edit's own id: where a restored server meets the edit again, what settled its conflict still names it. */
function conflictOf(edit: Edit, { actor, now }: Push, { cause, items }: Pick<Conflict, 'cause' | 'items'>): Conflict {
  return {
    id: edit.id,
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

/** A link of the log's chain, as functions/log/event_hash.sql has it. */
function eventHash(previous: Buffer, event: ModelEvent, { row_count, row_sum }: ModelPlan['totals']): Buffer {
  const { rev, n, at, claimed_at, actor, client_id, edit_id, label, op, table_name, row_id } = event;
  const who = [rev, n, at, claimed_at, actor, client_id, edit_id, label];
  const [before, after] = [event.before, event.after].map((fields) => withoutName(table_name, fields));
  return createHash('sha256')
    .update(previous)
    .update(jsonbText([2, ...who, op, table_name, row_id, before, after, row_count, row_sum, null]))
    .digest();
}

/** Names stand beside the chain, so that they can be erased. */
function withoutName(table: TableName, fields: Fields | null): Fields | null {
  if (table !== 'conflicts' || fields === null) return fields;
  const { author_name: _, ...others } = fields;
  return others;
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
