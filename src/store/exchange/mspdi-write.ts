/**
 * An iteration as a project in Microsoft's XML (MSPDI): phases as summary tasks, chapters below them, links, milestones and
 * baselines. The order of elements is that of its schema. The calendar works round the clock, because a cutover does: with
 * the usual office hours other programs would stretch every night over weeks.
 */
import { isMoment } from '../chapter-kind.ts';
import type { Baseline, Iteration } from '../rows.ts';
import { isoOffset, isShownTwice, xmlTime } from './local-time.ts';
import { ATTRIBUTES, LINK_TYPES } from './mspdi-words.ts';
import type { PlanLine } from './plan-lines.ts';
import { xmlText } from './xml-text.ts';

export interface ProjectOptions {
  readonly name: string;
  readonly iteration: Iteration;
  readonly zone: string;
  /** Of this iteration; the first eleven, by age, have a place. */
  readonly baselines: readonly Baseline[];
}

const BASELINES_MAX = 11;
const TEXT_MAX = 255;
const NOT_BEFORE = 4;
const MUST_START_ON = 2;
/** Minutes on the clock, not of work. */
const ELAPSED_MINUTES = 4;
const HOURS = 5;

export function writeProject(lines: readonly PlanLine[], options: ProjectOptions): string {
  const { name, iteration, zone } = options;
  const baselines = [...options.baselines].sort((a, b) => a.taken_at - b.taken_at).slice(0, BASELINES_MAX);
  const uids = new Map<string, number>();
  const tasks: string[] = [];
  const groups = byPhase(lines);
  // All of them first: a chapter may wait for one of a later phase.
  for (const { phase, lines: own } of groups) {
    uids.set(phase.id, uids.size + 1);
    for (const { chapter } of own) uids.set(chapter.id, uids.size + 1);
  }
  for (const [place, { phase, lines: own }] of groups.entries()) {
    tasks.push(
      summaryTask(phase.name, own, { uid: uids.get(phase.id) ?? 0, place: place + 1, zone, code: phase.code }),
    );
    for (const [below, line] of own.entries()) {
      tasks.push(chapterTask(line, { uids, outline: `${place + 1}.${below + 1}`, zone, baselines }));
    }
  }
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<Project xmlns="http://schemas.microsoft.com/project">',
    tag('Name', name),
    tag('Title', name),
    tag('ScheduleFromStart', 1),
    tag(
      'StartDate',
      xmlTime(zone, Math.min(iteration.window_start, ...lines.map(({ schedule }) => schedule.planned_start))),
    ),
    tag(
      'FinishDate',
      xmlTime(zone, Math.max(iteration.window_end, ...lines.map(({ schedule }) => schedule.planned_end))),
    ),
    tag('CalendarUID', 1),
    tag('MinutesPerDay', 1440),
    tag('MinutesPerWeek', 10_080),
    tag('DaysPerMonth', 30),
    `<ExtendedAttributes>${Object.values(ATTRIBUTES).map(definition).join('')}</ExtendedAttributes>`,
    `<Calendars>${roundTheClock()}</Calendars>`,
    `<Tasks>\n${tasks.join('\n')}\n</Tasks>`,
    '</Project>\n',
  ].join('\n');
}

function byPhase(lines: readonly PlanLine[]) {
  const groups = new Map<string, { readonly phase: PlanLine['phase']; readonly lines: PlanLine[] }>();
  for (const line of lines) {
    const group = groups.get(line.phase.id) ?? { phase: line.phase, lines: [] };
    group.lines.push(line);
    groups.set(line.phase.id, group);
  }
  return [...groups.values()];
}

/** Older servers took a title of blanks alone; a task without a name is an empty line to those who read it. */
const nameOf = (title: string, code: string) => (title.trim() === '' ? code : title);

interface SummaryPlace {
  readonly uid: number;
  readonly place: number;
  readonly zone: string;
  readonly code: string;
}

function summaryTask(name: string, lines: readonly PlanLine[], { uid, place, zone, code }: SummaryPlace): string {
  const start = Math.min(...lines.map(({ schedule }) => schedule.planned_start));
  const end = Math.max(...lines.map(({ schedule }) => schedule.planned_end));
  return `<Task>${[
    tag('UID', uid),
    tag('ID', uid),
    tag('Name', nameOf(name, code)),
    tag('Manual', 0),
    tag('IsNull', 0),
    tag('WBS', place),
    tag('OutlineNumber', place),
    tag('OutlineLevel', 1),
    tag('Start', xmlTime(zone, start)),
    tag('Finish', xmlTime(zone, end)),
    tag('Duration', span(end - start)),
    tag('DurationFormat', HOURS),
    tag('Milestone', 0),
    tag('Summary', 1),
    attribute('code', code),
  ].join('')}</Task>`;
}

interface TaskPlace {
  readonly uids: ReadonlyMap<string, number>;
  readonly outline: string;
  readonly zone: string;
  readonly baselines: readonly Baseline[];
}

