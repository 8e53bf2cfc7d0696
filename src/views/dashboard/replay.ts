/** The time machine: the dashboard as it was after any edit of the night, one step of the slider an edit. */
import type { LogEvent } from '../../store/log-event.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { rewind } from '../../store/rewind.ts';
import { timeText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import type { ViewDeps } from '../deps.ts';
import { el, setShown, setText } from '../dom.ts';
import { warn } from '../say.ts';

const EVENTS_MAX = 1_000;

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
  const slider = el('input', { type: 'range', class: 'mp-replay-slider', min: 0, 'aria-label': 'Edit to show' });
  const words = el('span', { class: 'mp-replay-words' });
  const back = el(
    'button',
    { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'present' },
    'Back to now',
  );
  const element = el('div', { class: 'mp-replay', hidden: true }, slider, words, back);
  let tape: Tape | null = null;
  slider.addEventListener('input', onChange);

  async function open(): Promise<void> {
    try {
      tape = await read();
    } catch (error) {
      warn(element, `The event log cannot be read now. ${(error as Error).message}`);
      return;
    }
    slider.max = String(tape.steps.length - 1);
    slider.value = slider.max;
    setShown(element, true);
    onChange();
    slider.focus();
  }

  async function read(): Promise<Tape> {
    const events = await history({ limit: EVENTS_MAX });
    const view = store.view();
    // A poll came between: the rows are ahead of the events that would take them back.
    if ((events[0]?.rev ?? 0) < view.rev) return read();
    const tables = Object.entries(view.base).map(([table, rows]) => [
      table,
      new Map(rows as ReadonlyMap<string, unknown>),
    ]);
    const known = events.filter(({ rev }) => rev <= view.rev);
    const steps = known.filter(({ rev }, i) => known[i - 1]?.rev !== rev).reverse();
    return { view: { ...view, rows: Object.fromEntries(tables) as PlanView['rows'] }, events: known, steps };
  }

  return {
    element,
    open,
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
      const text = `${timeText(zone, Math.floor(step.at / 60_000))} – ${step.actor_name}: ${step.label}`;
      setText(words, text);
      slider.setAttribute('aria-valuetext', text);
      const feed = view.events.filter(({ rev }) => rev <= step.rev);
      const rows = rewind(view.rows, events, step.rev);
      return { view: { ...view, rows, role: 'viewer', events: feed, pendingRows: new Set() }, now: step.at };
    },
  };
}
