/** What a line says about the chapter itself: a new one, or the fields that differ. Both are a lead's to do. */
import { sentence } from '../isolated.ts';
import { type Changes, insertRow, setFields } from '../ops.ts';
import type { Chapter } from '../rows.ts';
import { checkFields, withDefaults } from '../values.ts';
import { fieldWords } from '../words.ts';
import { differing, tell } from './differences.ts';
import type { ImportedChapter } from './imported.ts';
import type { KnownChapters } from './known-chapters.ts';
import type { LineContext } from './merge-line.ts';

/** Chapters must stand in a phase; those of a file that names none stand together where they are found again. */
const PHASE_OF_STRAYS = 'Imported';

interface NewChapter {
  readonly code: string;
  readonly known: KnownChapters;
}

/** The id of the chapter that is made; null, with the reason told, where it cannot be. */
export function addChapter(
  imported: ImportedChapter,
  { code, known }: NewChapter,
  context: LineContext,
): string | null {
  const { named, ops, changes, problems, newId } = context;
  if (imported.code === undefined && imported.title === undefined) {
    problems.push('It has neither a code nor a title.');
    return null;
  }
  const { phase, ...wanted } = chapterFields(imported, context);
  const row: Changes<'chapters'> = {
    code,
    title: imported.title ?? code,
    phase_id: phase ?? named.find('phases', PHASE_OF_STRAYS) ?? '',
    position: known.nextPosition(),
    ...wanted,
  };
  const problem = checkFields('chapters', withDefaults('chapters', row as never));
  if (problem) {
    problems.push(problem.message);
    return null;
  }
  const id = newId();
  ops.push(insertRow('chapters', id, row));
  changes.push({ what: 'chapter', from: '', to: row.title ?? '' });
  return id;
}

/** What the line says about the chapter itself, with names turned into ids. */
function chapterFields(imported: ImportedChapter, { named, problems }: LineContext) {
  const { title, kind, success_criterion, rollback_action, labels } = imported;
  const found: { -readonly [K in keyof Changes<'chapters'>]: Changes<'chapters'>[K] } = {};
  if (title !== undefined) found.title = title;
  if (kind !== undefined) found.kind = kind;
  if (success_criterion !== undefined) found.success_criterion = success_criterion;
  if (rollback_action !== undefined) found.rollback_action = rollback_action;
  if (labels !== undefined) found.labels = labels;
  const phase = imported.phase === undefined ? null : named.find('phases', imported.phase);
  if (imported.phase !== undefined && phase === null)
    problems.push(sentence`There is no phase “${imported.phase}”: it is left out.`);
  for (const [field, table, text] of [
    ['team_id', 'teams', oneTeam(imported.team, { named, problems })],
    ['site_id', 'sites', imported.site],
  ] as const) {
    const id = text === undefined ? null : named.find(table, text);
    if (id !== null) found[field] = id;
    else if (text !== undefined) problems.push(sentence`There is no ${fieldWords(field)} “${text}”: it is left out.`);
  }
  return { ...found, phase };
}

/** Project and people list several; `[50%]` is how much of one. A chapter has one team: the first. */
function oneTeam(text: string | undefined, { named, problems }: Pick<LineContext, 'named' | 'problems'>) {
  if (text === undefined || named.knows('teams', text)) return text;
  const [first, ...others] = text
    .split(/[,;]/)
    .map((part) => part.replace(/\[.*\]\s*$/, '').trim())
    .filter((part) => part !== '');
  if (others.length > 0) problems.push(`A chapter has one team: left out: ${others.join(', ')}.`);
  return first;
}

export function changeChapter(imported: ImportedChapter, chapter: Chapter, context: LineContext): void {
  const { phase, ...wanted } = chapterFields(imported, context);
  const all = phase === null ? wanted : { ...wanted, phase_id: phase };
  const changed = differing(all, chapter, context);
  if (Object.keys(changed).length === 0) return;
  if (context.view.role !== 'lead') {
    const names = Object.keys(changed).map(fieldWords).join(', ');
    context.problems.push(`Only a lead changes a chapter: left out: ${names}.`);
    return;
  }
  context.ops.push(setFields('chapters', chapter, changed));
  tell(changed, chapter, context);
}
