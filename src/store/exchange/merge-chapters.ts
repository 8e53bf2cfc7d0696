/**
 * What an imported file means for the plan: each line is laid over the chapter of its code, and only what differs becomes an
 * op. Nothing is removed but links that a line no longer lists. Pure; the preview and the edit are made of the same result.
 */
import { whyNotPlan, whyNotReport } from '../abilities.ts';
import type { Op } from '../edit.ts';
import { type Changes, insertRow, setFields } from '../ops.ts';
import { zoneOf } from '../plan-zone.ts';
import type { Chapter, ChapterSchedule, Iteration } from '../rows.ts';
import { scheduleId } from '../rows.ts';
import { TRANSITIONS } from '../schema.ts';
import { durationText } from '../times-text.ts';
import { checkFields, withDefaults } from '../values.ts';
import type { PlanView } from '../view.ts';
import { fieldWords } from '../words.ts';
import type { ImportChange, ImportLine, ImportPlan, ImportVerdict } from './import-plan.ts';
import { obstacleOf } from './import-plan.ts';
import type { ImportedChapter, ImportedFile } from './imported.ts';
import { fileTime } from './local-time.ts';
import { mergeBaselines } from './merge-baselines.ts';
import { mergeLinks } from './merge-links.ts';
import { keyOf, type NamedRows, namedRows } from './named-rows.ts';

export interface MergeTarget {
  readonly view: PlanView;
  /** Whose times the file's are; null where the plan has no iteration: then chapters only. */
  readonly iteration: Iteration | null;
  readonly newId: () => string;
  /** Minutes. */
  readonly now: number;
}

/** A line on its way: what is known of it so far. */
export interface MergedLine {
  readonly imported: ImportedChapter;
  readonly code: string;
  readonly title: string;
  /** Null: rejected. */
  readonly chapterId: string | null;
  readonly isNew: boolean;
  readonly changes: ImportChange[];
  readonly problems: string[];
}

export function mergeFile(file: ImportedFile, target: MergeTarget): ImportPlan {
  const { view, newId } = target;
  const isLead = view.role === 'lead';
  const named = namedRows(view, { newId, canMake: isLead });
  const known = knownChapters(view);
  const ops: Op[] = [];
  const firstLines = new Map<string, number>();
  const lines = file.chapters.map((imported): MergedLine => {
    const chapter = known.find(imported);
    const code = imported.code ?? chapter?.code ?? known.freeCode(imported.phase ?? '');
    const problems = [...imported.problems];
    const changes: ImportChange[] = [];
    const line = { imported, code, title: imported.title ?? chapter?.title ?? '', changes, problems };
    const rejected = (reason: string): MergedLine => {
      problems.push(reason);
      return { ...line, chapterId: null, isNew: false };
    };
    const twin = firstLines.get(keyOf(code));
    if (twin !== undefined) return rejected(`Line ${twin} has the code ${code} too: this one is left out.`);
    firstLines.set(keyOf(code), imported.line);
    if (chapter === undefined && !isLead)
      return rejected(`${code} is not in this plan, and only a lead adds chapters.`);
    const context = { ...target, named, ops, changes, problems };
    const chapterId = chapter === undefined ? addChapter(imported, { code, known }, context) : chapter.id;
    if (chapterId === null) return { ...line, chapterId: null, isNew: false };
    if (chapter !== undefined) changeChapter(imported, chapter, context);
    mergeSchedule(imported, { id: chapterId, kind: imported.kind ?? chapter?.kind ?? 'work' }, context);
    return { ...line, chapterId, isNew: chapter === undefined };
  });
  const linkOps = mergeLinks(lines, view, newId);
  const baselines = mergeBaselines(file.baselines, lines, target);
  const made = named.usedBy(ops);
  const all = [...made, ...ops, ...linkOps, ...baselines.ops];
  const remarks = [
    ...file.remarks,
    ...made.map(({ table, row }) => `${table === 'phases' ? 'Phase' : 'Team'} “${row.name}” is added.`),
    ...baselines.remarks,
  ];
  return { noun: 'chapter', lines: lines.map(finished), ops: all, remarks, obstacle: obstacleOf(all) };
}

function finished({ imported, code, title, chapterId, isNew, changes, problems }: MergedLine): ImportLine {
  const verdict: ImportVerdict =
    chapterId === null
      ? 'rejected'
      : isNew
        ? 'added'
        : changes.length > 0
          ? 'changed'
          : problems.length > 0
            ? 'rejected'
            : 'unchanged';
  return { line: imported.line, code, title, verdict, changes, problems };
}

