/**
 * Made-up histories of a small plan: three people edit it, each from what they last read, with few values to choose
 * from, so that they meet often and in every way. Pure: one seed, one history. Every step is data, so that a history
 * can be replayed with steps left out.
 */
import { type Actor, applyEdit } from '../../store/apply.ts';
import type { Op } from '../../store/edit.ts';
import type { Role, Row } from '../../store/rows.ts';
import { TABLE_NAMES, type TableName } from '../../store/schema.ts';
import { Chance } from '../simulation/chance.ts';
import { MadeUpOps, type View } from './made-up-ops.ts';

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

/** Makes steps one by one; hand it the plan as it stands, since people read it now and then. */
export class EditHistory {
  readonly #chance: Chance;
  readonly #ops: MadeUpOps;
  readonly #views = new Map<string, Screen>();

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.#ops = new MadeUpOps(this.#chance);
  }

  next(standing: Standing, steps: number): Step {
    const chance = this.#chance;
    const name = chance.weighted({ lea: 10, pat: 8, lou: 9, viv: 0.2 });
    const person = PEOPLE.find(({ key }) => key === name) ?? (PEOPLE[0] as Person);
    let view = this.#views.get(name);
    if (!view || chance.is(0.35)) {
      view = new Screen(standing, steps);
      this.#views.set(name, view);
    }
    const count = chance.weighted({ 1: 12, 2: 5, 3: 2, 4: 1 });
    const ops: Op[] = [];
    const id = chance.uuid();
    for (let n = 0; n < Number(count); n += 1) {
      const op = this.#ops.next(view, person.role);
      ops.push(op);
      // People see their own ops at once, and build the next ones on them.
      if (chance.is(0.9)) view.predict(id, [op], { key: person.key, name: person.key, role: person.role });
    }
    return { person, edit: { id, label: 'Edit', ops }, seen: view.steps };
  }
}

/** What one person's screen shows: the plan as it was read, with the person's own edits over it. */
class Screen implements View {
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
