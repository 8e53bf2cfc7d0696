/** Ops that a person might send who sees a view of the plan: mostly sensible, often in somebody's way, sometimes not. */
import type { Op } from '../../store/edit.ts';
import { type Role, type Row, scheduleId, type Value } from '../../store/rows.ts';
import { TABLE_NAMES, TABLES, type TableName } from '../../store/schema.ts';
import type { Chance } from '../simulation/chance.ts';
import { badValue, goodValue, NOON } from './edit-values.ts';
import { IDS, PLAN_ID } from './small-world.ts';

/** What one person's screen shows. */
export interface View {
  row(table: TableName, id: string): Row | undefined;
  rows(table: TableName): readonly Row[];
}

export class MadeUpOps {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  next(view: View, role: Role): Op {
    const chance = this.#chance;
    const kind = chance.weighted({ gesture: 12, set: 14, insert: 6, remove: 3, resolve: 2, send: 2, senseless: 0.5 });
    switch (kind) {
      case 'gesture':
        return this.#gesture(view);
      case 'set':
        return this.#set(view, this.#table(SET_TABLES, role));
      case 'insert':
        return this.#insert(view, this.#table(INSERT_TABLES, role));
      case 'remove':
        return this.#remove(view, this.#table(INSERT_TABLES, role));
      case 'resolve': {
        const conflict = chance.pick(view.rows('conflicts'))?.id ?? chance.uuid();
        return { op: 'resolve', id: conflict, choice: chance.pick(['mine', 'theirs', 'custom'] as const) ?? 'mine' };
      }
      case 'send': {
        const iteration_id = chance.pick(IDS.iterations) ?? '';
        return { op: 'send', iteration_id, to: [chance.is(0.9) ? 'a@b.example' : 'nobody'], note: 'Here it is' };
      }
      case 'senseless':
        return this.#senseless(view);
    }
  }

