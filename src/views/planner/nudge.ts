import { leastGateSlack } from '../../store/network/gate-slack.ts';
import { durationText } from '../../store/times-text.ts';
import type { Pressed } from '../keys.ts';
import { say, tell } from '../say.ts';
import { submit } from '../submit.ts';
import { type Act, type Scheduled, setEdge, slip } from './acts.ts';
import { snapMinutes } from './axis.ts';
import type { CommandsOptions } from './commands.ts';
import { shifted } from './knock-on.ts';
import { chapterLineOf } from './model.ts';
import { type Nudged, nudgeWords } from './nudge-words.ts';

const NOTHING_SELECTED = 'Select chapters first, or go to one: a phase has no times of its own.';
const ONE_CHAPTER = 'Go to a chapter: with Shift or Ctrl only its own end or start moves.';

/** Alt with an arrow moves the bar by what one drag step would; Shift moves its end, Ctrl its start. */
export function nudging(options: CommandsOptions) {
  const { element, store, zooms, edits, model, update, cascadeOf, linesFor, selectedLines } = options;

  /** Nothing is pushed by a nudge, but where the bar stands now, what it breaks and how near the gate is are said. */
  function send(act: Act, lines: readonly [Scheduled, ...Scheduled[]], by: { start: number; end: number }): void {
    const { iteration, zone } = model();
    const moved = shifted(lines, by.start, by.end);
    const [times] = moved;
    if (iteration === null || times === undefined) return;
    const part: Nudged['part'] = by.start === by.end ? 'all' : by.start === 0 ? 'end' : 'start';
    const cascade = cascadeOf(moved, 'only');
    const gate = leastGateSlack(store.view().rows, iteration, moved);
    const { title } = lines[0];
    const saying = nudgeWords({ zone, title, part, times, others: lines.length - 1, cascade, gate });
    // A held key repeats faster than anybody could listen: where the bar stands in the end is what matters.
    void submit(element, store, { ...act, saying, about: 'nudge' });
  }

  return function nudge(rowId: string, { key, shiftKey, ctrlKey }: Pressed): void {
    // A held key repeats faster than frames come: each step starts where the one before ended.
    update();
    const own = chapterLineOf(model(), rowId);
    // A phase has no bar of its own: what is selected is meant.
    const [first, ...others] = own === null ? selectedLines() : linesFor(rowId);
    if (!edits.mayPlan()) return;
    if (first === undefined) {
      tell(element, own === null ? NOTHING_SELECTED : `${own.code} has no times yet.`);
      return;
    }
    if (own === null && others.length > 0 && (shiftKey || ctrlKey)) {
      tell(element, ONE_CHAPTER);
      return;
    }
    const by = snapMinutes(zooms.scale()) * (key === 'ArrowLeft' ? -1 : 1);
    const { planned_start: start, planned_end: end } = first.schedule;
    const edge = shiftKey ? 'end' : 'start';
    const to = (shiftKey ? end : start) + by;
    if (!shiftKey && !ctrlKey) send(slip([first, ...others], by), [first, ...others], { start: by, end: by });
    else if (shiftKey ? to > start : to < end) {
      send(setEdge(model().zone, first, edge, to), [first], { start: shiftKey ? 0 : by, end: shiftKey ? by : 0 });
    } else {
      const least = durationText(Math.abs(by));
      say(element, `${first.code} takes ${first.duration}: it cannot be made shorter by ${least}.`, 'nudge');
    }
  };
}
