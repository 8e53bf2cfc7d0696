import type { Retimed } from '../../store/network/cascade.ts';
import { durationText } from '../../store/times-text.ts';
import { say } from '../say.ts';
import { type Act, setEdge, slip } from './acts.ts';
import { snapMinutes } from './axis.ts';
import type { CommandsOptions } from './commands.ts';
import { cascadeWords, shifted } from './knock-on.ts';

/** Alt with an arrow moves the bar by what one drag step would; Shift moves its end, Ctrl its start. */
export function nudging({ element, zooms, edits, model, update, send, cascadeOf, linesFor }: CommandsOptions) {
  /** Nothing is pushed by a nudge, but what it breaks is said. */
  function sayingMore(act: Act, moved: readonly Retimed[]): void {
    const words = cascadeWords(cascadeOf(moved, 'only'));
    send(act, words === '' ? act.label : `${act.label}; ${words}`);
  }

  return function nudge(rowId: string, { key, shiftKey, ctrlKey }: KeyboardEvent): void {
    // A held key repeats faster than frames come: each step starts where the one before ended.
    update();
    const [first, ...others] = linesFor(rowId);
    if (first === undefined || !edits.mayPlan()) return;
    const by = snapMinutes(zooms.scale()) * (key === 'ArrowLeft' ? -1 : 1);
    const { planned_start: start, planned_end: end } = first.schedule;
    const edge = shiftKey ? 'end' : 'start';
    const to = (shiftKey ? end : start) + by;
    if (!shiftKey && !ctrlKey) {
      const lines = [first, ...others];
      sayingMore(slip(lines, by), shifted(lines, by));
    } else if (shiftKey ? to > start : to < end) {
      sayingMore(setEdge(model().zone, first, edge, to), shifted([first], shiftKey ? 0 : by, shiftKey ? by : 0));
    } else
      say(
        element,
        `${first.code} takes ${first.duration}: it cannot be made shorter by ${durationText(Math.abs(by))}.`,
      );
  };
}
