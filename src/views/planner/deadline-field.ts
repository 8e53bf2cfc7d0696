import { readTime } from '../../store/time-entry.ts';
import { timeText } from '../../store/times-text.ts';
import { timeInput } from './time-input.ts';
import { asked, type TypedContext } from './typed-times.ts';

export const DEADLINE = 'deadline';

export interface DeadlineOptions {
  readonly context: TypedContext;
  /** Minutes since 1970; null: nobody minds when it is over. */
  readonly before: number | null;
  /** The planned start as it is typed: a time without a day is the first such time after it. */
  readonly start: () => number;
  readonly onChange: () => void;
}

/** Asks when a chapter must be over; empty where nobody minds. */
export function deadlineField({ context, before, start, onChange }: DeadlineOptions) {
  const entry = timeInput(DEADLINE, 'Must finish by');
  const { input } = entry;
  input.placeholder = 'no deadline';
  let value = before;

  function put(instant: number | null): true {
    value = instant;
    entry.isTyped = false;
    entry.say('');
    show();
    onChange();
    return true;
  }

  function show(): void {
    input.value = shownText();
  }

  function shownText(): string {
    return value === null ? '' : timeText(context.zone, value);
  }

  /** Reads what was typed, and says what is wrong with it. False: not readable. */
  function commit(): boolean {
    const text = input.value.trim();
    if (text === '') return put(null);
    const read = readTime(text, { ...context, current: before, after: start() });
    if (read.kind === 'ok') return put(read.instant);
    entry.ask(asked(read, context.zone));
    return false;
  }

  input.addEventListener('input', () => {
    entry.isTyped = true;
  });
  input.addEventListener('change', commit);
  show();
  return {
    element: entry.element,
    input,
    value: () => value,
    choose: (instant: number) => put(instant),
    /** True: nothing is typed that cannot be read. */
    isRead: () => !entry.isTyped || commit(),
    /** What came back is read as if it had just been typed. */
    takeRestored(): void {
      if (input.value === shownText()) return;
      entry.isTyped = true;
      commit();
    },
    restart(): void {
      entry.forget();
      value = before;
      show();
    },
  };
}
