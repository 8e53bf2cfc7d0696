import type { Iteration } from '../store/rows.ts';
import { drawing, el, setAttribute, setShown, setText } from './dom.ts';

export interface IterationChoice {
  readonly iterations: readonly Iteration[];
  readonly iteration: Iteration | null;
  readonly zone: string;
}

const STATE_WORDS = {
  planned: 'Planned',
  frozen: 'Frozen',
  live: 'Live',
  done: 'Done',
  cancelled: 'Cancelled',
} as const;

/** Which iteration is shown, with the one before and after beside it. Its buttons carry `data-do`. */
export function iterationBar() {
  const previous = step('previous', 'Previous iteration', 'M10 4l-4 4l4 4');
  const following = step('following', 'Next iteration', 'M6 4l4 4l-4 4');
  const code = el('strong');
  const name = el('span', { class: 'mp-iteration-name' });
  const choose = el(
    'button',
    { type: 'button', class: 'mp-iteration', 'data-do': 'choose-iteration', 'aria-haspopup': 'menu' },
    code,
    name,
    drawing('mp-icon', 'M4 6l4 4l4-4'),
  );
  const state = el('span', { class: 'mp-lozenge' });
  return {
    element: el('div', { class: 'mp-iteration-choice' }, previous, choose, following, state),
    update({ iterations, iteration }: IterationChoice) {
      const index = iterations.findIndex(({ id }) => id === iteration?.id);
      previous.disabled = index <= 0;
      following.disabled = index < 0 || index >= iterations.length - 1;
      setText(code, iteration?.code ?? 'No iteration');
      setText(name, iteration?.name ?? '');
      setShown(state, iteration !== null);
      setText(state, iteration === null ? '' : STATE_WORDS[iteration.state]);
      setAttribute(state, 'data-state', iteration?.state ?? null);
    },
  };
}

function step(act: string, label: string, path: string): HTMLButtonElement {
  return el(
    'button',
    { type: 'button', class: 'mp-icon-button', 'data-do': act, 'aria-label': label },
    drawing('mp-icon', path),
  );
}
