/** The report after a run, as a page to print. Its time blocked comes from the event log; the rest is known offline too. */
import type { LogEvent } from '../../store/log-event.ts';
import { readWholeLog } from '../../store/whole-log.ts';
import { chooseIteration } from '../choose-iteration.ts';
import type { Unmount, ViewDeps } from '../deps.ts';
import { asked, el, frame, setText } from '../dom.ts';
import { iterationBar } from '../iteration-bar.ts';
import { serverMinute } from '../server-now.ts';
import { COLUMNS, type ReportPart, reportModel } from './model.ts';
import './report.css';

export function mountReport(root: HTMLElement, { store, clock, place, history }: ViewDeps): Unmount {
  const bar = iterationBar();
  const print = el('button', { type: 'button', class: 'mp-button', 'data-do': 'print' }, 'Print');
  const title = el('h2', { class: 'mp-headline' });
  const summary = el('div');
  const parts = el('div');
  const element = el(
    'div',
    { class: 'mp-report', tabindex: 0, role: 'region', 'aria-label': 'Report' },
    el('div', { class: 'mp-toolbar' }, bar.element, print),
    title,
    summary,
    parts,
  );
  root.append(element);
  let events: readonly LogEvent[] | null = null;
  let model = read();

  function read() {
    const now = serverMinute({ store, clock });
    return reportModel({ view: store.view(), iteration: place.get('iteration'), now, events });
  }

  function update(): void {
    model = read();
    bar.update(model);
    setText(title, model.title);
    summary.replaceChildren(...model.summary.map((line) => el('p', {}, line)));
    parts.replaceChildren(...model.parts.map(partOf));
  }

  async function readLog(): Promise<void> {
    events = await readWholeLog(history);
    next.ask();
  }

  function onClick(event: Event): void {
    const target = asked(event, element);
    if (target?.dataset.do === 'print') print.ownerDocument.defaultView?.print();
    else if (target !== null) {
      chooseIteration(target, model, (code) => {
        place.set('iteration', code);
        update();
      });
    }
  }

  element.addEventListener('click', onClick);
  const next = frame(update);
  const unsubscribe = store.subscribe(next.ask);
  update();
  // Without the log the report says what it cannot tell.
  void readLog().catch(() => undefined);
  return () => {
    unsubscribe();
    next.cancel();
    element.remove();
  };
}

function partOf({ title, summary, rows }: ReportPart): HTMLElement {
  // The roles are said, since on a phone the lines are laid out as cards, and a browser may then take it for no table.
  const head = COLUMNS.map((name) => el('th', { role: 'columnheader', scope: 'col' }, name));
  const line = (texts: readonly string[]) =>
    el('tr', { role: 'row' }, ...texts.map((text, i) => el('td', { role: 'cell', 'data-column': COLUMNS[i] }, text)));
  return el(
    'section',
    {},
    el('h3', { class: 'mp-card-title' }, title),
    el('p', { class: 'mp-help-text' }, summary),
    el(
      'table',
      { class: 'mp-report-table', role: 'table' },
      el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...head)),
      el('tbody', { role: 'rowgroup' }, ...rows.map(line)),
    ),
  );
}
