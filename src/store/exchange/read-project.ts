/**
 * A project in Microsoft's XML as chapters: summary tasks are phases, the tasks below them chapters. Its times have no zone,
 * so they are taken as the plan's. Quirks of real files: a summary of the whole project (outline level 0), empty rows, links
 * to summaries, lags in percent, links from start to finish; each that cannot be kept is told.
 */
import { readLabels } from '../labels.ts';
import type { Chapter, ChapterSchedule } from '../rows.ts';
import { andMore } from '../words.ts';
import { readCellTime } from './cell-time.ts';
import { KIND_WORDS, STATUS_CELLS } from './cell-words.ts';
import {
  ImportError,
  type ImportedBaseline,
  type ImportedChapter,
  type ImportedFile,
  type ImportedLink,
} from './imported.ts';
import { xmlTime } from './local-time.ts';
import { ATTRIBUTES, LINK_TYPES } from './mspdi-words.ts';
import { child, childrenOf, childText, type XmlElement } from './read-xml.ts';

export interface ProjectContext {
  readonly zone: string;
}

interface Task {
  readonly element: XmlElement;
  readonly uid: string;
  readonly name: string;
  readonly level: number;
  readonly isSummary: boolean;
  /** A summary below the phases. */
  readonly isInside: boolean;
  readonly code: string;
  /** The name of the summary that is its phase; empty: it stands alone. */
  readonly phase: string;
}

export function readProject(root: XmlElement, { zone }: ProjectContext): ImportedFile {
  if (root.name !== 'Project') throw new ImportError('This XML is no Microsoft Project file.', root.line);
  const tasks = tasksOf(root);
  if (tasks.length === 0) throw new ImportError('This project has no tasks.', child(root, 'Tasks')?.line ?? root.line);
  const teams = resourcesOf(root);
  const byUid = new Map(tasks.map((task) => [task.uid, task]));
  const baselines = new Map<string, Map<string, readonly [number, number]>>();
  const chapters = tasks
    .filter(({ isSummary }) => !isSummary)
    .map((task) => {
      const problems: string[] = [];
      for (const { number, times } of baselinesOf(task, zone, problems)) {
        const known = baselines.get(number) ?? new Map();
        baselines.set(number, known.set(task.code, times));
      }
      return chapterOf(task, { byUid, teams, zone, problems });
    });
  return {
    chapters,
    baselines: [...baselines].map(([number, times]): ImportedBaseline => {
      return { name: number === '0' ? 'Baseline' : `Baseline ${number}`, times };
    }),
    isClosed: true,
    remarks: remarksOf(tasks),
  };
}

function tasksOf(root: XmlElement): readonly Task[] {
  const elements = childrenOf(child(root, 'Tasks'), 'Task').filter((element) => {
    const isEmpty = childText(element, 'IsNull') === '1' || childText(element, 'Name') === '';
    return !isEmpty && childText(element, 'OutlineLevel') !== '0';
  });
  const levels = elements.map((element) => levelIn(childText(element, 'OutlineLevel')));
  // Many files say nothing about summaries: what has deeper rows below it is one.
  const isSummary = elements.map(
    (element, i) => (levels[i + 1] ?? 0) > (levels[i] ?? 0) || childText(element, 'Summary') === '1',
  );
  const roof = roofLevel(levels, isSummary);
  const above: string[] = [];
  return elements.map((element, i) => {
    const level = levels[i] ?? 1;
    const name = childText(element, 'Name');
    above.length = level - 1;
    const phase = above[roof - 1] ?? above.findLast((one) => one !== undefined) ?? '';
    const uid = childText(element, 'UID');
    above[level - 1] = isSummary[i] ? attributeOf(element, 'code') || name : (above[level - 1] ?? '');
    return {
      element,
      uid,
      name,
      level,
      isSummary: isSummary[i] ?? false,
      isInside: (isSummary[i] ?? false) && level > roof,
      code: attributeOf(element, 'code') || `T${uid}`,
      phase,
    };
  });
}

/** A row whose level cannot be read, or is deeper than any program makes them, stands at the top. */
function levelIn(text: string): number {
  const level = Number(text || 1);
  return Number.isInteger(level) && level >= 1 && level <= LEVEL_MAX ? level : 1;
}

const LEVEL_MAX = 1_000;

