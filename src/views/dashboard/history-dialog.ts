import type { ReadHistory } from '../../store/log-event.ts';
import type { PlanView } from '../../store/view.ts';
import { openDialog } from '../dialog.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { historyOf } from './history.ts';
import type { Line } from './lines.ts';

const EVENTS_MAX = 200;

/** Answers "why is this at 23:40?" from the event log; without a network it says that it cannot. */
export async function openHistory(root: Element, view: PlanView, line: Line, history: ReadHistory): Promise<void> {
  const state = el('p', { class: 'mp-help-text' }, 'Reading the event log…');
  const list = el('ul', { class: 'mp-dialog-lines mp-history', tabindex: 0, 'aria-label': 'Changes, newest first' });
  openDialog(root, {
    title: `Why is ${line.code} at ${line.planned}?`,
    body: [state, list],
    action: 'Close',
    cancel: null,
    onAction: () => true,
  });
  try {
    const schedule = view.base.chapter_schedules.get(line.schedule.id);
    const events = await history({ row: line.schedule.id, limit: EVENTS_MAX });
    const lines = schedule === undefined ? [] : historyOf(view, schedule, events);
    const pending = line.isPending ? 'A change on this device is not at the server yet. ' : '';
    setText(state, `${pending}${lines.length === 0 ? 'The server knows of no change.' : 'Newest first.'}`);
    for (const { when, who, what, change, isCause } of lines) {
      const element = el(
        'li',
        {},
        el('p', {}, el('strong', {}, who), ` ${what}`),
        el('p', { class: 'mp-help-text' }, `${when}: ${change}${isCause ? ' – this is why' : ''}`),
      );
      setAttribute(element, 'data-cause', isCause);
      list.append(element);
    }
  } catch (error) {
    setText(state, `The event log cannot be read now. ${(error as Error).message}`);
  }
}
