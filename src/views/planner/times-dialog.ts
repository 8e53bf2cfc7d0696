import { readDuration, TOO_SHORT } from '../../store/duration-entry.ts';
import { sentence } from '../../store/isolated.ts';
import { readTime, type TimeContext } from '../../store/time-entry.ts';
import { durationText, timeText } from '../../store/times-text.ts';
import { openDialog } from '../dialog.ts';
import { asked as askedBy, el, setAttribute } from '../dom.ts';
import type { Draft } from '../drafts.ts';
import { type Act, setTimes } from './acts.ts';
import { cascadeField } from './cascade-field.ts';
import { DEADLINE, deadlineField } from './deadline-field.ts';
import { type CascadeOf, cascadeWords, isAmiss, withCascade } from './knock-on.ts';
import type { ChapterLine } from './lines.ts';
import { timeInput, type Unread } from './time-input.ts';
import { asked, leastDuration, type TimeField, type TypedContext } from './typed-times.ts';
import './times-dialog.css';

export interface TimesOptions {
  readonly line: ChapterLine;
  readonly iterationId: string;
  readonly draft: Draft;
  readonly context: TypedContext;
  readonly cascadeOf: CascadeOf;
  readonly onAct: (act: Act) => void;
}

const FIELDS: readonly TimeField[] = ['start', 'end', 'duration'];
const LABELS: { readonly [F in TimeField]: string } = { start: 'Start', end: 'End', duration: 'Duration' };
const FIRST_DURATION = 60;
/** As if the end had been touched longest ago. */
const TOUCHED: readonly TimeField[] = ['start', 'duration', 'end'];