/** The plan's chapters by what a line may name them by. */
function knownChapters(view: PlanView) {
  const byCode = new Map<string, Chapter>();
  const byTitle = new Map<string, Chapter | null>();
  let position = 0;
  for (const chapter of view.rows.chapters.values()) {
    byCode.set(keyOf(chapter.code), chapter);
    // A title that two chapters share names neither.
    byTitle.set(keyOf(chapter.title), byTitle.has(keyOf(chapter.title)) ? null : chapter);
    position = Math.max(position, chapter.position);
  }
  const taken = new Set(byCode.keys());
  return {
    find({ code, title }: ImportedChapter): Chapter | undefined {
      if (code !== undefined) return byCode.get(keyOf(code));
      return byTitle.get(keyOf(title ?? '')) ?? undefined;
    },
    /** For a line without one: the phase's word and a number. */
    freeCode(phase: string): string {
      const start = [...(phase.trim().split(/\s/)[0] ?? '')].slice(0, 12).join('') || 'N';
      for (let n = 1; ; n += 1) {
        const code = `${start}-${n}`;
        if (taken.has(keyOf(code))) continue;
        taken.add(keyOf(code));
        return code;
      }
    },
    nextPosition(): number {
      position += 1_000;
      return position;
    },
  };
}

interface LineContext extends MergeTarget {
  readonly named: NamedRows;
  readonly ops: Op[];
  readonly changes: ImportChange[];
  readonly problems: string[];
}

/** Chapters must stand in a phase; those of a file that names none stand together where they are found again. */
const PHASE_OF_STRAYS = 'Imported';

interface NewChapter {
  readonly code: string;
  readonly known: ReturnType<typeof knownChapters>;
}

function addChapter(imported: ImportedChapter, { code, known }: NewChapter, context: LineContext): string | null {
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
  const { title, kind, success_criterion, rollback_action } = imported;
  const found: { -readonly [K in keyof Changes<'chapters'>]: Changes<'chapters'>[K] } = {};
  if (title !== undefined) found.title = title;
  if (kind !== undefined) found.kind = kind;
  if (success_criterion !== undefined) found.success_criterion = success_criterion;
  if (rollback_action !== undefined) found.rollback_action = rollback_action;
  const phase = imported.phase === undefined ? null : named.find('phases', imported.phase);
  if (imported.phase !== undefined && phase === null)
    problems.push(`There is no phase “${imported.phase}”: it is left out.`);
  for (const [field, table, text] of [
    ['team_id', 'teams', imported.team],
    ['site_id', 'sites', imported.site],
  ] as const) {
    const id = text === undefined ? null : named.find(table, text);
    if (id !== null) found[field] = id;
    else if (text !== undefined) problems.push(`There is no ${fieldWords(field)} “${text}”: it is left out.`);
  }
  return { ...found, phase };
}

function changeChapter(imported: ImportedChapter, chapter: Chapter, context: LineContext): void {
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
  for (const [field, value] of Object.entries(changed)) {
    context.changes.push({
      what: fieldWords(field),
      from: shown(context, field, chapter[field as keyof Chapter]),
      to: shown(context, field, value),
    });
  }
}

/** The fields whose values differ and are good; blanks at the ends and kinds of line break are no difference. */
function differing<T extends Changes<'chapters'> | Changes<'chapter_schedules'>>(
  wanted: T,
  row: Chapter | ChapterSchedule,
  { problems }: LineContext,
): T {
  const table = 'chapter_id' in row ? 'chapter_schedules' : 'chapters';
  const same = (a: unknown, b: unknown) =>
    a === b || (typeof a === 'string' && typeof b === 'string' && plain(a) === plain(b));
  const changed = Object.entries(wanted).filter(([field, value]) => {
    if (same(value, row[field as keyof typeof row])) return false;
    const problem = checkFields(table, { [field]: value as string });
    if (problem) problems.push(problem.message);
    return problem === null;
  });
  return Object.fromEntries(changed) as T;
}

const plain = (text: string) => text.replaceAll(/\r\n?/g, '\n').trim();

interface ChapterOfLine {
  readonly id: string;
  readonly kind: Chapter['kind'];
}

function mergeSchedule(imported: ImportedChapter, chapter: ChapterOfLine, context: LineContext): void {
  const { view, iteration, ops, changes, problems } = context;
  const progress = progressFields(imported);
  const hasTimes = imported.start !== undefined || imported.end !== undefined || imported.duration !== undefined;
  if (!hasTimes && Object.keys(progress).length === 0 && imported.fixed_start === undefined) return;
  if (iteration === null) {
    problems.push('This plan has no iteration yet: its times are left out.');
    return;
  }
  const id = scheduleId(iteration.id, chapter.id);
  const schedule = view.rows.chapter_schedules.get(id);
  const times = hasTimes ? timesOf(imported, chapter.kind, schedule) : {};
  if (typeof times === 'string') {
    problems.push(times);
    return;
  }
  const planned = imported.fixed_start === undefined ? times : { ...times, fixed_start: imported.fixed_start };
  if (schedule === undefined) {
    addSchedule({ id, chapter_id: chapter.id, iteration_id: iteration.id }, { ...planned, ...progress }, context);
    return;
  }
  const changed = {
    ...allowed(differing(planned, schedule, context), whyNotPlan(view, iteration), problems),
    ...allowed(differing(progress, schedule, context), whyNotReport(view, iteration), problems),
  };
  if (Object.keys(changed).length === 0) return;
  const wrong = scheduleProblem({ ...schedule, ...changed }, schedule);
  if (wrong !== null) {
    problems.push(wrong);
    return;
  }
  ops.push(setFields('chapter_schedules', schedule, changed));
  for (const [field, value] of Object.entries(changed)) {
    const from = shown(context, field, schedule[field as keyof ChapterSchedule]);
    changes.push({ what: fieldWords(field), from, to: shown(context, field, value) });
  }
}

