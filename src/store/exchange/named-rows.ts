/** Phases, teams and sites as an import names them: found by code or name, made where a lead may and none is there. */
import type { InsertOp, Op } from '../edit.ts';
import { insertRow } from '../ops.ts';
import { LIMITS } from '../schema.ts';
import type { PlanView } from '../view.ts';
import { type KnownWords, knownWords } from './known-words.ts';

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
  const known = { phases: wordsOf(view, 'phases'), teams: wordsOf(view, 'teams'), sites: wordsOf(view, 'sites') };
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
    known[table].codes.put(code, id);
    known[table].names.put(name, id);
    return id;
  }

  return {
    find(table, text) {
      const id = found(known[table], text);
      if (id !== undefined) return id;
      // A site needs a zone, which a name alone does not tell.
      return table === 'sites' || !canMake ? null : make(table, text);
    },
    knows: (table, text) => found(known[table], text) !== undefined,
    usedBy(users) {
      const used = new Set(
        users.flatMap((op) => Object.values(op.op === 'insert' ? op.row : op.op === 'set' ? op.set : {})),
      );
      return ops.filter(({ id }) => used.has(id));
    },
  };
}

interface TableWords {
  readonly codes: KnownWords;
  readonly names: KnownWords;
}

function wordsOf(view: PlanView, table: NamedTable): TableWords {
  const words = { codes: knownWords(), names: knownWords() };
  for (const { id, code, name } of view.rows[table].values()) {
    words.codes.put(code, id);
    words.names.put(name, id);
  }
  return words;
}

/** A code wins over another row's name, and what is written so over what is only like it. */
function found({ codes, names }: TableWords, text: string): string | undefined {
  return codes.written(text) ?? names.written(text) ?? codes.alike(text) ?? names.alike(text);
}

function freeCode(name: string, { codes, names }: TableWords): string {
  const start = [...name].slice(0, LIMITS.code_max).join('').trim();
  let code = start;
  for (let n = 2; codes.hasLike(code) || names.hasLike(code); n += 1) {
    code = `${[...start].slice(0, LIMITS.code_max - 6).join('')}-${n}`;
  }
  return code;
}