/** Any two of start, end and duration; the one touched longest ago is computed from the others. */
export function openTimesDialog(root: Element, options: TimesOptions): void {
  const { line, iterationId, draft, context, cascadeOf, onAct } = options;
  const { zone, windowStart } = context;
  const before = {
    start: line.schedule?.planned_start ?? windowStart,
    end: line.schedule?.planned_end ?? windowStart + FIRST_DURATION,
  };
  let { start, end } = before;
  let touched = TOUCHED;
  const fields = Object.fromEntries(FIELDS.map((name) => [name, timeInput(name, LABELS[name])])) as Record<
    TimeField,
    ReturnType<typeof timeInput>
  >;

  /** Reads what was typed into one field, moves the computed one, and says what is wrong. False: not readable. */
  function take(name: TimeField, chosen?: number): boolean {
    const entry = fields[name];
    const read = chosen === undefined ? readTyped(name, entry.input.value) : ({ kind: 'ok', value: chosen } as const);
    if (read.kind !== 'ok') {
      entry.ask(read);
      return false;
    }
    const wrong = outOfOrder(name, read.value);
    entry.say(wrong);
    if (wrong !== '') return false;
    touched = [name, ...touched.filter((other) => other !== name)];
    compute(name, read.value);
    return true;
  }

  function compute(name: TimeField, value: number): void {
    const computed = touched[2];
    const duration = end - start;
    if (name === 'start') {
      start = value;
      if (computed !== 'duration') end = value + duration;
    } else if (name === 'end') {
      end = value;
      if (computed === 'start') start = value - duration;
    } else if (computed === 'start') start = end - value;
    else end = start + value;
    show();
  }

  function outOfOrder(name: TimeField, value: number): string {
    const computed = name === touched[2] ? touched[1] : touched[2];
    if (computed !== 'duration') return '';
    if (name === 'end' && value < start) return `That is before the start, ${timeText(zone, start)}.`;
    if (name === 'start' && value > end) return `That is after the end, ${timeText(zone, end)}.`;
    const minutes = name === 'end' ? value - start : end - value;
    if (minutes < leastDuration(line)) return TOO_SHORT;
    return '';
  }

  type Typed = { readonly kind: 'ok'; readonly value: number } | Unread;

  function readTyped(name: TimeField, text: string): Typed {
    if (name === 'duration') {
      const entry = readDuration(text, leastDuration(line));
      return entry.kind === 'ok' ? { kind: 'ok', value: entry.minutes } : entry;
    }
    const current = line.schedule === null ? null : name === 'start' ? start : end;
    const timeContext: TimeContext = { ...context, current, ...(name === 'end' ? { after: start } : {}) };
    const entry = readTime(text, timeContext);
    if (entry.kind === 'ok') return { kind: 'ok', value: entry.instant };
    return asked(entry, zone);
  }

  function show(): void {
    for (const name of FIELDS) {
      fields[name].input.value = shownText(name);
      setAttribute(fields[name].input, 'data-computed', name === touched[2]);
    }
    preview();
  }

  function shownText(name: TimeField): string {
    return name === 'duration' ? durationText(end - start) : timeText(zone, name === 'start' ? start : end);
  }

  function preview(): void {
    const known = knockOn();
    after.say(cascadeWords(known), isAmiss(known));
  }

  function knockOn() {
    return cascadeOf(
      [{ chapterId: line.id, start, end, mustFinishBy: deadline.value(), from: line.schedule }],
      after.mode(),
    );
  }

  const after = cascadeField(preview);
  const fixed = el('input', { type: 'checkbox' });
  fixed.checked = line.isFixed;
  const due = line.schedule?.must_finish_by ?? null;
  const deadline = deadlineField({ context, before: due, start: () => start, onChange: preview });
  const { start: from, end: to, duration } = fields;
  const inputs = { start: from.input, duration: duration.input, end: to.input };
  show();

  const { element } = openDialog(root, {
    title: line.schedule === null ? `Schedule ${line.code}` : `Times of ${line.code}`,
    body: [
      el(
        'p',
        { class: 'mp-help-text' },
        sentence`${line.title}. Set any two of start, end and duration; the dashed one follows.`,
      ),
      el('div', { class: 'mp-times' }, ...FIELDS.map((name) => fields[name].element)),
      el('label', {}, fixed, ' Fixed: nothing else moves this start'),
      deadline.element,
      after.element,
    ],
    action: line.schedule === null ? 'Schedule' : 'Set times',
    typing: {
      draft,
      controls: { ...inputs, fixed, deadline: deadline.input, after: after.control },
      onRestart: restart,
    },
    onAction() {
      const unread = FIELDS.filter((name) => fields[name].isTyped);
      if (!unread.every((name) => commit(name)) || !deadline.isRead()) return false;
      const wanted = { start, end, isFixed: fixed.checked, mustFinishBy: deadline.value() };
      onAct(withCascade(setTimes(zone, line, iterationId, wanted), knockOn()));
      return true;
    },
  });

  function commit(name: TimeField): boolean {
    const isRead = take(name);
    if (isRead) fields[name].isTyped = false;
    return isRead;
  }

  function markTyped(name: TimeField): void {
    fields[name].isTyped = true;
    // Even before it is read, it is not computed.
    setAttribute(inputs[name], 'data-computed', false);
  }

  /** What came back is read as if it had just been typed; what it computes follows what is true now. */
  function takeRestored(): void {
    const typed = touched
      .map((name) => ({ name, text: inputs[name].value }))
      .filter(({ name, text }) => text !== shownText(name));
    for (const { name, text } of typed) {
      inputs[name].value = text;
      markTyped(name);
      commit(name);
    }
    deadline.takeRestored();
    preview();
  }

  function restart(): void {
    ({ start, end } = before);
    touched = TOUCHED;
    for (const entry of Object.values(fields)) entry.forget();
    deadline.restart();
    show();
  }

  for (const name of FIELDS) {
    const entry = fields[name];
    entry.input.addEventListener('input', () => markTyped(name));
    entry.input.addEventListener('change', () => commit(name));
  }
  element.addEventListener('click', (event) => {
    const button = askedBy(event, element);
    const name = button?.dataset.field as TimeField | typeof DEADLINE | undefined;
    const instant = Number(button?.dataset.instant);
    if (name === DEADLINE) deadline.choose(instant);
    else if (name !== undefined && take(name, instant)) fields[name].isTyped = false;
  });
  takeRestored();
  fields.start.input.focus();
  fields.start.input.select();
}
