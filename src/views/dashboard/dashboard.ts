/** The live dashboard: what several hundred people watch on the night, and where those who work report progress. */
import { setFields } from '../../store/ops.ts';
import { reportProgress, STATUS_WORDS } from '../../store/progress.ts';
import type { Status } from '../../store/rows.ts';
import type { Unmount, ViewDeps } from '../deps.ts';
import { asked, el, everySecond, frame, setShown, setText, setVariable } from '../dom.ts';
import { chooseIteration, iterationBar } from '../iteration-bar.ts';
import { keyed } from '../keyed.ts';
import { say } from '../say.ts';
import { submit } from '../submit.ts';
import { openBlockDialog } from './block-dialog.ts';
import { counterRow } from './counters.ts';
import { mountLine } from './line.ts';
import { type DashboardModel, dashboardModel, type Line } from './model.ts';
import { sideCards } from './side.ts';

export function mountDashboard(root: HTMLElement, { store, clock, place }: ViewDeps): Unmount {
  const iterations = iterationBar();
  const headline = el('p', { class: 'mp-headline' });
  const detail = el('p', { class: 'mp-detail' });
  const elapsed = el('div', { class: 'mp-elapsed', 'aria-hidden': 'true' });
  const counters = counterRow();
  const listTitle = el('h2', { class: 'mp-card-title' });
  const list = el('ul', { class: 'mp-line-list' });
  const empty = el('p', { class: 'mp-help-text' });
  const side = sideCards();
  const element = el(
    'div',
    { class: 'mp-dashboard' },
    el(
      'div',
      { class: 'mp-dashboard-head' },
      iterations.element,
      el('div', { class: 'mp-headlines' }, headline, detail),
      elapsed,
    ),
    counters.element,
    el(
      'div',
      { class: 'mp-dashboard-body' },
      el('div', { class: 'mp-side' }, el('section', { class: 'mp-card' }, listTitle, list, empty), side.behind),
      el('div', { class: 'mp-side' }, ...side.ahead),
    ),
  );
  root.append(element);
  let model = read();
  const updateLines = keyed<Line>(
    list,
    ({ id }) => id,
    mountLine(() => model.whyNotReport),
  );

  function serverNow(): number {
    return clock() + store.syncState().clockOffset;
  }

  function read(): DashboardModel {
    const show = place.get('show');
    return dashboardModel({ view: store.view(), iteration: place.get('iteration'), now: serverNow(), show });
  }

  function update(): void {
    model = read();
    iterations.update(model);
    setText(headline, model.headline);
    setText(detail, model.detail);
    setVariable(elapsed, '--part', model.elapsed);
    counters.update(model.counters);
    setText(listTitle, model.listTitle);
    updateLines(model.lines);
    setShown(empty, model.lines.length === 0);
    setText(empty, place.get('show') === null ? 'Nothing is late, blocked or running.' : 'No chapter stands here now.');
    side.update(model);
  }

  function report(line: Line, to: Status, note?: string): void {
    const { schedule, code } = line;
    const changes = reportProgress(schedule, to, Math.floor(serverNow() / 60_000));
    const op = setFields('chapter_schedules', schedule, note === undefined ? changes : { ...changes, note });
    void submit(element, store, { label: `${code}: ${STATUS_WORDS[to].toLowerCase()}`, ops: [op] });
  }

  function onClick(event: Event): void {
    const target = asked(event, element);
    switch (target?.dataset.do) {
      case 'previous':
      case 'following':
      case 'choose-iteration':
        chooseIteration(target, model, (code) => {
          place.set('iteration', code);
          update();
          say(element, `${code} shown.`);
        });
        break;
      case 'show': {
        const value = target.dataset.value ?? null;
        place.set('show', place.get('show') === value ? null : value);
        update();
        say(element, `${model.listTitle}: ${model.lines.length} shown.`);
        break;
      }
      case 'report': {
        const line = model.lines.find(({ id }) => id === target.closest<HTMLElement>('[data-id]')?.dataset.id);
        const to = target.dataset.to as Status;
        if (line === undefined) break;
        if (to === 'blocked') openBlockDialog(element, line, (reason) => report(line, to, reason));
        else report(line, to);
        break;
      }
      default:
    }
  }

  element.addEventListener('click', onClick);
  const next = frame(update);
  const unsubscribe = store.subscribe(next.ask);
  let shownMinute = 0;
  const stopClock = everySecond(() => {
    const minute = Math.floor(serverNow() / 60_000);
    if (minute !== shownMinute) next.ask();
    shownMinute = minute;
  });
  update();
  return () => {
    stopClock();
    unsubscribe();
    next.cancel();
    element.remove();
  };
}
