/**
 * A plan to look at and to measure with, as edits, which are the only way to change data. The same arguments give the
 * same bytes. 53 chapters are the real size; more repeat the programme for further groups of clients.
 */
import type { Edit, InsertOp, Op } from '../../src/store/edit.ts';
import type { Recipient } from '../../src/store/mail.ts';
import { type Fields, scheduleId } from '../../src/store/rows.ts';
import type { TableName } from '../../src/store/schema.ts';
import { calendar, type Frame, PLAN_ZONE } from './calendar.ts';
import { MEMBERS, PHASES, SITES, TEAMS } from './cast.ts';
import { phaseOf } from './chapters.ts';
import { courseOf } from './course.ts';
import { type IdOf, idsFrom } from './ids.ts';
import { type DemoChapter, programme } from './programme.ts';
import { seededRandom } from './random.ts';
import { demoRecipients } from './recipients.ts';
import { planTimes } from './timeline.ts';

export interface DemoOptions {
  readonly chapters?: number;
  readonly seed: number;
  /** Milliseconds since 1970: one iteration is live around it. */
  readonly now: number;
}

export interface DemoPlan {
  /** The body of `POST /plans`; whoever creates it is a lead already. */
  readonly plan: { readonly id: string; readonly code: string; readonly name: string; readonly time_zone: string };
  /** The device that the edits come from. */
  readonly client: string;
  readonly edits: readonly Edit[];
  /** Listed before the edits, so that the last of them, which begins a night, is told. */
  readonly recipients: readonly Recipient[];
}

export function demoEdits({ chapters: count = 53, seed, now }: DemoOptions): DemoPlan {
  const idOf = idsFrom(seed);
  const chapters = programme(count);
  const frames = calendar(Math.floor(now / 60_000));
  const planId = idOf('plan', 'DEMO');
  const steps: Step[] = [
    { label: 'Set up the plan: members, phases, teams and sites', ops: setUp(idOf, planId) },
    { label: `Add ${count} chapters`, ops: chapters.map((chapter, index) => chapterOp(idOf, chapter, index)) },
    { label: 'Say which chapters wait for which', ops: chapters.flatMap((chapter) => linkOps(idOf, chapter)) },
    { label: 'Add the iterations RUN0 to CUTOVER', ops: frames.map((frame, index) => iterationOp(idOf, frame, index)) },
    { label: 'Say when nothing may start', ops: noStartOps(idOf, frames) },
    ...frames.map((frame) => scheduleStep({ idOf, chapters, frame, seed, now })),
    { label: 'Close RUN0, RUN1 and RUN2; RUN3 is live', ops: frames.flatMap((frame) => stateOps(idOf, frame)) },
  ];
  const edits = steps.flatMap(inChunks).map(({ label, ops }, index) => {
    return { id: idOf('edit', String(index + 1)), seq: index + 1, at: now, label, ops };
  });
  const plan = { id: planId, code: 'DEMO', name: 'Core banking migration', time_zone: PLAN_ZONE };
  return { plan, client: idOf('client', 'demo'), edits, recipients: demoRecipients(idOf) };
}

interface Step {
  readonly label: string;
  readonly ops: readonly Op[];
}

const OPS_PER_EDIT = 2_000;

function inChunks({ label, ops }: Step): readonly Step[] {
  const parts = Math.ceil(ops.length / OPS_PER_EDIT);
  if (parts <= 1) return [{ label, ops }];
  return Array.from({ length: parts }, (_, part) => ({
    label: `${label} (${part + 1} of ${parts})`,
    ops: ops.slice(part * OPS_PER_EDIT, (part + 1) * OPS_PER_EDIT),
  }));
}

const insert = (table: TableName, id: string, row: Fields): InsertOp => ({ op: 'insert', table, id, row });