function chapterTask({ chapter, schedule, team, site, links }: PlanLine, place: TaskPlace): string {
  const { uids, outline, zone, baselines } = place;
  const { planned_start: start, planned_end: end } = schedule;
  const uid = uids.get(chapter.id) ?? 0;
  const time = (name: string, instant: number | null) => (instant === null ? '' : tag(name, xmlTime(zone, instant)));
  return `<Task>${[
    tag('UID', uid),
    tag('ID', uid),
    tag('Name', nameOf(chapter.title, chapter.code)),
    tag('Manual', 1),
    tag('IsNull', 0),
    tag('WBS', outline),
    tag('OutlineNumber', outline),
    tag('OutlineLevel', 2),
    time('Start', start),
    time('Finish', end),
    tag('Duration', span(end - start)),
    time('ManualStart', start),
    time('ManualFinish', end),
    tag('ManualDuration', span(end - start)),
    tag('DurationFormat', HOURS),
    tag('Milestone', end === start || isMoment(chapter.kind) ? 1 : 0),
    tag('Summary', 0),
    tag('PercentComplete', schedule.status === 'done' ? 100 : 0),
    time('ActualStart', schedule.actual_start),
    time('ActualFinish', schedule.actual_end),
    tag('ConstraintType', schedule.fixed_start ? MUST_START_ON : NOT_BEFORE),
    tag('CalendarUID', 1),
    time('ConstraintDate', start),
    time('Deadline', schedule.must_finish_by),
    schedule.note === '' ? '' : tag('Notes', schedule.note),
    ...links.map(({ predecessor, kind, lag }) => linkOf(uids.get(predecessor.id), kind, lag)),
    attribute('code', chapter.code),
    attribute('kind', chapter.kind),
    team === null ? '' : attribute('team', team.code),
    site === null ? '' : attribute('site', site.code),
    attribute('status', schedule.status),
    labelsOf(chapter),
    exactTimes(zone, [start, end, schedule.actual_start, schedule.actual_end, schedule.must_finish_by]),
    exactBaselines(
      zone,
      baselines.map(({ times }) => times[chapter.id]),
    ),
    ...baselines.map(({ times }, number) => baselineOf(times[chapter.id], number, zone)),
  ].join('')}</Task>`;
}

/** Its text fields end after 255 characters: half of the labels would come back as if the others had been taken away. */
function labelsOf({ labels }: PlanLine['chapter']): string {
  return labels == null || labels.length > TEXT_MAX ? '' : attribute('labels', labels);
}

/** Its times have no zone: where clocks show one of them twice, all stand in an attribute with theirs, in a fixed order. */
function exactTimes(zone: string, times: readonly (number | null)[]): string {
  if (!times.some((instant) => instant !== null && isShownTwice(zone, instant))) return '';
  const exact = times.map((instant) =>
    instant === null ? '' : `${xmlTime(zone, instant)}${isoOffset(zone, instant)}`,
  );
  return attribute('times', exact.join('/'));
}

/** `0 +02:00/+01:00`: of the baselines that need it their distances from UTC; the times themselves would not fit in a text field. */
function exactBaselines(zone: string, all: readonly (readonly [number, number] | undefined)[]): string {
  const parts = all.flatMap((times, number) =>
    times?.some((instant) => isShownTwice(zone, instant))
      ? [`${number} ${times.map((instant) => isoOffset(zone, instant)).join('/')}`]
      : [],
  );
  return parts.length === 0 ? '' : attribute('baselines', parts.join(','));
}

/** A link to a chapter that is not in this iteration has no place in its project. */
function linkOf(uid: number | undefined, kind: keyof typeof LINK_TYPES, lag: number): string {
  if (uid === undefined) return '';
  const parts = [
    tag('PredecessorUID', uid),
    tag('Type', LINK_TYPES[kind]),
    tag('CrossProject', 0),
    tag('LinkLag', lag * 10),
    tag('LagFormat', ELAPSED_MINUTES),
  ];
  return `<PredecessorLink>${parts.join('')}</PredecessorLink>`;
}

function baselineOf(times: readonly [number, number] | undefined, number: number, zone: string): string {
  if (times === undefined) return '';
  const [start, end] = times;
  const parts = [
    tag('Number', number),
    tag('Start', xmlTime(zone, start)),
    tag('Finish', xmlTime(zone, end)),
    tag('Duration', span(end - start)),
    tag('DurationFormat', HOURS),
  ];
  return `<Baseline>${parts.join('')}</Baseline>`;
}

const definition = ({ id, name, alias }: { readonly id: string; readonly name: string; readonly alias: string }) =>
  `<ExtendedAttribute>${tag('FieldID', id)}${tag('FieldName', name)}${tag('Alias', alias)}</ExtendedAttribute>`;

const attribute = (name: keyof typeof ATTRIBUTES, value: string) =>
  `<ExtendedAttribute>${tag('FieldID', ATTRIBUTES[name].id)}${tag('Value', value)}</ExtendedAttribute>`;

/** Every hour of every day: from midnight to midnight. */
function roundTheClock(): string {
  const hours = `<WorkingTimes><WorkingTime>${tag('FromTime', '00:00:00')}${tag('ToTime', '00:00:00')}</WorkingTime></WorkingTimes>`;
  const days = [1, 2, 3, 4, 5, 6, 7].map(
    (day) => `<WeekDay>${tag('DayType', day)}${tag('DayWorking', 1)}${hours}</WeekDay>`,
  );
  return `<Calendar>${tag('UID', 1)}${tag('Name', '24 Hours')}${tag('IsBaseCalendar', 1)}<WeekDays>${days.join('')}</WeekDays></Calendar>`;
}

/** `PT2H30M0S` */
const span = (minutes: number) => `PT${Math.floor(minutes / 60)}H${minutes % 60}M0S`;

const tag = (name: string, value: string | number) => `<${name}>${xmlText(String(value))}</${name}>`;
