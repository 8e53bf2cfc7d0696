import type { PlanView, SyncState } from '../../store/view.ts';
import type { Tab, Unmount, ViewDeps } from '../deps.ts';
import { afterPaint, asked, el, later, setAttribute, setShown, setText } from '../dom.ts';
import { firstReading } from './first-reading.ts';

export interface TabBar {
  readonly list: HTMLElement;
  readonly panel: HTMLElement;
  readonly open: (name: string) => void;
  readonly update: (view: PlanView, sync: SyncState) => void;
  readonly unmount: Unmount;
}

/**
 * One tab is mounted at a time; its name is part of the reader's place. Arrows move between tabs, as in every tab list.
 * Until the plan is on this device a line says so in place of every view. `onSight` is told once, when the first view was painted.
 */
export function tabBar(tabs: readonly Tab[], deps: ViewDeps, onSight: () => void): TabBar {
  const panel = el('div', { class: 'mp-panel', role: 'tabpanel', id: `mp-panel-${deps.newId()}` });
  const list = el('div', { class: 'mp-tabs', role: 'tablist', 'aria-label': 'Views' });
  const buttons = tabs.map((tab) => tabButton(tab, panel.id));
  list.append(...buttons.map(({ element }) => element));
  let unmountView: Unmount = () => {};
  let current: Tab | undefined;
  let openings = 0;
  const reading = el('p', { class: 'mp-notice', role: 'status' });
  let tellIsHere = () => {};
  const isHere = new Promise<void>((resolve) => {
    tellIsHere = resolve;
  });

  function open(name: string): void {
    const tab = tabs.find((candidate) => candidate.name === name) ?? tabs[0];
    if (tab === undefined || tab === current) return;
    unmountView();
    unmountView = () => {};
    current = tab;
    for (const { element } of buttons) {
      const isChosen = element.dataset.tab === tab.name;
      setAttribute(element, 'aria-selected', String(isChosen));
      setAttribute(element, 'tabindex', isChosen ? 0 : -1);
      if (isChosen) setAttribute(panel, 'aria-labelledby', element.id);
    }
    deps.place.set('tab', tab === tabs[0] ? null : tab.name);
    void show(tab);
  }

  /** Mounts the view once its code is here, unless the reader has gone on to another by then. */
  async function show({ title, load }: Tab): Promise<void> {
    openings += 1;
    const opening = openings;
    panel.replaceChildren(...(deps.store.view().rev === 0 ? [reading] : []));
    const callOff = later(LOADING_SHOWN_MS, () => {
      if (!reading.isConnected) panel.append(el('p', { class: 'mp-notice' }, `Opening ${title} …`));
    });
    try {
      const [mount] = await Promise.all([load(), isHere]);
      if (opening !== openings) return;
      panel.replaceChildren();
      unmountView = mount(panel, deps);
      fetchOthers();
    } catch (error) {
      console.error(`The code of ${title} could not be fetched:`, error);
      if (opening === openings) panel.replaceChildren(notFetched(title));
    } finally {
      callOff();
    }
  }

  /** Once the first view was seen the others are fetched too, so that they open when the network is gone. */
  let isFetchingOthers = false;
  function fetchOthers(): void {
    if (isFetchingOthers) return;
    isFetchingOthers = true;
    afterPaint(() => {
      onSight();
      // One that fails is fetched again when it is opened, and the reader is told then.
      for (const { load } of tabs) load().catch(() => {});
    });
  }

  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-tab]');
    if (button?.dataset.tab) open(button.dataset.tab);
  });
  panel.addEventListener('click', (event) => {
    if (current !== undefined && asked(event, panel)?.dataset.do === 'fetch-view') void show(current);
  });
  list.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || current === undefined) return;
    event.preventDefault();
    const next = buttons[(tabs.indexOf(current) + step + tabs.length) % tabs.length];
    next?.element.focus();
    next?.element.click();
  });

  return {
    list,
    panel,
    open,
    update: (view, sync) => {
      if (view.rev > 0) tellIsHere();
      else setText(reading, firstReading(sync));
      for (const button of buttons) button.update(view);
    },
    unmount() {
      openings += 1;
      unmountView();
    },
  };
}

/** A view that is here within this time comes without a word about it. */
const LOADING_SHOWN_MS = 300;

function notFetched(title: string): HTMLElement {
  return el(
    'div',
    { class: 'mp-notice', role: 'alert' },
    el(
      'p',
      {},
      `${title} was not opened yet on this page, and its code cannot be fetched now: there is no network, or the server has a newer version, which a reload brings. Nothing that was typed is lost by it.`,
    ),
    el('button', { type: 'button', class: 'mp-button', 'data-tone': 'primary', 'data-do': 'fetch-view' }, 'Try again'),
    el('button', { type: 'button', class: 'mp-button', 'data-do': 'reload' }, 'Reload'),
  );
}

function tabButton({ name, title, badge }: Tab, panelId: string) {
  const number = el('span');
  const count = el('span', { class: 'mp-badge', hidden: true }, number, el('span', { class: 'mp-unseen' }, ' waiting'));
  const element = el(
    'button',
    {
      type: 'button',
      class: 'mp-tab',
      role: 'tab',
      id: `${panelId}-${name}`,
      'data-tab': name,
      'aria-controls': panelId,
    },
    title,
    count,
  );
  return {
    element,
    update(view: PlanView) {
      const waiting = badge?.(view) ?? 0;
      setShown(count, waiting !== 0);
      setText(number, String(waiting));
    },
  };
}
