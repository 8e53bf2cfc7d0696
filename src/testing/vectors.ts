/**
 * The shared vectors of `src/store/vectors/`: what an edit must lead to, written by hand, run in TypeScript and in SQL.
 * Every vector starts from the plan of plan.json; `before` are edits that the author has not seen. `#name` stands for
 * an id, `#RUN1/1` for the schedule of chapter 1 in RUN1, `#conflict` for the last conflict, `T+30` for a minute.
 */
import assert from 'node:assert/strict';
import type { Op, Outcome, Receipt } from '../store/edit.ts';
import { type ConflictCause, type Fields, type Role, scheduleId, type Value } from '../store/rows.ts';
import gestures from '../store/vectors/gestures.json' with { type: 'json' };
import plan from '../store/vectors/plan.json' with { type: 'json' };
import rows from '../store/vectors/rows.json' with { type: 'json' };
import rules from '../store/vectors/rules.json' with { type: 'json' };
import values from '../store/vectors/values.json' with { type: 'json' };

export interface Vector {
  readonly title: string;
  readonly before?: readonly { readonly by: string; readonly ops: readonly Op[] }[];
  readonly actor: string;
  readonly ops: readonly Op[];
  readonly expect: {
    readonly outcome: Outcome;
    readonly cause?: ConflictCause;
    readonly code?: string;
    readonly field?: string;
    readonly merged?: readonly Omit<Receipt['merged'][number], 'rev'>[];
    /** Some fields of rows after the edit, by `#name`; null: the row is not live. */
    readonly rows: { readonly [name: string]: Fields | null };
  };
}

/** A plan that takes edits, on either side. */
export interface VectorPlan {
  apply(by: VectorPerson, ops: readonly Op[], since: number): Promise<Receipt>;
  /** A live row, whatever its table. */
  row(id: string): Promise<Fields | undefined>;
  cause(conflict: string): Promise<ConflictCause>;
}

export interface VectorPerson {
  readonly key: string;
  readonly role: Role;
  readonly client: string;
}

export const VECTORS: readonly Vector[] = [gestures, rows, values, rules].flat() as unknown as readonly Vector[];
export const VECTOR_PLAN_ID = '00000001-0000-4000-8000-000000000000';

const ROLES: { readonly [key: string]: Role } = {
  lea: 'lead',
  lou: 'lead',
  pat: 'planner',
  pax: 'planner',
  viv: 'viewer',
};

/** What the vector's edit led to, in the form of its `expect`, to be compared with it. */
export async function runVector(vector: Vector, on: VectorPlan): Promise<Vector['expect']> {
  const seed = await on.apply(person('lea'), resolved(plan.ops as unknown as readonly Op[], {}), 0);
  assert(seed.rev !== null, 'the plan of the vectors is one that every side accepts');
  const since = seed.rev;
  const names: Record<string, string> = {};
  for (const { by, ops } of vector.before ?? []) {
    const { conflict } = await on.apply(person(by), resolved(ops, names), since);
    if (conflict) names['#conflict'] = conflict;
  }
  const { outcome, conflict, refusal, merged } = await on.apply(
    person(vector.actor),
    resolved(vector.ops, names),
    since,
  );
  const after: Record<string, Fields | null> = {};
  for (const [name, fields] of Object.entries(vector.expect.rows)) {
    const row = await on.row(String(resolved(name, names)));
    const shown = Object.keys(fields ?? row ?? {}).map((field): [string, Value] => [field, row?.[field] ?? null]);
    after[name] = row ? Object.fromEntries(shown) : null;
  }
  return {
    outcome,
    ...(conflict ? { cause: await on.cause(conflict) } : {}),
    ...(refusal ? { code: refusal.code } : {}),
    ...(vector.expect.field ? { field: refusal?.field ?? '' } : {}),
    ...(outcome === 'merged' ? { merged: merged.map(({ rev: _, ...unit }) => unit) } : {}),
    rows: after,
  };
}

/** The vector's `expect`, with real ids and minutes. */
export function expected({ expect: { rows: after, ...rest } }: Vector): Vector['expect'] {
  const fields = Object.entries(after).map(([name, row]) => [name, resolved(row, {})]);
  return { ...resolved(rest, {}), rows: Object.fromEntries(fields) };
}

function person(key: string): VectorPerson {
  const client = `00000000-0000-4000-9000-${Object.keys(ROLES).indexOf(key).toString().padStart(12, '0')}`;
  return { key, role: ROLES[key] ?? 'viewer', client };
}

const IDS: { readonly [name: string]: string } = { ...plan.ids, '#plan': VECTOR_PLAN_ID };
const NOON = 30_000_000;

function resolved<T>(value: T, names: { readonly [name: string]: string }): T {
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'string' ? meaning(part, names) : part));
}

function meaning(text: string, names: { readonly [name: string]: string }): string | number {
  const minute = /^T([+-]\d+)?$/.exec(text);
  if (minute) return NOON + Number(minute[1] ?? 0);
  if (!text.startsWith('#')) return text;
  const [iteration = '', chapter] = text.split('/');
  if (chapter !== undefined) return scheduleId(IDS[iteration] ?? '', IDS[`#${chapter}`] ?? '');
  return names[text] ?? IDS[text] ?? text;
}
