/**
 * What the planner shows: which rows in which order, the axis' span, what deserves a look, and who may change what.
 * Words are made for the rows that are on screen only. Pure.
 */
import { whyNotPlan, whyNotReport } from '../../store/abilities.ts';
import { dependenciesOf } from '../../store/dependencies-of.ts';
import { sentence } from '../../store/isolated.ts';
import { wordsOf } from '../../store/labels.ts';
import { type Finding, findingsOf, findingText } from '../../store/network/findings.ts';
import type { Cycle, Times } from '../../store/network/network.ts';
import { planTimes } from '../../store/network/plan-network.ts';
import { newsSince } from '../../store/news-since.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { lateBy, STATUS_WORDS } from '../../store/progress.ts';
import type { Dependency, Iteration } from '../../store/rows.ts';
import { ageText, durationText, windowText } from '../../store/times-text.ts';
import type { PlanView, RowMaps } from '../../store/view.ts';
import { offsetAt } from '../../store/zone.ts';
import { chosenIteration, iterationsInOrder } from '../iteration-choice.ts';
import { clocksNow } from './clocks.ts';
import { type Compared, comparedWith } from './comparing.ts';
import { type Dispute, disputesOf } from './disputes.ts';
import {
  type ChapterLine,
  chapterLine,
  type PlannerLine,
  phaseLine,
  type Slacks,
  type Span,
  slackOf,
} from './lines.ts';
import { type NoStart, noStartsOn } from './no-start-words.ts';
import { type ChapterRow, type Outline, outlineOf, type PhaseRow } from './outline.ts';
import { type Searched, searcher } from './search.ts';

export interface PlannerInput {
  readonly view: PlanView;
  /** Code of the chosen iteration; null for the default. */
  readonly iteration: string | null;
  /** Server time, minutes. */
  readonly now: number;
  /** Of the reader's own clock, minutes east of UTC; absent: it shows what the plan's does. */
  readonly readerOffset?: number;
  readonly collapsed: ReadonlySet<string>;
  readonly selected: ReadonlySet<string>;
  readonly search?: string;
  /** The reader's teams, by id. */
  readonly mine?: ReadonlySet<string>;
  /** What others changed after this rev is new to the reader; null: nothing is. */
  readonly since?: number | null;
  /** Id of the baseline, or of the iteration, to compare with. */
  readonly baseline?: string | null;
  /** A row that stays whatever the search says: somebody is working in it. */
  readonly kept?: string | null;
  /** Nothing is on screen yet: the rows are shown first, and their slack and findings are worked out after. */
  readonly isFirstSight?: boolean;
}

export type PlannerRow = PhaseRow | ChapterRow;

export interface PlannerModel {
  readonly iterations: readonly Iteration[];
  readonly iteration: Iteration | null;
  readonly zone: string;
  readonly now: number;
  readonly axis: Span;
  /** When nothing may start, or end, as far as the axis reaches. */
  readonly noStarts: readonly NoStart[];
  readonly rows: readonly PlannerRow[];
  readonly line: (row: PlannerRow) => PlannerLine;
  readonly findings: readonly Finding[];
  /** False at the first sight: slack, findings and clocks come in a moment. */
  readonly isWorkedOut: boolean;
  /** The dependencies of a chapter, both ways. */
  readonly links: (chapterId: string) => readonly Dependency[];
  /** What the times are compared with; null: nothing. */
  readonly compared: Compared | null;
  /** What the search leaves out. */
  readonly hidden: { readonly all: number; readonly late: number; readonly conflicted: number };
  readonly whyNotPlan: string | null;
  readonly whyNotReport: string | null;
  readonly summary: string;
  /** What the clocks of the reader and of other sites show now. */
  readonly clocks: string;
}

