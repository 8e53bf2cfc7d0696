import { clockText } from '../../store/times-text.ts';
import { clockMinutes, offsetAt, toLocal } from '../../store/zone.ts';
import { el, setAttribute, setShown, setText, setVariable } from '../dom.ts';
import { keyed } from '../keyed.ts';
import { type Axis, type AxisMark, axisOf, besideNow } from './axis.ts';
import type { Span } from './lines.ts';
import type { PlannerModel } from './model.ts';
import type { NoStart } from './no-start-words.ts';

/** The axis above the bars, and what lies behind and before them: hours, days, the window, now. */
export function timeline() {
  const days = el('div', { class: 'mp-axis-days' });
  const hours = el('div', { class: 'mp-axis-hours' });
  const changes = el('div', { class: 'mp-axis-changes' });
  const nowFlag = el('div', { class: 'mp-now-flag' });
  const noStarts = el('div', { class: 'mp-axis-no-starts' });
  const head = el('div', { class: 'mp-axis' }, days, hours, changes, noStarts, nowFlag);
  const hourLines = el('div', { class: 'mp-lines' });
  const dayLines = el('div', { class: 'mp-lines', 'data-kind': 'day' });
  const changeLines = el('div', { class: 'mp-lines', 'data-kind': 'change' });
  const before = el('div', { class: 'mp-outside' });
  const after = el('div', { class: 'mp-outside' });
  const noStartShades = el('div', { class: 'mp-no-starts' });
  const underlay = el(
    'div',
    { class: 'mp-underlay', 'aria-hidden': 'true' },
    before,
    after,
    noStartShades,
    hourLines,
    dayLines,
    changeLines,
  );
  const nowLine = el('div', { class: 'mp-now', 'aria-hidden': 'true' });
  const updates = [
    marksIn(days, 'days'),
    marksIn(hours, 'hours'),
    marksIn(changes, 'changes'),
    marksIn(hourLines, 'hours'),
    marksIn(dayLines, 'days'),
    marksIn(changeLines, 'changes'),
  ];
  const showNoStarts = [noStartsIn(noStarts), noStartsIn(noStartShades)];
  let drawn = '';
  let told: PlannerModel | null = null;
  return {
    head,
    underlay,
    nowLine,
    /** `scale` in CSS pixels a minute; marks are made for what is seen and a little around it. */
    update(model: PlannerModel, scale: number, seen: Span) {
      const { zone, iteration, now } = model;
      const { start, length } = model.axis;
      const end = start + length;
      const isNowShown = now >= start && now <= end;
      const nowText = isNowShown ? clockText(zone, now) : '';
      const room = Math.ceil(seen.length / DAY) * DAY;
      const from = Math.max(start, midnightBefore(zone, seen.start - room));
      const until = Math.min(end, from + 2 * DAY + 3 * room);
      const key = `${zone} ${from} ${until} ${scale} ${nowText}`;
      if (key !== drawn) {
        drawn = key;
        const axis = axisOf(zone, from, until, scale);
        const hours = isNowShown ? besideNow(axis.hours, { at: now, text: nowText }, scale) : axis.hours;
        for (const update of updates) update({ ...axis, hours });
      }
      if (iteration === null || model === told) return;
      told = model;
      span(before, start, iteration.window_start);
      span(after, iteration.window_end, end);
      for (const show of showNoStarts) show(model.noStarts);
      setShown(nowLine, isNowShown);
      setShown(nowFlag, isNowShown);
      setVariable(nowLine, '--start', now);
      setVariable(nowFlag, '--start', now);
      setText(nowFlag, nowText);
    },
  };
}

const DAY = 1440;

/** Whole days at a time, so that a scroll makes new marks once a day. */
function midnightBefore(zone: string, instant: number): number {
  const clock = clockMinutes(toLocal(zone, instant));
  return clock - (clock % DAY) - offsetAt(zone, instant);
}

function marksIn(parent: HTMLElement, kind: keyof Axis): (axis: Axis) => void {
  const update = keyed<AxisMark>(
    parent,
    ({ at }) => String(at),
    () => {
      const element = el('div', { class: 'mp-mark' });
      // The words of a day stay readable while its night scrolls by.
      const text = parent.classList.contains('mp-axis-days') ? el('span') : element;
      if (text !== element) element.append(text);
      const isLine = parent.classList.contains('mp-lines');
      return {
        element,
        update(mark) {
          if (!isLine) setText(text, mark.text);
          setVariable(element, '--start', mark.at);
          setVariable(element, '--length', mark.length);
        },
      };
    },
  );
  return (axis) => update(axis[kind]);
}

/** Named where the axis tells the time; behind the bars they are only shaded. */
function noStartsIn(parent: HTMLElement): (shown: readonly NoStart[]) => void {
  const isNamed = parent.classList.contains('mp-axis-no-starts');
  return keyed<NoStart>(
    parent,
    ({ id }) => id,
    () => {
      const element = el('div', { class: 'mp-no-start' });
      return {
        element,
        update({ start, length, words, isEverywhere }) {
          if (isNamed) setAttribute(element, 'title', words);
          setAttribute(element, 'data-where', isEverywhere ? null : 'one site');
          span(element, start, start + length);
        },
      };
    },
  );
}

function span(element: HTMLElement, start: number, end: number): void {
  setShown(element, end > start);
  setVariable(element, '--start', start);
  setVariable(element, '--length', Math.max(0, end - start));
}
