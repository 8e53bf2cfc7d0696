/**
 * Made-up histories of a small plan: three people edit it, each from what they last read, with few values to choose
 * from, so that they meet often and in every way. Pure: one seed, one history. Every step is data, so that a history
 * can be replayed with steps left out.
 */
import { type Actor, applyEdit } from '../../store/apply.ts';
import type { Op } from '../../store/edit.ts';
import { type Fields, type Role, type Row, scheduleId, type Value } from '../../store/rows.ts';
import { TABLE_NAMES, TABLES, type TableName } from '../../store/schema.ts';
import { Chance } from '../simulation/chance.ts';
import { badValue, goodValue, NOON } from './edit-values.ts';

export interface Person {
  readonly client: string;
  readonly key: string;
  readonly role: Role;
}

export interface Step {
  readonly person: Person;
  readonly edit: { readonly id: string; readonly label: string; readonly ops: readonly Op[] };
  /** How many steps had been taken when this person last read the plan. */
  readonly seen: number;
}

/** What a generator may look at: the plan as it stands after the steps so far. */
export interface Standing {
  rows(table: TableName): readonly Row[];
}

export const PEOPLE: readonly Person[] = [
  { client: '00000000-0000-4000-9000-000000000001', key: 'lea', role: 'lead' },
  { client: '00000000-0000-4000-9000-000000000002', key: 'pat', role: 'planner' },
  { client: '00000000-0000-4000-9000-000000000003', key: 'lou', role: 'lead' },
  { client: '00000000-0000-4000-9000-000000000004', key: 'viv', role: 'viewer' },
];

export const PLAN_ID = '00000000-0000-4000-8000-000000000001';

// In different digits, so that no two pairs have the same derived id.
const ITERATIONS = ['1', '2', '3'].map((n) => `00000000-000${n}-4000-8000-200000000000`);
const CHAPTERS = ids('6', 5);

/** Ids of rows that exist, existed or may be made: few, so that people mean the same ones. */
const IDS: { readonly [T in TableName]: readonly string[] } = {
  plans: [PLAN_ID],
  plan_members: ids('1', 4),
  iterations: ITERATIONS,
  phases: ids('3', 3),
  teams: ids('4', 2),
  sites: ids('5', 2),
  chapters: CHAPTERS,
  dependencies: ids('7', 6),
  chapter_schedules: ITERATIONS.flatMap((iteration) => CHAPTERS.map((chapter) => scheduleId(iteration, chapter))),
  baselines: ids('8', 2),
  conflicts: [],
};

function ids(kind: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `0000000${n + 1}-0000-4000-8000-${kind}00000000000`);
}

/** The first edit: a plan with something in every table. */
export function firstOps(): readonly Op[] {
  const rows: (readonly [TableName, string | undefined, Fields])[] = [
    ['plan_members', IDS.plan_members[0], { principal: 'user:lea', role: 'lead' }],
    ['plan_members', IDS.plan_members[1], { principal: 'user:pat', role: 'planner' }],
    ['phases', IDS.phases[0], { code: 'A', name: 'Prepare' }],
    ['phases', IDS.phases[1], { code: 'B', name: 'Move' }],
    ['teams', IDS.teams[0], { code: 'A', name: 'Storage' }],
    ['sites', IDS.sites[0], { code: 'A', name: 'Old', time_zone: 'Europe/Berlin' }],
    ...IDS.iterations.slice(0, 2).map((id, n) => {
      const fields = { code: `RUN${n}`, name: 'Run', kind: 'RUN', window_start: NOON, window_end: NOON + 600 };
      return ['iterations', id, fields] as const;
    }),
    ...IDS.chapters.slice(0, 4).map((id, n) => {
      return ['chapters', id, { code: `${n}`, title: 'Stop', phase_id: IDS.phases[0] ?? '' }] as const;
    }),
    ...[0, 1].map((n) => {
      const ends = { predecessor_id: IDS.chapters[n] ?? '', successor_id: IDS.chapters[n + 1] ?? '' };
      return ['dependencies', IDS.dependencies[n], ends] as const;
    }),
    ...IDS.iterations.slice(0, 2).flatMap((iteration_id) =>
      IDS.chapters.slice(0, 3).map((chapter_id) => {
        const fields = { iteration_id, chapter_id, planned_start: NOON, planned_end: NOON + 60 };
        return ['chapter_schedules', scheduleId(iteration_id, chapter_id), fields] as const;
      }),
    ),
  ];
  return rows.map(([table, id, row]) => ({ op: 'insert', table, id: id ?? '', row }));
}

/** Makes steps one by one; hand it the plan as it stands, since people read it now and then. */
export class EditHistory {
  readonly #chance: Chance;
  readonly #views = new Map<string, View>();

  constructor(seed: number) {
    this.#chance = new Chance(seed);
  }

  next(standing: Standing, steps: number): Step {
    const chance = this.#chance;
    const name = chance.weighted({ lea: 10, pat: 8, lou: 9, viv: 0.2 });
    const person = PEOPLE.find(({ key }) => key === name) ?? (PEOPLE[0] as Person);
    let view = this.#views.get(name);
    if (!view || chance.is(0.35)) {
      view = new View(standing, steps);
      this.#views.set(name, view);
    }
    const count = chance.weighted({ 1: 12, 2: 5, 3: 2, 4: 1 });
    const ops: Op[] = [];
    const id = chance.uuid();
    for (let n = 0; n < Number(count); n += 1) {
      const op = this.#op(view, person.role);
      ops.push(op);
      // People see their own ops at once, and build the next ones on them.
      if (chance.is(0.9)) view.predict(id, [op], { key: person.key, name: person.key, role: person.role });
    }
    return { person, edit: { id, label: 'Edit', ops }, seen: view.steps };
  }

  #op(view: View, role: Role): Op {
    const chance = this.#chance;
    const kind = chance.weighted({ gesture: 12, set: 14, insert: 6, remove: 3, resolve: 2, send: 0.5, senseless: 0.5 });
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
  plans: 0.1,
} as const;

/** What one person's screen shows: the plan as it was read, with the person's own edits over it. */
class View {
  readonly steps: number;
  readonly #tables: ReadonlyMap<TableName, Map<string, Row>>;

  constructor(standing: Standing, steps: number) {
    this.steps = steps;
    this.#tables = new Map(
      TABLE_NAMES.map((table) => [table, new Map(standing.rows(table).map((row) => [row.id, row]))]),
    );
  }

  row(table: TableName, id: string): Row | undefined {
    return this.#tables.get(table)?.get(id);
  }

  rows(table: TableName): readonly Row[] {
    return [...(this.#tables.get(table)?.values() ?? [])];
  }

  predict(id: string, ops: readonly Op[], actor: Actor): void {
    const state = {
      get: (table: TableName, row: string) => this.row(table, row),
      rows: (table: TableName) => this.rows(table),
      isRemoved: () => false,
    };
    for (const change of applyEdit(state, { id, ops }, actor).changes) {
      if (change.row) this.#tables.get(change.table)?.set(change.id, change.row);
      else this.#tables.get(change.table)?.delete(change.id);
    }
  }
}
