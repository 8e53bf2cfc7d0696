/** Undo as arithmetic, over the made-up histories that also compare the two implementations of the merge. */
import { expect, test } from 'vitest';
import { EditHistory, PEOPLE, type Person } from '../testing/differential/edit-history.ts';
import { firstOps, PLAN_ID } from '../testing/differential/small-world.ts';
import { applyEdit, type PlanState } from './apply.ts';
import type { Op } from './edit.ts';
import { type Effect, effectOf, inverseOf, settledEffect } from './effect.ts';
import type { Row } from './rows.ts';
import { TABLE_NAMES, TABLES, type TableName } from './schema.ts';
import type { PlanView, RowMaps } from './view.ts';

/** A plan in memory that takes edits, as one person's screen and as the server. */
class World {
  readonly #tables: ReadonlyMap<TableName, Map<string, Row>>;
  rev = 1;

  constructor() {
    this.#tables = new Map(TABLE_NAMES.map((table) => [table, new Map<string, Row>()]));
    const fields = { code: 'P', name: 'Plan', time_zone: 'UTC', state: 'draft' };
    this.#tables.get('plans')?.set(PLAN_ID, { id: PLAN_ID, rev: 1, ...fields });
    this.apply(firstOps(), PEOPLE[0] as Person);
  }