function addSchedule(
  { id, ...keys }: { readonly id: string; readonly chapter_id: string; readonly iteration_id: string },
  fields: Changes<'chapter_schedules'>,
  context: LineContext,
): void {
  const { view, iteration, ops, changes, problems } = context;
  if (fields.planned_start === undefined || iteration === null) {
    problems.push('It has no times in this iteration, so there is nothing to report on.');
    return;
  }
  const reason = whyNotPlan(view, iteration);
  const row = { ...keys, ...fields };
  const wrong =
    reason ??
    checkFields('chapter_schedules', withDefaults('chapter_schedules', row as never))?.message ??
    scheduleProblem(row as unknown as ChapterSchedule, null);
  if (wrong !== null) {
    problems.push(wrong);
    return;
  }
  ops.push(insertRow('chapter_schedules', id, row));
  const times = [fields.planned_start, fields.planned_end ?? 0].map((instant) => fileTime(zoneOf(view), instant));
  changes.push({ what: 'planned times', from: '', to: times.join(' to ') });
}

/** What an iteration does not allow is left out with the reason, said once. */
function allowed<T extends object>(changes: T, reason: string | null, problems: string[]): Partial<T> {
  if (reason === null || Object.keys(changes).length === 0) return changes;
  if (!problems.includes(reason)) problems.push(reason);
  return {};
}

function progressFields({ status, actual_start, actual_end, decision, note }: ImportedChapter) {
  return Object.fromEntries(
    Object.entries({ status, actual_start, actual_end, decision, note }).filter(([, value]) => value !== undefined),
  ) as Changes<'chapter_schedules'>;
}

type Planned = Pick<ChapterSchedule, 'planned_start' | 'planned_end'>;

/** Two of three; with one, what is planned already says the rest. Where all three are given, the two times count. */
function timesOf(
  imported: ImportedChapter,
  kind: Chapter['kind'],
  schedule: ChapterSchedule | undefined,
): Planned | string {
  const { start, end, duration } = imported;
  const stood = schedule && schedule.planned_end - schedule.planned_start;
  // A moment has no duration that anybody would write down.
  const usual = duration ?? stood ?? (kind === 'milestone' || kind === 'gate' ? 0 : undefined);
  if (start !== undefined && end !== undefined) {
    return end < start
      ? 'It would end before it starts: its times are left out.'
      : { planned_start: start, planned_end: end };
  }
  if (start !== undefined) {
    return usual === undefined
      ? 'It has a start, but neither an end nor a duration: its times are left out.'
      : { planned_start: start, planned_end: start + usual };
  }
  if (end !== undefined) {
    if (duration !== undefined) return { planned_start: end - duration, planned_end: end };
    if (schedule === undefined) return 'It has an end, but neither a start nor a duration: its times are left out.';
    return end < schedule.planned_start
      ? 'It would end before it starts: its times are left out.'
      : { planned_start: schedule.planned_start, planned_end: end };
  }
  if (schedule === undefined) return 'It has a duration, but neither a start nor an end: its times are left out.';
  return { planned_start: schedule.planned_start, planned_end: schedule.planned_start + (duration ?? 0) };
}

function scheduleProblem(row: ChapterSchedule, before: ChapterSchedule | null): string | null {
  const { planned_start, planned_end, actual_start, actual_end } = row;
  if (planned_end < planned_start) return 'It would end before it starts: its times are left out.';
  if (typeof actual_start === 'number' && typeof actual_end === 'number' && actual_end < actual_start) {
    return 'It would have ended before it started: its times are left out.';
  }
  if (before === null || row.status === before.status || TRANSITIONS[before.status]?.includes(row.status)) return null;
  return `What is ${before.status} cannot become ${row.status}: left out.`;
}

function shown({ view }: LineContext, field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (field === 'phase_id') return view.rows.phases.get(String(value))?.code ?? 'a new phase';
  if (field === 'team_id') return view.rows.teams.get(String(value))?.code ?? 'a new team';
  if (field === 'site_id') return view.rows.sites.get(String(value))?.code ?? '';
  if (typeof value === 'number')
    return /_(?:start|end)$/.test(field) ? fileTime(zoneOf(view), value) : durationText(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replaceAll('_', ' ');
}