function setUp(idOf: IdOf, planId: string): readonly Op[] {
  return [
    { op: 'set', table: 'plans', id: planId, base: { state: 'draft' }, set: { state: 'approved' } },
    ...MEMBERS.map((member) => insert('plan_members', idOf('member', member.principal), { ...member })),
    ...PHASES.map((phase, index) => insert('phases', idOf('phase', phase.code), { ...phase, position: place(index) })),
    ...SITES.map((site) => insert('sites', idOf('site', site.code), { ...site })),
    ...TEAMS.map((team) => insert('teams', idOf('team', team.code), { ...team, email: mailOf(team.code) })),
  ];
}

function mailOf(teamCode: string): string {
  return `${teamCode.toLowerCase()}@example.com`;
}

/** Room between neighbours, so that a row moves between two others by one change. */
function place(index: number): number {
  return (index + 1) * 1_000;
}

function chapterOp(idOf: IdOf, chapter: DemoChapter, index: number): Op {
  const { code, title, kind, success_criterion, rollback_action } = chapter;
  return insert('chapters', idOf('chapter', code), {
    code,
    title,
    phase_id: idOf('phase', phaseOf(code)),
    team_id: idOf('team', chapter.team),
    site_id: idOf('site', chapter.site),
    kind,
    position: place(index),
    success_criterion,
    rollback_action,
  });
}

function linkOps(idOf: IdOf, { code, links }: DemoChapter): readonly Op[] {
  return links.map(({ predecessor, kind, lag }) =>
    insert('dependencies', idOf('dependency', `${predecessor} ${kind} ${code}`), {
      predecessor_id: idOf('chapter', predecessor),
      successor_id: idOf('chapter', code),
      kind,
      lag_minutes: lag,
    }),
  );
}

function iterationOp(idOf: IdOf, frame: Frame, index: number): Op {
  const { code, name, kind, window_start, window_end, rollback_minutes } = frame;
  // Mails of the night that goes on, and of no other.
  const mail_mode = frame.stage === 'live' ? 'on' : 'off';
  const row = { code, name, kind, window_start, window_end, rollback_minutes, position: place(index), mail_mode };
  return insert('iterations', idOf('iteration', code), row);
}

/** The bank is open for its clients on the Friday before each last weekend, at all of its sites. */
function noStartOps(idOf: IdOf, frames: readonly Frame[]): readonly Op[] {
  return frames.slice(-3).map((frame) => {
    const opens = frame.dayStart('G', 0) - 10 * 60;
    const row = { name: `Branches open, ${frame.code}`, window_start: opens, window_end: opens + 9 * 60 };
    return insert('no_start_windows', idOf('no-start window', frame.code), row);
  });
}

interface ScheduleInput {
  readonly idOf: IdOf;
  readonly chapters: readonly DemoChapter[];
  readonly frame: Frame;
  readonly seed: number;
  readonly now: number;
}

function scheduleStep({ idOf, chapters, frame, seed, now }: ScheduleInput): Step {
  const input = { chapters, frame, now: Math.floor(now / 60_000), random: seededRandom(seed + frame.window_start) };
  const { planned, reports } = courseOf({ ...input, planned: planTimes(chapters, frame) });
  const iteration_id = idOf('iteration', frame.code);
  const ops = chapters.map((chapter) => {
    const chapter_id = idOf('chapter', chapter.code);
    const span = planned.get(chapter.code);
    return insert('chapter_schedules', scheduleId(iteration_id, chapter_id), {
      chapter_id,
      iteration_id,
      planned_start: span?.start ?? 0,
      planned_end: span?.end ?? 0,
      fixed_start: chapter.kind === 'gate' && chapter.notBefore > 0,
      ...reports.get(chapter.code),
    });
  });
  return {
    label: frame.stage === 'planned' ? `Schedule ${frame.code}` : `Schedule ${frame.code} and how it went`,
    ops,
  };
}

/** Last, because a finished iteration takes no more schedules. */
function stateOps(idOf: IdOf, { code, stage }: Frame): readonly Op[] {
  if (stage === 'planned') return [];
  const id = idOf('iteration', code);
  return [{ op: 'set', table: 'iterations', id, base: { state: 'planned' }, set: { state: stage } }];
}
