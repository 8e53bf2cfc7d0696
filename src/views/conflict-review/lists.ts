import { el, setShown, setText } from '../dom.ts';
import { keyed } from '../keyed.ts';
import type { ConflictModel, SettledLine, SoftLine } from './model.ts';

/** Below the open conflicts: what may become one, and what was settled lately. */
export function lineLists() {
  const soft = part('Will need a decision once sent');
  const settled = part('Settled lately');
  const updateSoft = keyed<SoftLine>(
    soft.list,
    ({ id }) => id,
    () => line(({ label, sentence }: SoftLine) => [label, sentence]),
  );
  const updateSettled = keyed<SettledLine>(
    settled.list,
    ({ id }) => id,
    () => line(({ label, how }: SettledLine) => [label, how]),
  );
  return {
    elements: [soft.element, settled.element] as const,
    update(model: ConflictModel) {
      setShown(soft.element, model.predicted.length !== 0);
      setShown(settled.element, model.settled.length !== 0);
      updateSoft(model.predicted);
      updateSettled(model.settled);
    },
  };
}

function part(title: string) {
  const list = el('ul', { class: 'mp-settled' });
  return { list, element: el('section', { class: 'mp-card' }, el('h2', { class: 'mp-card-title' }, title), list) };
}

function line<Item>(words: (item: Item) => readonly [name: string, more: string]) {
  const name = el('span');
  const more = el('span', { class: 'mp-help-text' });
  return {
    element: el('li', {}, name, more),
    update(item: Item) {
      const [nameText, moreText] = words(item);
      setText(name, nameText);
      setText(more, moreText);
    },
  };
}
