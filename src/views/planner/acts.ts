/** The edits that the planner makes: for each act of a person, a label that people understand and its ops. Pure. */
import type { Op } from '../../store/edit.ts';
import { insertRow, moveTo, removeRow, resizeEdge, setFields, slipBy } from '../../store/ops.ts';
import { reportProgress, STATUS_WORDS } from '../../store/progress.ts';
import type { ChapterSchedule, Status } from '../../store/rows.ts';
import { durationText, shiftText, timeText } from '../../store/times-text.ts';
import { counted } from '../../store/words.ts';
import type { ChapterLine } from './lines.ts';

export interface Act {
  readonly label: string;
  readonly ops: readonly Op[];
}

/** A chapter line that has times. */
export type Scheduled = ChapterLine & { readonly schedule: ChapterSchedule };

export function isScheduled(line: ChapterLine): line is Scheduled {
  return line.schedule !== null;
}

export function moveStart(zone: string, line: Scheduled, start: number): Act {
  return { label: `Move ${line.code} to ${timeText(zone, start)}`, ops: [moveTo(line.schedule, start)] };
}

export function setEdge(zone: string, line: Scheduled, edge: 'start' | 'end', to: number): Act {
  return {
    label: `${edge === 'start' ? 'Start' : 'End'} of ${line.code} at ${timeText(zone, to)}`,
    ops: [resizeEdge(line.schedule, edge, to)],
  };
}

export function setDuration(line: Scheduled, minutes: number): Act {
  const { schedule, code } = line;
  return {
    label: `${code} takes ${durationText(minutes)}`,
    ops: [resizeEdge(schedule, 'end', schedule.planned_start + minutes)],
  };
}

export interface Wanted {
  readonly start: number;
  readonly end: number;
  readonly isFixed: boolean;
  /** Null: nobody minds. Absent: as it is. */
  readonly mustFinishBy?: number | null;
}

/** All at once; the gesture that explains the difference where one does. */
export function setTimes(zone: string, line: ChapterLine, iterationId: string, wanted: Wanted): Act {
  const { schedule, code } = line;
  const { start, end, isFixed, mustFinishBy } = wanted;
  if (schedule === null) {
    const planned = { planned_start: start, planned_end: end, fixed_start: isFixed };
    const deadline = mustFinishBy == null ? {} : { must_finish_by: mustFinishBy };
    const row = { chapter_id: line.id, iteration_id: iterationId, ...planned, ...deadline };
    return {
      label: `Schedule ${code} at ${timeText(zone, start)}`,
      ops: [insertRow('chapter_schedules', line.scheduleId, row)],
    };
  }
  const scheduled = { ...line, schedule };
  const planned = setPlanned(zone, scheduled, wanted);
  if (mustFinishBy === undefined || mustFinishBy === schedule.must_finish_by) return planned;
  const { planned_start, planned_end, fixed_start } = schedule;
  const words = mustFinishBy === null ? 'has no deadline any more' : `must finish by ${timeText(zone, mustFinishBy)}`;
  const op = setFields('chapter_schedules', schedule, { must_finish_by: mustFinishBy });
  if (start === planned_start && end === planned_end && isFixed === fixed_start) {
    return { label: `${code} ${words}`, ops: [op] };
  }
  return { label: `${planned.label}, and ${words}`, ops: [...planned.ops, op] };
}

function setPlanned(zone: string, scheduled: Scheduled, { start, end, isFixed }: Wanted): Act {
  const { schedule, code } = scheduled;
  const planned = { planned_start: start, planned_end: end, fixed_start: isFixed };
  if (isFixed !== schedule.fixed_start) {
    return {
      label: `${code} from ${timeText(zone, start)}, ${isFixed ? 'fixed' : 'not fixed any more'}`,
      ops: [setFields('chapter_schedules', schedule, planned)],
    };
  }
  if (start === schedule.planned_start) return setEdge(zone, scheduled, 'end', end);
  if (end - start === schedule.planned_end - schedule.planned_start) return moveStart(zone, scheduled, start);
  if (end === schedule.planned_end) return setEdge(zone, scheduled, 'start', start);
  return {
    label: `${code} from ${timeText(zone, start)} to ${timeText(zone, end)}`,
    ops: [setFields('chapter_schedules', schedule, planned)],
  };
}

/** `AB`, or how many they are. */
export function whatOf(lines: readonly Scheduled[]): string {
  const [only] = lines;
  return lines.length === 1 && only ? only.code : counted(lines.length, 'chapter');
}

export function slip(lines: readonly Scheduled[], by: number): Act {
  return {
    label: `Slip of ${whatOf(lines)} by ${shiftText(by)}`,
    ops: lines.map(({ schedule }) => slipBy(schedule, by)),
  };
}

/** `now` in minutes, server time: the actual times that the status brings with it. */
export function setStatus(lines: readonly Scheduled[], status: Status, now: number): Act {
  return {
    label: `${whatOf(lines)}: ${STATUS_WORDS[status].toLowerCase()}`,
    ops: lines.map(({ schedule }) => setFields('chapter_schedules', schedule, reportProgress(schedule, status, now))),
  };
}

export function setNote(line: Scheduled, note: string): Act {
  return {
    label: note === '' ? `Clear the note of ${line.code}` : `Note on ${line.code}`,
    ops: [setFields('chapter_schedules', line.schedule, { note })],
  };
}

/** The chapters stay in the plan; in this iteration they have no times any more. */
export function takeOut(lines: readonly Scheduled[], iteration: string): Act {
  return {
    label: `Take ${whatOf(lines)} out of ${iteration}`,
    ops: lines.map(({ schedule }) => removeRow('chapter_schedules', schedule)),
  };
}
