/** The live dashboard: what several hundred people watch on the night, and where those who work report progress. */

import { lookAt } from '../../store/digest.ts';
import { type Changes, setFields } from '../../store/ops.ts';
import { DECISIONS, reportProgress, STATUS_WORDS } from '../../store/progress.ts';
import { type ChapterSchedule, type Status, scheduleId } from '../../store/rows.ts';
import { chooseIteration, iterationItems } from '../choose-iteration.ts';
import { answerAsked } from '../command-group.ts';
import type { Unmount, ViewDeps } from '../deps.ts';
import { digestLine } from '../digest-line.ts';
import { asked, el, everySecond, frame, setAttribute, setShown, setText, setVariable } from '../dom.ts';
import { draftsOf } from '../drafts.ts';
import { iterationBar } from '../iteration-bar.ts';
import { codeThen } from '../iteration-choice.ts';
import { keyed } from '../keyed.ts';
import { memoryOf } from '../memory.ts';
import { openMenu } from '../menu.ts';
import { say } from '../say.ts';
import { serverMinute, serverNow } from '../server-now.ts';
import { submit } from '../submit.ts';
import { openBlockDialog } from './block-dialog.ts';
import { counterRow } from './counters.ts';
import { earlierEvents } from './earlier-events.ts';
import { figureRow } from './figures.ts';
import { openHistory } from './history-dialog.ts';
import { mountLine } from './line.ts';
import type { Line } from './lines.ts';
import { type DashboardModel, dashboardModel } from './model.ts';
import { ragMark } from './rag.ts';
import { replayBar } from './replay.ts';
import { sideCards } from './side.ts';
import { mountWall } from './wall.ts';
import './dashboard.css';
import './wall.css';