/** The level of phases: the first one with more than one row, since one row over all is the programme itself. */
function roofLevel(levels: readonly number[], isSummary: readonly boolean[]): number {
  for (let level = 1; level < 20; level += 1) {
    const rows = levels.flatMap((one, i) => (one === level ? [i] : []));
    const [only] = rows;
    const hasSummariesBelow = levels.some((one, i) => one === level + 1 && isSummary[i]);
    if (rows.length !== 1 || only === undefined || !isSummary[only] || !hasSummariesBelow) return level;
  }
  return 1;
}

function remarksOf(tasks: readonly Task[]): readonly string[] {
  const names = tasks.filter(({ isInside }) => isInside).map(({ name }) => name);
  if (names.length === 0) return [];
  return [`Summary tasks inside of phases are no rows here: ${andMore(names.slice(0, 5), names.length)}.`];
}

function attributeOf(element: XmlElement, name: keyof typeof ATTRIBUTES): string {
  const found = childrenOf(element, 'ExtendedAttribute').find(
    (one) => childText(one, 'FieldID') === ATTRIBUTES[name].id,
  );
  return found ? childText(found, 'Value') : '';
}

/** Team by task: the names of the resources that are assigned. */
function resourcesOf(root: XmlElement): ReadonlyMap<string, string> {
  const names = new Map(
    childrenOf(child(root, 'Resources'), 'Resource').map((one) => [childText(one, 'UID'), childText(one, 'Name')]),
  );
  const teams = new Map<string, string>();
  for (const assignment of childrenOf(child(root, 'Assignments'), 'Assignment')) {
    const name = names.get(childText(assignment, 'ResourceUID')) ?? '';
    const task = childText(assignment, 'TaskUID');
    // A chapter has one team: the first one named.
    if (name !== '' && !teams.has(task)) teams.set(task, name);
  }
  return teams;
}

interface ChapterContext extends ProjectContext {
  readonly byUid: ReadonlyMap<string, Task>;
  readonly teams: ReadonlyMap<string, string>;
  /** Filled. */
  readonly problems: string[];
}

function chapterOf(task: Task, context: ChapterContext): ImportedChapter {
  const { element, uid, code, name, phase } = task;
  const { zone, teams, problems } = context;
  const before = problems.length;
  const exact = exactTimes(attributeOf(element, 'times'));
  const at = (field: string, place: number) =>
    timeOf(childText(element, field), { zone, exact: exact[place], problems });
  // Project keeps the times of a task that is scheduled by hand in fields of their own.
  const isManual = childText(element, 'Manual') === '1';
  const start = at(isManual && childText(element, 'ManualStart') !== '' ? 'ManualStart' : 'Start', 0);
  const end = at(isManual && childText(element, 'ManualFinish') !== '' ? 'ManualFinish' : 'Finish', 1);
  // Half of its times would be other times than anybody meant.
  const hasTimes = problems.length === before;
  if (!hasTimes) problems.push('Its planned times are left out.');
  const found: { -readonly [K in keyof ImportedChapter]?: ImportedChapter[K] } = {};
  const put = <K extends keyof ImportedChapter>(field: K, value: ImportedChapter[K] | undefined | '') => {
    if (value !== undefined && value !== '') found[field] = value as ImportedChapter[K];
  };
  put('code', code);
  put('title', name.replaceAll(/\s+/g, ' '));
  put('phase', phase);
  put('kind', kindOf(element));
  put('team', attributeOf(element, 'team') || teams.get(uid));
  put('site', attributeOf(element, 'site'));
  const labels = readLabels(attributeOf(element, 'labels'));
  if (labels.kind === 'ok') put('labels', labels.labels ?? '');
  else problems.push(`${labels.message} Its labels are left out.`);
  put('start', hasTimes ? start : undefined);
  put('end', hasTimes ? end : undefined);
  if (childText(element, 'ConstraintType') !== '') put('fixed_start', childText(element, 'ConstraintType') === '2');
  put('status', statusOf(element));
  put('actual_start', at('ActualStart', 2));
  put('actual_end', at('ActualFinish', 3));
  put('must_finish_by', at('Deadline', 4));
  put('note', childText(element, 'Notes'));
  const links = linksOf(task, context.byUid, problems);
  if (links.length > 0) put('links', links);
  return { ...found, line: element.line, problems };
}

