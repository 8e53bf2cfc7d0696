/** The time machine: the dashboard as it was after any edit of the night, one step of the slider an edit. */
import { sentence } from '../../store/isolated.ts';
import type { LogEvent } from '../../store/log-event.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { rewind } from '../../store/rewind.ts';
import { momentText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { isWhole, readPage } from '../../store/whole-log.ts';
import type { ViewDeps } from '../deps.ts';
import { el, setShown, setText } from '../dom.ts';
import { say, warn } from '../say.ts';

/** What to show instead of the present. */
export interface Past {
  readonly view: PlanView;
  /** Server time, milliseconds. */
  readonly now: number;
}

interface Tape {
  /** Rows as they stood when the log was read; the replica's own change under our hands. */
  readonly view: PlanView;
  /** Newest first. */
  readonly events: readonly LogEvent[];
  /** The last event of each rev, oldest first. */
  readonly steps: readonly LogEvent[];
}

export function replayBar({ store, history }: Pick<ViewDeps, 'store' | 'history'>, onChange: () => void) {
  const earlier = button('earlier', 'Earlier edits');
  const slider = el('input', { type: 'range', class: 'mp-replay-slider', min: 0, 'aria-label': 'Edit to show' });
  const words = el('span', { class: 'mp-replay-words' });
  const element = el(
    'div',
    { class: 'mp-replay', hidden: true },
    earlier,
    slider,
    words,
    button('present', 'Back to now'),
  );
  let tape: Tape | null = null;
  slider.addEventListener('input', onChange);

  async function open(): Promise<void> {
    const read = await reading(() => readTape());
    if (read === null) return;
    show(read, read.steps.length - 1);
    setShown(element, true);
    onChange();
    slider.focus();
  }

  /** The edits before the first one that can be chosen; what is shown stays. */
  async function goFurther(): Promise<void> {
    const known = tape;
    if (known === null) return;
    const page = await reading(() => readPage(history, known.events));
    // Closed meanwhile, or pressed twice.
    if (page === null || tape !== known) return;
    const steps = stepsOf(page);
    show(
      { ...known, events: [...known.events, ...page], steps: [...steps, ...known.steps] },
      Number(slider.value) + steps.length,
    );
    say(element, `${steps.length} earlier edits can be chosen.`);
    if (earlier.hidden) slider.focus();
  }

  function show(read: Tape, step: number): void {
    tape = read;
    slider.max = String(read.steps.length - 1);
    slider.value = String(step);
    setShown(earlier, !isWhole(read.events));
  }

  async function reading<T>(read: () => Promise<T>): Promise<T | null> {
    try {
      return await read();
    } catch (error) {
      warn(element, `The event log cannot be read now. ${(error as Error).message}`);
      return null;
    }
  }

  async function readTape(): Promise<Tape> {
    const events = await readPage(history, []);
    const view = store.view();
    // A poll came between: the rows are ahead of the events that would take them back.
    if ((events[0]?.rev ?? 0) < view.rev) return readTape();
    const tables = Object.entries(view.base).map(([table, rows]) => [
      table,
      new Map(rows as ReadonlyMap<string, unknown>),
    ]);
    const known = events.filter(({ rev }) => rev <= view.rev);
    return {
      view: { ...view, rows: Object.fromEntries(tables) as PlanView['rows'] },
      events: known,
      steps: stepsOf(known),
    };
  }

  return {
    element,
    open,
    goFurther,
    close() {
      tape = null;
      setShown(element, false);
      onChange();
    },
    past(): Past | null {
      const step = tape?.steps[Number(slider.value)];
      if (!tape || !step) return null;
      const { view, events } = tape;
      const zone = zoneOf(view);
      const text = sentence`${momentText(zone, step.at)} – ${step.actor_name}: ${step.label}`;
      setText(words, text);
      slider.setAttribute('aria-valuetext', text);
      const feed = events.filter(({ rev }) => rev <= step.rev);
      const rows = rewind(view.rows, events, step.rev);
      return { view: { ...view, rows, role: 'viewer', events: feed, pendingRows: new Set() }, now: step.at };
    },
  };
}

/** Of events that are newest first. */
function stepsOf(events: readonly LogEvent[]): readonly LogEvent[] {
  return events.filter(({ rev }, i) => events[i - 1]?.rev !== rev).reverse();
}

function button(act: string, words: string): HTMLButtonElement {
  return el('button', { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': act }, words);
}