export function plannerModel(input: PlannerInput): PlannerModel {
  const { view, now, collapsed, selected } = input;
  const { rows } = view;
  const zone = zoneOf(view);
  const iteration = chosenIteration(view, input.iteration, now);
  const iterations = iterationsInOrder(view);
  if (iteration === null) return { ...EMPTY, iterations, zone, now };

  const compared = comparedWith(rows, iteration, input.baseline);
  const disputes = disputesOf(view, zone);
  const unkept = rowsNotKept(view);
  // A search may ask for what is worked out.
  const isWorkedOut = input.isFirstSight !== true || Boolean(input.search);
  const { times, findings, findingsOn } = isWorkedOut ? analysis(rows, iteration, now) : NO_ANALYSIS;
  const changes = changesByOthers(view, now);
  const isNew = input.since == null ? () => false : newsSince(view, input.since);
  const isChanged = ({ chapter, schedule }: ChapterRow) => isNew(chapter) || (schedule !== null && isNew(schedule));
  const disputeOf = ({ id, scheduleId }: ChapterRow) => disputes.get(scheduleId) ?? disputes.get(id) ?? null;
  const isPending = ({ id, scheduleId }: ChapterRow) => view.pendingRows.has(scheduleId) || view.pendingRows.has(id);
  const nameOf = (table: 'teams' | 'sites', id: string | null) =>
    id === null ? '' : (rows[table].get(id)?.code ?? '');

  function chapterLineOf(row: ChapterRow): ChapterLine {
    const { chapter } = row;
    return chapterLine(row, {
      zone,
      iteration: iteration as Iteration,
      now,
      team: nameOf('teams', chapter.team_id),
      siteZone: (isWorkedOut ? rows.sites.get(chapter.site_id ?? '')?.time_zone : undefined) ?? zone,
      isSelected: selected.has(row.id),
      isPending: isPending(row),
      isKept: !unkept.has(row.scheduleId) && !unkept.has(row.id),
      dispute: disputeOf(row),
      changed: changes.get(row.scheduleId) ?? changes.get(row.id) ?? (isChanged(row) ? CHANGED : ''),
      finding: (findingsOn.get(row.id) ?? []).map(findingText).join('; '),
      baseline: compared?.times(row.id) ?? null,
      than: compared?.than ?? '',
      axisStart: axis.start,
      axisEnd: axis.start + axis.length,
      ...slackOf(times, row),
    });
  }

  function searched({ phase }: PhaseRow, row: ChapterRow): Searched {
    const { chapter, schedule } = row;
    const team = nameOf('teams', chapter.team_id);
    const labels = wordsOf(chapter.labels);
    const late = schedule !== null && lateBy(schedule, iteration as Iteration, now) > 0;
    const aspects = {
      mine: input.mine?.has(chapter.team_id ?? '') === true,
      late,
      changed: isChanged(row),
      critical: slackOf(times, row).isCritical,
      pending: isPending(row),
      conflict: disputeOf(row) !== null,
      unscheduled: schedule === null,
      finding: findingsOn.has(row.id),
      gate: chapter.kind === 'gate',
      deadline: schedule !== null && schedule.must_finish_by !== null,
    };
    return {
      words: `${chapter.code} ${chapter.title} ${team} ${schedule?.note ?? ''} ${labels.map((label) => `#${label}`).join(' ')}`,
      tokens: [
        `team:${team}`,
        `phase:${phase.code}`,
        `site:${nameOf('sites', chapter.site_id)}`,
        ...labels.map((label) => `label:${label}`),
        ...(late ? ['status:late'] : []),
        ...(schedule === null ? [] : [`status:${schedule.status}`, `status:${STATUS_WORDS[schedule.status]}`]),
        ...Object.entries(aspects).flatMap(([aspect, is]) => (is ? [`is:${aspect}`] : [])),
      ],
    };
  }

  const outline = outlineOf(rows, iteration);
  const finds = searcher(input.search ?? '');
  const hidden = { all: 0, late: 0, conflicted: 0 };
  const shown: PlannerRow[] = [];
  for (const phase of outline.phases) {
    const chapters =
      finds === null
        ? phase.chapters
        : phase.chapters.filter((row) => {
            if (row.id === input.kept || finds(searched(phase, row))) return true;
            hidden.all += 1;
            if (row.schedule !== null && lateBy(row.schedule, iteration, now) > 0) hidden.late += 1;
            if (disputeOf(row) !== null) hidden.conflicted += 1;
            return false;
          });
    if (finds !== null && chapters.length === 0) continue;
    shown.push(phase);
    // What was searched for is shown, also in a closed phase.
    if (finds === null && collapsed.has(phase.id)) continue;
    const { length: among } = chapters;
    const areAll = among === phase.chapters.length;
    shown.push(...(areAll ? chapters : chapters.map((row, i) => ({ ...row, place: i + 1, among }))));
  }
  const axis = axisSpan({ iteration, outline, now, disputes, compared });
  return {
    iterations,
    iteration,
    zone,
    now,
    axis,
    noStarts: noStartsOn(rows, zone, axis),
    rows: shown,
    line: (row) =>
      row.kind === 'chapter'
        ? chapterLineOf(row)
        : phaseLine(row, { zone, iteration, now, isCollapsed: finds === null && collapsed.has(row.id) }),
    findings,
    isWorkedOut,
    links: (chapterId) => {
      if (!rows.chapters.has(chapterId)) return [];
      const { before, after } = dependenciesOf(rows, chapterId);
      return [...before, ...after];
    },
    compared,
    hidden,
    whyNotPlan: whyNotPlan(view, iteration),
    whyNotReport: whyNotReport(view, iteration),
    summary: summaryOf(zone, iteration, outline),
    // The browser's first name of a zone takes as long as all rows do.
    clocks: isWorkedOut ? clocksNow(rows, { zone, readerOffset: input.readerOffset ?? offsetAt(zone, now), now }) : '',
  };
}

/** The chapter of a row, where it is shown. */
export function chapterLineOf({ rows, line }: PlannerModel, rowId: string | undefined): ChapterLine | null {
  const row = rows.find(({ kind, id }) => kind === 'chapter' && id === rowId);
  return row === undefined ? null : (line(row) as ChapterLine);
}

