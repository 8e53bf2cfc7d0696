import type { PlanView } from '../../store/view.ts';
import type { Tab, Unmount, ViewDeps } from '../deps.ts';
import { el, setAttribute, setShown, setText } from '../dom.ts';

export interface TabBar {
  readonly list: HTMLElement;
  readonly panel: HTMLElement;
  readonly open: (name: string) => void;
  readonly update: (view: PlanView) => void;
  readonly unmount: Unmount;
}

/** One tab is mounted at a time; its name is part of the reader's place. Arrows move between tabs, as in every tab list. */
export function tabBar(tabs: readonly Tab[], deps: ViewDeps): TabBar {
  const panel = el('div', { class: 'mp-panel', role: 'tabpanel', id: `mp-panel-${deps.newId()}` });
  const list = el('div', { class: 'mp-tabs', role: 'tablist', 'aria-label': 'Views' });
  const buttons = tabs.map((tab) => tabButton(tab, panel.id));
  list.append(...buttons.map(({ element }) => element));
  let unmountView: Unmount = () => {};
  let current: Tab | undefined;

  function open(name: string): void {
    const tab = tabs.find((candidate) => candidate.name === name) ?? tabs[0];
    if (tab === undefined || tab === current) return;
    unmountView();
    current = tab;
    panel.replaceChildren();
    for (const { element } of buttons) {
      const isChosen = element.dataset.tab === tab.name;
      setAttribute(element, 'aria-selected', String(isChosen));
      setAttribute(element, 'tabindex', isChosen ? 0 : -1);
      if (isChosen) setAttribute(panel, 'aria-labelledby', element.id);
    }
    deps.place.set('tab', tab === tabs[0] ? null : tab.name);
    unmountView = tab.mount(panel, deps);
  }

  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-tab]');
    if (button?.dataset.tab) open(button.dataset.tab);
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
    update: (view) => {
      for (const button of buttons) button.update(view);
    },
    unmount: () => unmountView(),
  };
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