  #gesture(view: View): Op {
    const chance = this.#chance;
    const id = this.#rowId('chapter_schedules', view);
    const row = view.row('chapter_schedules', id);
    const planned_start = Number(row?.planned_start ?? NOON);
    const planned_end = Number(row?.planned_end ?? NOON + 60);
    const on = { table: 'chapter_schedules', id, base: { planned_start, planned_end } } as const;
    const minutes = chance.pick([-60, -30, 0, 30, 30, 30, 60, 60, 120]) ?? 0;
    switch (chance.weighted({ move: 3, slip: 4, end: 3, start: 2, far: 0.2 })) {
      case 'move':
        return { op: 'move', ...on, start: planned_start + minutes };
      case 'slip':
        return { op: 'slip', ...on, by: minutes };
      case 'end':
        return { op: 'resize', ...on, edge: 'end', to: planned_end + minutes };
      case 'start':
        return { op: 'resize', ...on, edge: 'start', to: planned_start + minutes };
      case 'far':
        return { op: 'slip', ...on, by: 40_000_000 };
    }
  }

  /** Planners mostly know what they may change. */
  #table<T extends TableName>(weights: { readonly [table in T]: number }, role: Role): T | 'chapter_schedules' {
    if (role !== 'lead' && this.#chance.is(0.95)) return 'chapter_schedules';
    return this.#chance.weighted(weights);
  }

  #set(view: View, table: TableName): Op {
    const chance = this.#chance;
    const id = this.#rowId(table, view);
    const row = view.row(table, id);
    const fields = Object.keys(TABLES[table]).filter((field) => !TABLES[table][field]?.fixed || chance.is(0.03));
    const count = Number(chance.weighted({ 1: 6, 2: 2, 3: 1 }));
    const changed = Array.from({ length: count }, () => chance.pick(fields) ?? 'code');
    const units = new Set(changed.map((field) => TABLES[table][field]?.unit ?? field));
    const isWhole = chance.is(0.8);
    const names = fields.filter((field) =>
      isWhole ? units.has(TABLES[table][field]?.unit ?? field) : changed.includes(field),
    );
    const base = Object.fromEntries(names.map((field): [string, Value] => [field, row?.[field] ?? null]));
    const set: Record<string, Value> = { ...base };
    for (const field of names) {
      const isChanged = changed.includes(field) || base[field] === null;
      if (isChanged) set[field] = chance.is(0.02) ? badValue(chance) : goodValue(chance, table, field, IDS);
    }
    return { op: 'set', table, id, base: chance.is(0.03) ? null : base, set };
  }

  #insert(view: View, table: TableName): Op {
    const chance = this.#chance;
    const row: Record<string, Value> = {};
    for (const [field, { required, default: start }] of Object.entries(TABLES[table])) {
      const isLeftOut = chance.is(required && start === undefined ? 0.01 : 0.6);
      if (!isLeftOut) row[field] = chance.is(0.01) ? badValue(chance) : goodValue(chance, table, field, IDS);
    }
    const derived = scheduleId(String(row.iteration_id ?? PLAN_ID), String(row.chapter_id ?? PLAN_ID));
    const isDerived = table === 'chapter_schedules' && chance.is(0.97);
    const id = isDerived && derived.length === 36 ? derived : (chance.pick(IDS[table]) ?? this.#rowId(table, view));
    return { op: 'insert', table, id, row };
  }

  #remove(view: View, table: TableName): Op {
    const chance = this.#chance;
    const id = this.#rowId(table, view);
    const row = view.row(table, id);
    const fields = Object.keys(TABLES[table]).filter(() => chance.is(0.5));
    return { op: 'remove', table, id, base: Object.fromEntries(fields.map((field) => [field, row?.[field] ?? null])) };
  }

  /** Things that no page of ours sends. */
  #senseless(view: View): Op {
    const chance = this.#chance;
    const table = chance.pick(TABLE_NAMES) ?? 'plans';
    const id = this.#rowId(table, view);
    const senseless: readonly unknown[] = [
      { op: 'explode', table, id },
      { op: 'set', table: 'secrets', id, base: {}, set: {} },
      { op: 'set', table, id, base: { code: 'A' }, set: { code: 'A', owner: 'me' } },
      { op: 'set', table, id, base: {}, set: { code: 'A' } },
      { op: 'set', table, id, base: {}, set: {} },
      { op: 'set', table, id: 'X', base: {}, set: {} },
      { op: 'insert', table, id, row: null },
      { op: 'insert', table, id, row: { plan_id: PLAN_ID } },
      { op: 'remove', table, id },
      { op: 'move', table, id, base: { planned_start: 1 }, start: NOON },
      { op: 'slip', table: 'chapter_schedules', id, base: { planned_start: NOON, planned_end: NOON }, by: 0.5 },
      {
        op: 'resize',
        table: 'chapter_schedules',
        id,
        base: { planned_start: NOON, planned_end: NOON },
        edge: 'top',
        to: 1,
      },
      { op: 'resolve', id, choice: 'both' },
      { op: 'send', iteration_id: id, to: [], note: null },
    ];
    return chance.pick(senseless) as Op;
  }

  /** Mostly a row that is on screen, sometimes one that is gone or never was. */
  #rowId(table: TableName, view: View): string {
    const chance = this.#chance;
    const shown = chance.is(0.93) ? chance.pick(view.rows(table))?.id : undefined;
    return shown ?? chance.pick(IDS[table]) ?? chance.uuid();
  }
}

const SET_TABLES = {
  chapter_schedules: 12,
  chapters: 5,
  iterations: 4,
  plan_members: 1,
  phases: 1,
  teams: 1,
  sites: 1,
  dependencies: 1,
  baselines: 0.3,
  no_start_windows: 1,
  plans: 0.8,
} as const;

const INSERT_TABLES = {
  chapter_schedules: 6,
  chapters: 4,
  dependencies: 6,
  iterations: 1,
  plan_members: 1,
  phases: 2,
  teams: 1,
  sites: 1,
  baselines: 1,
  no_start_windows: 1,
  plans: 0.1,
} as const;
