/** What undo and redo would do, and what they did, in words. Pure. */
import type { UndoRecord } from './database.ts';
import type { Inverse } from './effect.ts';
import { findRow } from './find-row.ts';
import { sentence } from './isolated.ts';
import { type Fields, scheduleId } from './rows.ts';
import type { TableName } from './schema.ts';
import type { Back } from './take-back.ts';
import type { PlanView } from './view.ts';
import { capitalised, describeRow, NOUNS } from './words.ts';

/** "Undo slip of 12 chapters". */
export function undoLabel({ pile, label }: UndoRecord): string {
  // "AB: done" starts with a code, "Slip of AB" with a word.
  const isWord = /^\p{Lu}\p{Ll}/u.test(label);
  return sentence`${pile === 'undo' ? 'Undo' : 'Redo'} ${isWord ? label.charAt(0).toLowerCase() + label.slice(1) : label}`;
}

/** Another tab was first. */
export function elsewhereWords({ pile, label }: UndoRecord): string {
  return sentence`${pile === 'undo' ? 'Undone' : 'Done again'} in another tab already: ${label}.`;
}

const KEPT_NAMED = 3;

/** "Undone: slip of 2 chapters. Schedule of chapter AB in RUN1: planner-b changed it after you: kept." */
export function undoneWords(view: PlanView, record: UndoRecord, back: Back): string {
  const done = record.pile === 'undo' ? 'Undone' : 'Done again';
  switch (back.by) {
    case 'later':
      return sentence`Not ${done.toLowerCase()} yet: ${record.label}. ${back.why}`;
    case 'nothing':
      return sentence`Not ${done.toLowerCase()}: ${record.label}. ${back.why ?? `Nothing of it is left to ${record.pile}.`}`;
    case 'taken out':
      return sentence`${done}: ${record.label}.${'withdrawn' in back.leaves ? '' : ' Its conflict is open again.'}`;
    case 'edit': {
      const did = back.ops.length > 0 ? done : `Not ${done.toLowerCase()}`;
      return [sentence`${did}: ${record.label}.`, ...keptWords(view, back.kept), ...questionWords(back)].join(' ');
    }
  }
}

function keptWords(view: PlanView, kept: Inverse['kept']): readonly string[] {
  const find = (table: TableName, id: string) => findRow(view, table, id);
  const sentences = kept.slice(0, KEPT_NAMED).map(({ table, id, why }) => {
    const row = find(table, id);
    const last = view.events.find(({ row_id, actor }) => row_id === id && actor !== view.user.key);
    const who = last?.actor_name ?? 'somebody';
    const reason = why ?? (row ? `${who} changed it after you: kept.` : `${who} removed it: it stays removed.`);
    const named = row ?? pairOf(view, table, id);
    if (named) return sentence`${capitalised(describeRow(find, table, named))}: ${reason}`;
    return why ?? sentence`A ${NOUNS[table]} that is gone: ${reason}`;
  });
  return kept.length > KEPT_NAMED ? [...sentences, `${kept.length - KEPT_NAMED} more are kept.`] : sentences;
}

/** The chapter and the iteration of a schedule that is gone: its id is derived from theirs, either way round. */
function pairOf({ rows }: PlanView, table: TableName, id: string): Fields | undefined {
  if (table !== 'chapter_schedules') return undefined;
  return [...rows.iterations.keys()]
    .map((iteration_id) => ({ iteration_id, chapter_id: scheduleId(iteration_id, id) }))
    .find(({ chapter_id }) => rows.chapters.has(chapter_id));
}

/** What became of a question that an edit had raised. */
function questionWords({ leaves }: Extract<Back, { by: 'edit' }>): readonly string[] {
  if ('withdrawn' in leaves) return ['Its conflict is withdrawn: what stands stays.'];
  return 'asked' in leaves ? ['It still meets what others changed, so it waits for a decision in Conflicts.'] : [];
}
