/** Decisions and moments ahead, and until when there is a way back. Pure. */
import { isMoment } from '../../store/chapter-kind.ts';
import { isOpen } from '../../store/forecast/standing.ts';
import { sentence } from '../../store/isolated.ts';
import { limitsOf } from '../../store/network/plan-network.ts';
import type { ShownStatus } from '../../store/progress.ts';
import { type Iteration, scheduleId } from '../../store/rows.ts';
import { durationText, exactClockText, shiftText, timeText } from '../../store/times-text.ts';
import type { Line, LinesInput } from './lines.ts';

export interface GateLine {
  readonly id: string;
  readonly isGate: boolean;
  readonly title: string;
  readonly at: string;
  readonly countdown: string;
  readonly status: ShownStatus;
  /** "forecast 02:55 (+25m)"; '' while it holds. */
  readonly forecast: string;
  /** Who decides, what has to be true, what is done instead. A line each; '' for a milestone. */
  readonly facts: string;
}

const GATES_SHOWN = 4;

export function gatesOf(input: LinesInput, lines: readonly Line[]): readonly GateLine[] {
  const { view, zone, now, forecast } = input;
  return lines
    .filter(({ id, schedule }) => isOpen(schedule) && isMoment(view.rows.chapters.get(id)?.kind))
    .slice(0, GATES_SHOWN)
    .map((line) => {
      const { id, title, schedule, status } = line;
      const left = schedule.planned_end - now;
      const end = forecast.get(id)?.end ?? schedule.planned_end;
      return {
        id,
        isGate: view.rows.chapters.get(id)?.kind === 'gate',
        title,
        at: timeText(zone, schedule.planned_end),
        countdown: left >= 0 ? `in ${durationText(left)}` : `${durationText(-left)} ago`,
        status,
        forecast:
          end > schedule.planned_end
            ? `forecast ${exactClockText(zone, end)} (${shiftText(end - schedule.planned_end)})`
            : '',
        facts: factsOf(input, line),
      };
    });
}

function factsOf({ view, iteration }: LinesInput, { id, team }: Line): string {
  const { chapters, dependencies, chapter_schedules } = view.rows;
  const gate = chapters.get(id);
  if (gate?.kind !== 'gate') return '';
  const before = [...dependencies.values()]
    .filter(({ successor_id }) => successor_id === id)
    .flatMap(({ predecessor_id }) => chapter_schedules.get(scheduleId(iteration.id, predecessor_id)) ?? []);
  const open = before.filter(isOpen).map(({ chapter_id }) => chapters.get(chapter_id)?.code ?? '?');
  const waits =
    before.length === 0 ? '' : open.length === 0 ? 'nothing is open before it' : `waits for ${open.join(', ')}`;
  return [
    sentence`${team === '' ? 'Nobody named' : team} decides${waits && `; ${waits}`}.`,
    gate.success_criterion && `Go if: ${gate.success_criterion}`,
    gate.rollback_action && `If no go: ${gate.rollback_action}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** "Rollback still possible for 1h12": until then it would still end within the window. */
export function rollbackOf(zone: string, iteration: Iteration, now: number) {
  const { rollbackStart } = limitsOf(iteration);
  const takes = `${durationText(iteration.rollback_minutes)}, checks included`;
  const left = rollbackStart - now;
  const isLive = iteration.state === 'live';
  return {
    label: !isLive ? 'Rollback until' : left > 0 ? 'Rollback still possible for' : 'Rollback',
    value: !isLive ? timeText(zone, rollbackStart) : left > 0 ? durationText(left) : 'no longer fits',
    note: isLive
      ? `${left > 0 ? 'until' : 'since'} ${timeText(zone, rollbackStart)}; takes ${takes}`
      : `takes ${takes}`,
    isLate: isLive && left <= 0,
  };
}