interface TimeReading {
  readonly zone: string;
  /** What a file of our own says of it besides. */
  readonly exact: number | undefined;
  readonly problems: string[];
}

function timeOf(text: string, { zone, exact = Number.NaN, problems }: TimeReading): number | undefined {
  if (text === '' || text === 'NA') return undefined;
  // Whoever moved the task in Project moved its local time only: then the exact one is old.
  if (Number.isInteger(exact) && xmlTime(zone, exact) === text) return exact;
  const found = readCellTime(text, { zone, order: 'day-first', now: 0, current: null, windowStart: 0 });
  if (found.kind === 'ok') return found.instant;
  problems.push(found.message);
  return undefined;
}

/** Start, end, actual start, actual end and deadline with their offsets, of a file of our own. */
function exactTimes(text: string): readonly number[] {
  return text === '' ? [] : text.split('/').map((part) => Date.parse(part) / 60_000);
}

/** By number of the baseline: the distances from UTC of its start and its end. */
function exactOffsets(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text.split(',').map((part) => {
      const [number = '', offsets = ''] = part.split(' ');
      return [number, offsets.split('/')];
    }),
  );
}

function kindOf(element: XmlElement): Chapter['kind'] | undefined {
  const own = KIND_WORDS.get(attributeOf(element, 'kind'));
  if (own !== undefined) return own;
  return childText(element, 'Milestone') === '1' ? 'milestone' : undefined;
}

function statusOf(element: XmlElement): ChapterSchedule['status'] | undefined {
  const own = STATUS_CELLS.get(attributeOf(element, 'status'));
  const percent = Number(childText(element, 'PercentComplete') || 0);
  // The percentage is what people change in Project.
  if (percent >= 100) return 'done';
  if (own !== undefined && own !== 'done') return own;
  return percent > 0 || childText(element, 'ActualStart') !== '' ? 'running' : own === 'done' ? 'running' : undefined;
}

const PERCENT_LAGS = new Set(['19', '20', '51', '52']);

function linksOf({ element }: Task, byUid: ReadonlyMap<string, Task>, problems: string[]): readonly ImportedLink[] {
  return childrenOf(element, 'PredecessorLink').flatMap((link): ImportedLink[] => {
    const uid = childText(link, 'PredecessorUID');
    const task = byUid.get(uid);
    const type = Number(childText(link, 'Type') || LINK_TYPES.FS);
    const kind = (Object.entries(LINK_TYPES) as [ImportedLink['kind'], number][]).find(
      ([, number]) => number === type,
    )?.[0];
    const lag = Number(childText(link, 'LinkLag') || 0) / 10;
    const name = task?.name ?? `task ${uid}`;
    if (task === undefined)
      problems.push(`It waits for task ${uid}, which is not in this file: this link is left out.`);
    else if (task.isSummary)
      problems.push(`It waits for the summary “${name}”, which is no chapter: this link is left out.`);
    else if (kind === undefined)
      problems.push(`Its link to “${name}” goes from a start to a finish, which plans here do not have.`);
    else if (PERCENT_LAGS.has(childText(link, 'LagFormat')) && lag !== 0) {
      problems.push(`Its link to “${name}” has a lag in percent: this link is left out.`);
    } else if (!Number.isFinite(lag)) problems.push(`Its link to “${name}” has no lag that can be read.`);
    else return [{ code: task.code, kind, lag: Math.round(lag) }];
    return [];
  });
}

function baselinesOf({ element }: Task, zone: string, problems: string[]) {
  const offsets = exactOffsets(attributeOf(element, 'baselines'));
  return childrenOf(element, 'Baseline').flatMap((baseline) => {
    const wrong: string[] = [];
    const number = childText(baseline, 'Number') || '0';
    const at = (field: string, place: number) => {
      const text = childText(baseline, field);
      const exact = Date.parse(`${text}${offsets.get(number)?.[place]}`) / 60_000;
      return timeOf(text, { zone, exact, problems: wrong });
    };
    const [start, end] = [at('Start', 0), at('Finish', 1)];
    problems.push(...wrong.map((problem) => `Of baseline ${number}: ${problem}`));
    return start === undefined || end === undefined ? [] : [{ number, times: [start, end] as const }];
  });
}
