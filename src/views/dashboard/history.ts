/** Why a chapter stands where it stands: each change of its schedule with who, when, and from what to what. Pure. */
import { unitFields } from '../../store/conflict-items.ts';
import type { LogEvent } from '../../store/log-event.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import type { ChapterSchedule, Fields } from '../../store/rows.ts';
import { unitOf } from '../../store/schema.ts';
import { momentText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { unitText } from '../values-text.ts';

export interface HistoryLine {
  readonly id: string;
  readonly at: number;
  readonly when: string;
  readonly who: string;
  readonly what: string;
  /** "Sat 16 Jan 22:00 → 01:15 (3h15) became Sat 16 Jan 22:30 → 01:45 (3h15)" */
  readonly change: string;
  /** The last change of the planned times. */
  readonly isCause: boolean;
}

/** Newest first. `schedule`: as the server has it; `events`: of its row. */
export function historyOf(
  view: PlanView,
  schedule: ChapterSchedule,
  events: readonly LogEvent[],
): readonly HistoryLine[] {
  const zone = zoneOf(view);
  const lines: HistoryLine[] = [];
  const when = (at: number) => momentText(zone, at);
  let after: Fields = { ...schedule };
  let isCauseFound = false;
  for (const { rev, n, at, actor_name: who, label: what, op, before } of events) {
    const was: Fields = { ...after, ...before };
    const units = [...new Set(Object.keys(before ?? {}).map((field) => unitOf('chapter_schedules', field)))];
    const text = (unit: string, fields: Fields) =>
      unitText(view, zone, unit, unitFields('chapter_schedules', unit, fields));
    const isCause: boolean = !isCauseFound && (op === 'insert' || units.includes('planned'));
    isCauseFound ||= isCause;
    const change =
      op === 'insert'
        ? `scheduled at ${text('planned', after)}`
        : op === 'remove'
          ? 'taken out'
          : units.map((unit) => `${text(unit, was)} became ${text(unit, after)}`).join('; ');
    lines.push({ id: `${rev}.${n}`, at, when: when(at), who, what, change, isCause });
    after = was;
  }
  for (const { id, at, author_name, label, items, state, resolution } of view.rows.conflicts.values()) {
    const item = items.find((each) => each.id === schedule.id);
    if (item === undefined) continue;
    const how =
      state === 'open'
        ? 'not decided yet'
        : state === 'withdrawn'
          ? 'theirs was kept'
          : `decided: ${resolution?.choice}`;
    const change = `wanted ${unitText(view, zone, item.unit, item.mine)}; in conflict, ${how}`;
    lines.push({ id, at, when: when(at), who: author_name, what: label, change, isCause: false });
  }
  return lines.sort((a, b) => b.at - a.at);
}