export function mountDashboard(root: HTMLElement, deps: ViewDeps): Unmount {
  const { store, place, history } = deps;
  const iterations = iterationBar();
  const headline = el('p', { class: 'mp-headline' });
  const detail = el('p', { class: 'mp-detail' });
  const elapsed = el('div', { class: 'mp-elapsed', 'aria-hidden': 'true' });
  const verdict = ragMark();
  const figures = figureRow();
  const drafts = draftsOf(deps);
  const digest = digestLine({ memory: memoryOf(store.view()) });
  const replay = replayBar(deps, () => update());
  const earlier = earlierEvents(deps, () => update());
  const replayButton = el(
    'button',
    { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'replay' },
    'Replay',
  );
  const counters = counterRow();
  const listTitle = el('h2', { class: 'mp-card-title' });
  const list = el('ul', { class: 'mp-line-list' });
  const empty = el('p', { class: 'mp-help-text' });
  const listCard = el('section', { class: 'mp-card' }, listTitle, list, empty);
  const side = sideCards(() => model.whyNotReport);
  const element = el(
    'div',
    { class: 'mp-dashboard' },
    el(
      'div',
      { class: 'mp-dashboard-head' },
      iterations.element,
      replayButton,
      verdict.element,
      el('div', { class: 'mp-headlines' }, headline, detail),
      elapsed,
    ),
    replay.element,
    digest.element,
    figures.element,
    counters.element,
    el(
      'div',
      { class: 'mp-dashboard-body' },
      el('div', { class: 'mp-side' }, listCard, side.behind),
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

  function read(): DashboardModel & { readonly isPast: boolean } {
    const show = place.get('show');
    const code = place.get('iteration');
    const past = replay.past();
    const now = { view: earlier.among(store.view()), now: serverNow(deps) };
    const iteration = past === null ? code : codeThen(code, store.view(), past.view);
    return { isPast: past !== null, ...dashboardModel({ ...(past ?? now), iteration, show }) };
  }

  function update(): void {
    earlier.ask();
    model = read();
    iterations.update(model);
    setText(headline, model.headline);
    setText(detail, model.detail);
    setVariable(elapsed, '--part', model.elapsed);
    const { standing, iteration } = model;
    setShown(elapsed, iteration !== null);
    setShown(replayButton, iteration !== null || model.isPast);
    setShown(verdict.element, standing !== null);
    if (standing !== null) verdict.update(standing.rag, standing.reason);
    setAttribute(element, 'data-past', model.isPast);
    const isLooking = !model.isPast && !document.hidden && store.syncState().condition === 'online';
    digest.update({ view: store.view(), iteration: iteration?.id ?? '', look, isLooking });
    figures.update(model.figures);
    counters.update(model.counters);
    setText(listTitle, model.listTitle);
    updateLines(model.lines);
    setShown(empty, model.lines.length === 0);
    setText(empty, model.emptyText);
    setAttribute(listCard, 'data-idle', model.lines.length === 0 && model.emptyText === '');
    side.update(model);
  }

  const look = () =>
    lookAt({ view: store.view(), iteration: model.iteration, standing: model.standing, now: serverNow(deps) });

  function report({ schedule, code }: Line, to: Status, note?: string): void {
    keep(schedule, `${code}: ${STATUS_WORDS[to].toLowerCase()}`, to, note === undefined ? {} : { note });
  }

  function keep(schedule: ChapterSchedule, label: string, to: Status, more: Changes<'chapter_schedules'>): void {
    const changes = reportProgress(schedule, to, serverMinute(deps));
    const op = setFields('chapter_schedules', schedule, { ...changes, ...more });
    void submit(element, store, { label, ops: [op] });
  }

  function decide(target: HTMLElement): void {
    const { rows } = store.view();
    const chapter = rows.chapters.get(target.closest<HTMLElement>('[data-id]')?.dataset.id ?? '');
    const schedule = chapter && rows.chapter_schedules.get(scheduleId(model.iteration?.id ?? '', chapter.id));
    if (!schedule) return;
    const whyNot = schedule.status === 'blocked' ? 'resume it first' : null;
    const items = Object.entries(DECISIONS).map(([decision, label]) => ({
      label,
      whyNot,
      act: () =>
        keep(schedule, `${chapter.code}: ${label.toLowerCase()}`, 'done', {
          decision: decision as ChapterSchedule['decision'],
        }),
    }));
    openMenu(target, `Decide ${chapter.code}`, items);
  }

  function askWhyBlocked(line: Line): void {
    const { code, title, note, schedule } = line;
    const draft = drafts.of('blocked', schedule.id);
    openBlockDialog(element, { code, title, note, draft, onBlock: (reason) => report(line, 'blocked', reason) });
  }

  function lineOf(target: HTMLElement): Line | undefined {
    return model.lines.find(({ id }) => id === target.closest<HTMLElement>('[data-id]')?.dataset.id);
  }

  function showIteration(code: string): void {
    place.set('iteration', code);
    update();
    say(element, `${code} shown.`);
  }

  function onClick(event: Event): void {
    const target = asked(event, element);
    switch (target?.dataset.do) {
      case 'previous':
      case 'following':
      case 'choose-iteration':
        chooseIteration(target, model, showIteration);
        break;
      case 'show': {
        const value = target.dataset.value ?? null;
        place.set('show', place.get('show') === value ? null : value);
        update();
        say(element, `${model.listTitle}: ${model.lines.length} shown.`);
        break;
      }
      case 'replay':
        void replay.open();
        break;
      case 'earlier':
        void replay.goFurther();
        break;
      case 'present':
        replay.close();
        replayButton.focus();
        break;
      case 'why': {
        const line = lineOf(target);
        if (line !== undefined) void openHistory(element, store.view(), line, history);
        break;
      }
      case 'seen':
        digest.dismiss(look());
        break;
      case 'decide':
        decide(target);
        break;
      case 'report': {
        const line = lineOf(target);
        const to = target.dataset.to as Status;
        if (line === undefined) break;
        if (to === 'blocked') askWhyBlocked(line);
        else report(line, to);
        break;
      }
      default:
    }
  }

  element.addEventListener('click', onClick);
  answerAsked(element, (offer) => {
    offer({ title: 'Live', items: [{ label: 'Replay', act: () => void replay.open() }] });
    offer({ title: 'Iterations', items: iterationItems(model, showIteration) });
  });
  const next = frame(update);
  // Leaving ends a look, coming back begins one.
  document.addEventListener('visibilitychange', update);
  const unsubscribe = store.subscribe(next.ask);
  let shownMinute = 0;
  const stopClock = everySecond(() => {
    const minute = serverMinute(deps);
    if (minute !== shownMinute) next.ask();
    shownMinute = minute;
  });
  update();
  const unmountWall = place.get('wall') === null ? () => {} : mountWall(element, deps);
  return () => {
    unmountWall();
    document.removeEventListener('visibilitychange', update);
    stopClock();
    unsubscribe();
    next.cancel();
    element.remove();
  };
}
