/** What a choice does to the night, in words: later chapters, the next gate, the critical path, the end of the window. Pure. */
import { type Iteration, scheduleId } from '../rows.ts';
import { durationText } from '../times-text.ts';
import type { PlanView } from '../view.ts';
import { counted } from '../words.ts';
import type { Forecast } from './forecast.ts';
import { isOpen } from './standing.ts';

export interface ConsequenceInput {
  /** The forecast as things stand, and after the choice. */
  readonly was: Forecast;
  readonly is: Forecast;
  /** The plan after the choice. */
  readonly view: PlanView;
  readonly iteration: Iteration;
  /** Ids of the chapters that the choice is about. */
  readonly chapters: ReadonlySet<string>;
}

export function consequenceText({ was, is, view, iteration, chapters }: ConsequenceInput): string {
  const later = moved(was, is, chapters, 1);
  const earlier = moved(was, is, chapters, -1);
  const words = [
    later > 0 && `pushes ${counted(later, 'other chapter')}`,
    earlier > 0 && `brings ${counted(earlier, 'other chapter')} forward`,
    ...gateWords(view, iteration, is),
    [...chapters].some((id) => is.get(id)?.isCritical) && 'on the critical path',
    endWords(iteration, is),
  ];
  return words.filter(Boolean).join(' · ');
}

/** How far down the line it is felt: the least slack of the chapters; infinite where none is scheduled. */
export function leastSlack(forecast: Forecast, chapters: Iterable<string>): number {
  return Math.min(...[...chapters].map((id) => forecast.get(id)?.slack ?? Number.POSITIVE_INFINITY));
}

function moved(was: Forecast, is: Forecast, but: ReadonlySet<string>, direction: 1 | -1): number {
  let moves = 0;
  for (const [id, { end }] of is) {
    const shift = end - (was.get(id)?.end ?? end);
    if (!but.has(id) && shift * direction > 0) moves += 1;
  }
  return moves;
}

function gateWords({ rows }: PlanView, iteration: Iteration, forecast: Forecast): readonly string[] {
  const broken: string[] = [];
  for (const [id, { end }] of forecast) {
    const chapter = rows.chapters.get(id);
    const schedule = rows.chapter_schedules.get(scheduleId(iteration.id, id));
    if (chapter?.kind !== 'gate' || schedule === undefined || !isOpen(schedule)) continue;
    const late = end - schedule.planned_end;
    if (late > 0) broken.push(`${chapter.code} decided ${durationText(late)} late`);
  }
  return broken.slice(0, 2);
}

function endWords({ window_end }: Iteration, forecast: Forecast): string {
  const margin = window_end - Math.max(...[...forecast.values()].map(({ end }) => end));
  if (!Number.isFinite(margin)) return '';
  return margin < 0 ? `ends ${durationText(-margin)} after the window` : `${durationText(margin)} left in the window`;
}