const EMPTY: Omit<PlannerModel, 'iterations' | 'zone' | 'now'> = {
  iteration: null,
  axis: { start: 0, length: 1440 },
  noStarts: [],
  rows: [],
  line: () => {
    throw new Error('an empty planner has no lines');
  },
  findings: [],
  isWorkedOut: true,
  links: () => [],
  compared: null,
  hidden: { all: 0, late: 0, conflicted: 0 },
  whyNotPlan: null,
  whyNotReport: null,
  summary: '',
  clocks: '',
};

interface Analysis {
  readonly times: Slacks | null;
  readonly findings: readonly Finding[];
  /** By chapter; those with none are not in it. */
  readonly findingsOn: ReadonlyMap<string, readonly Finding[]>;
}

const NO_ANALYSIS: Analysis = { times: null, findings: [], findingsOn: new Map() };

const analyses = new WeakMap<RowMaps, { readonly key: string; readonly analysis: Analysis }>();

/** Once for each state of the rows; in a live iteration also once a minute, since what runs late pushes the rest. */
function analysis(rows: RowMaps, iteration: Iteration, now: number): Analysis {
  const key = `${iteration.id} ${iteration.state === 'live' ? now : ''}`;
  const known = analyses.get(rows);
  if (known?.key === key) return known.analysis;
  const times: Times | Cycle = planTimes(rows, iteration, now);
  const findings = findingsOf(rows, iteration, times);
  const findingsOn = new Map<string, Finding[]>();
  for (const finding of findings) {
    const others = findingsOn.get(finding.chapterId);
    if (others === undefined) findingsOn.set(finding.chapterId, [finding]);
    else others.push(finding);
  }
  const made = { times: times.kind === 'times' ? slacksIn(times) : null, findings, findingsOn };
  analyses.set(rows, { key, analysis: made });
  return made;
}

/** The earliest and latest times are not shown, so they are not kept. */
function slacksIn({ index, totalSlack, freeSlack, isCritical }: Times): Slacks {
  return { index, totalSlack, freeSlack, isCritical };
}

/** Rows of edits that are not durable on this device yet. */
function rowsNotKept({ queue }: PlanView): ReadonlySet<string> {
  return new Set(
    queue.flatMap(({ edit, isKept }) => (isKept ? [] : edit.ops.flatMap((op) => ('id' in op ? [op.id] : [])))),
  );
}

export const CHANGED_MINUTES = 15;
const CHANGED = 'Changed since you last looked';

/** What others did in the last minutes, by row: `Planner B, 2 min ago: Move CC to …`. */
function changesByOthers({ events, user }: PlanView, now: number): ReadonlyMap<string, string> {
  const changes = new Map<string, string>();
  for (const { row_id, actor, actor_name, at, label } of events) {
    const age = now * 60_000 - at;
    if (actor === user.key || age > CHANGED_MINUTES * 60_000 || changes.has(row_id)) continue;
    changes.set(
      row_id,
      sentence`${actor_name}, ${age < 60_000 ? 'just now' : `${ageText(Math.floor(age / 60_000) * 60_000)} ago`}: ${label}`,
    );
  }
  return changes;
}

interface AxisInput {
  readonly iteration: Iteration;
  readonly outline: Outline;
  readonly now: number;
  readonly disputes: ReadonlyMap<string, Dispute>;
  readonly compared: Compared | null;
}

/** The window and every bar, with room at both ends, so that nothing planned, wanted or compared lies outside what can be scrolled to. */
function axisSpan({ iteration, outline, now, disputes, compared }: AxisInput): Span {
  const { window_start, window_end, state } = iteration;
  let start = Math.min(window_start, outline.span?.start ?? window_start);
  let end = Math.max(window_end, outline.span?.end ?? window_end);
  if (outline.isUnderWay || state === 'live') end = Math.max(end, now);
  // Seldom: there is something to look for.
  for (const { chapters } of disputes.size === 0 && compared === null ? [] : outline.phases) {
    for (const { id, scheduleId } of chapters) {
      const wanted = disputes.get(scheduleId)?.wanted;
      if (wanted) [start, end] = [Math.min(start, wanted.start), Math.max(end, wanted.start + wanted.length)];
      const other = compared?.times(id);
      if (other) [start, end] = [Math.min(start, other[0]), Math.max(end, other[1])];
    }
  }
  const room = Math.max(60, Math.round((end - start) * 0.02));
  const from = Math.floor((start - room) / 60) * 60;
  return { start: from, length: Math.ceil((end + room - from) / 60) * 60 };
}

function summaryOf(zone: string, { window_start, window_end }: Iteration, { plannedEnd: last }: Outline): string {
  const window = windowText(zone, window_start, window_end);
  if (last === 0) return window;
  const slack = window_end - last;
  return `${window} · ${slack >= 0 ? `${durationText(slack)} spare at the end` : `${durationText(-slack)} past the window`}`;
}
