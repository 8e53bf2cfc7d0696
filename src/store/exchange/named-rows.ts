/** Phases, teams and sites as an import names them: found by code or name, made where a lead may and none is there. */
import type { InsertOp, Op } from '../edit.ts';
import { insertRow } from '../ops.ts';
import { LIMITS } from '../schema.ts';
import type { PlanView } from '../view.ts';
import { withoutInvisible } from './invisible.ts';

type NamedTable = 'phases' | 'teams' | 'sites';

export interface NamedRows {
  /** The id of the row of this code or name; null where there is none and none may be made. */
  find(table: NamedTable, text: string): string | null;
  /** Whether there is one already. */
  knows(table: NamedTable, text: string): boolean;
  /** What was made on the way and is used by these ops, in order: a line that is rejected afterwards leaves nothing behind. */
  usedBy(ops: readonly Op[]): readonly InsertOp[];
}

export interface NamedOptions {
  readonly newId: () => string;
  readonly canMake: boolean;
}

export function namedRows(view: PlanView, { newId, canMake }: NamedOptions): NamedRows {
  const known = { phases: lookup(view, 'phases'), teams: lookup(view, 'teams'), sites: lookup(view, 'sites') };
  const ops: InsertOp[] = [];
  let position = Math.max(0, ...[...view.rows.phases.values()].map((phase) => phase.position));

  function make(table: 'phases' | 'teams', text: string): string {
    const name = [...text].slice(0, LIMITS.line_max).join('');
    const code = freeCode(name, known[table]);
    position += 1_000;
    const id = newId();
    ops.push(
      table === 'phases' ? insertRow('phases', id, { code, name, position }) : insertRow('teams', id, { code, name }),
    );
    known[table].set(nameKey(code), id);
    known[table].set(nameKey(name), id);
    return id;
  }

  return {
    find(table, text) {
      const id = known[table].get(nameKey(text));
      if (id !== undefined) return id;
      // A site needs a zone, which a name alone does not tell.
      return table === 'sites' || !canMake ? null : make(table, text);
    },
    knows: (table, text) => known[table].has(nameKey(text)),
    usedBy(users) {
      const used = new Set(
        users.flatMap((op) => Object.values(op.op === 'insert' ? op.row : op.op === 'set' ? op.set : {})),
      );
      return ops.filter(({ id }) => used.has(id));
    },
  };
}

function lookup(view: PlanView, table: NamedTable): Map<string, string> {
  const found = new Map<string, string>();
  // Codes come last, so that they win over another row's name.
  for (const { id, name } of view.rows[table].values()) found.set(nameKey(name), id);
  for (const { id, code } of view.rows[table].values()) found.set(nameKey(code), id);
  return found;
}

export const keyOf = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

const nameKey = (text: string) => keyOf(withoutInvisible(text));

function freeCode(name: string, known: ReadonlyMap<string, string>): string {
  const start = [...name].slice(0, LIMITS.code_max).join('').trim();
  let code = start;
  for (let n = 2; known.has(nameKey(code)); n += 1) {
    code = `${[...start].slice(0, LIMITS.code_max - 6).join('')}-${n}`;
  }
  return code;
}