  rows(table: TableName): readonly Row[] {
    return [...(this.#tables.get(table)?.values() ?? [])];
  }

  apply(ops: readonly Op[], { key, role }: Person): boolean {
    const state: PlanState = {
      get: (table, id) => this.#tables.get(table)?.get(id),
      rows: (table) => this.rows(table),
      isRemoved: () => false,
    };
    const { verdict, changes } = applyEdit(state, { id: 'e', ops }, { key, name: key, role });
    this.rev += 1;
    for (const { table, id, row } of changes) {
      if (row) this.#tables.get(table)?.set(id, { ...row, rev: this.rev });
      else this.#tables.get(table)?.delete(id);
    }
    return verdict.outcome === 'applied' || verdict.outcome === 'merged';
  }

  view({ key, role }: Person): PlanView {
    const rows = Object.fromEntries(this.#tables) as unknown as RowMaps;
    const nothing = {
      base: rows,
      pendingRows: new Set<string>(),
      queue: [],
      refused: [],
      merged: [],
      damaged: 0,
      restored: null,
      undoOf: null,
      events: [],
    };
    return { planId: PLAN_ID, user: { key, name: key }, role, rev: 1, rows, undo: null, redo: null, ...nothing };
  }

  /** Every field of every row that an edit may change. */
  picture(): { readonly [row: string]: unknown } {
    const rows = TABLE_NAMES.flatMap((table) =>
      this.rows(table).map((row) => {
        const fields = Object.keys(TABLES[table]).map((field) => [field, row[field] ?? null]);
        return [`${table}/${row.id}`, Object.fromEntries(fields)];
      }),
    );
    return Object.fromEntries(rows);
  }
}

const LEAD = PEOPLE[0] as Person;

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed + 1);

test('undo takes back what an edit did, and redo does it again, for every kind of edit', () => {
  let compared = 0;
  const kinds = new Set<string>();
  for (const seed of seeds(60)) {
    const world = new World();
    const history = new EditHistory(seed);
    for (let n = 0; n < 40; n += 1) {
      const { person, edit } = history.next(world, n);
      const before = world.picture();
      const effect = effectOf(world.view(person), edit.ops);
      if (!world.apply(edit.ops, person) || edit.ops.some(({ op }) => op === 'resolve')) continue;
      const after = world.picture();
      if (!mayGoBack(before, after)) continue;
      const undo = inverseOf(world.view(person), effect);
      const undone = effectOf(world.view(person), undo.ops);
      if (undo.ops.length > 0) world.apply(undo.ops, person);
      expect(world.picture(), `seed ${seed}, step ${n}: ${JSON.stringify(edit.ops)}`).toEqual(before);
      const redo = inverseOf(world.view(person), undone);
      if (redo.ops.length > 0) world.apply(redo.ops, person);
      expect(world.picture(), `seed ${seed}, step ${n}: ${JSON.stringify(edit.ops)}`).toEqual(after);
      expect([...undo.kept, ...redo.kept]).toEqual([]);
      compared += 1;
      for (const { op } of edit.ops) kinds.add(op);
    }
  }
  expect(compared).toBeGreaterThan(500);
  expect([...kinds].sort()).toEqual(['insert', 'move', 'remove', 'resize', 'send', 'set', 'slip']);
}, 60_000);

/** A closed plan or iteration, or a membership given up, stands in the way of its own undo. */
function mayGoBack(before: object, after: object): boolean {
  const gates = (picture: object) =>
    JSON.stringify(Object.entries(picture).filter(([row]) => /^(plans|plan_members|iterations)\//.test(row)));
  return gates(before) === gates(after);
}

test('undo and redo of many acts lead back to the same, and never touch a unit that somebody else changed', () => {
  let met = 0;
  for (const seed of seeds(60)) {
    const world = new World();
    const history = new EditHistory(seed);
    const piles: { undo: Effect[]; redo: Effect[] } = { undo: [], redo: [] };
    const others = new Map<string, unknown>();
    // What was changed and changed back counts as unchanged.
    const mine = new Set<string>();
    for (let n = 0; n < 30; n += 1) {
      const { person, edit } = history.next(world, n);
      if (person.key === LEAD.key) {
        const effect = effectOf(world.view(person), edit.ops);
        if (world.apply(edit.ops, person)) {
          piles.undo.push(effect);
          for (const { table, id, before, after } of effect) {
            for (const field of Object.keys({ ...before, ...after })) {
              others.delete(`${table}/${id} ${field}`);
              mine.add(`${table}/${id} ${field} ${JSON.stringify(after?.[field])}`);
            }
          }
        }
      } else {
        const before = world.picture();
        if (world.apply(edit.ops, person))
          for (const [unit, value] of differences(before, world.picture())) others.set(unit, value);
      }
    }
    const takeBack = (from: 'undo' | 'redo') => {
      const effect = piles[from].pop() ?? [];
      const { ops } = inverseOf(world.view(LEAD), effect);
      const back = effectOf(world.view(LEAD), ops);
      if (ops.length > 0) expect(world.apply(ops, LEAD)).toBe(true);
      piles[from === 'undo' ? 'redo' : 'undo'].push(back);
    };
    const top = world.picture();
    const count = piles.undo.length;
    for (let n = 0; n < count; n += 1) takeBack('undo');
    const stands = differences({}, world.picture());
    for (const [unit, value] of others) {
      if (value === GONE || mine.has(`${unit} ${JSON.stringify(value)}`)) continue;
      expect(stands.get(unit) ?? GONE, `seed ${seed}: ${unit}`).toEqual(value);
      met += 1;
    }
    for (let n = 0; n < count; n += 1) takeBack('redo');
    expect(world.picture(), `seed ${seed}`).toEqual(top);
  }
  expect(met).toBeGreaterThan(200);
}, 60_000);

const GONE = 'gone';

/** Field by field, what is different after. */
function differences(before: { readonly [row: string]: unknown }, after: { readonly [row: string]: unknown }) {
  const changed = new Map<string, unknown>();
  for (const row of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[row], after[row]].map(
      (fields) => (fields ?? {}) as { readonly [field: string]: unknown },
    );
    for (const field of Object.keys({ ...was, ...is })) {
      if (JSON.stringify(was?.[field]) !== JSON.stringify(is?.[field]))
        changed.set(`${row} ${field}`, is?.[field] ?? GONE);
    }
  }
  return changed;
}

const T = 30_000_000;
const planned = (start: number, end: number) => ({
  planned_start: T + start,
  planned_end: T + end,
  fixed_start: false,
});
const at = { table: 'chapter_schedules', id: 's', base: { planned_start: T, planned_end: T + 60 } } as const;

test.each<[string, Op, ReturnType<typeof planned>, ReturnType<typeof planned>, ReturnType<typeof planned>]>([
  ['a slip on top of their move', { op: 'slip', ...at, by: 30 }, planned(30, 90), planned(130, 190), planned(100, 160)],
  [
    'a move of what they made longer',
    { op: 'move', ...at, start: T + 30 },
    planned(30, 90),
    planned(30, 120),
    planned(0, 90),
  ],
  [
    'a new end of what they moved',
    { op: 'resize', ...at, edge: 'end', to: T + 90 },
    planned(0, 90),
    planned(100, 190),
    planned(100, 160),
  ],
  [
    'a new start of what they moved',
    { op: 'resize', ...at, edge: 'start', to: T + 30 },
    planned(30, 60),
    planned(130, 160),
    planned(100, 160),
  ],
])('the undo of %s leaves what they did', (_, op, meant, final, back) => {
  const effect = [{ table: 'chapter_schedules', id: 's', before: planned(0, 60), after: meant }] as const;
  expect(settledEffect(effect, { ops: [op], merged: [] }, () => final)).toEqual([
    { table: 'chapter_schedules', id: 's', before: back, after: final },
  ]);
});

test('of two reports of progress that were combined nothing goes back', () => {
  const effect = [
    { table: 'chapter_schedules', id: 's', before: { status: 'pending' }, after: { status: 'done' } },
  ] as const;
  const merged = [{ table: 'chapter_schedules', id: 's', unit: 'progress', by: 'planner-b', rev: 3 }] as const;
  expect(settledEffect(effect, { ops: [], merged }, () => ({ status: 'done' }))).toEqual([]);
});
