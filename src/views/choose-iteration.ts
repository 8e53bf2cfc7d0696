import { sentence } from '../store/isolated.ts';
import { dayText } from '../store/times-text.ts';
import type { IterationChoice } from './iteration-bar.ts';
import { type MenuItem, openMenu } from './menu.ts';

/** Answers a click on one of the bar's buttons: calls back with the code of the iteration that the reader chose. */
export function chooseIteration(target: HTMLElement, choice: IterationChoice, onChoose: (code: string) => void): void {
  const { iterations, iteration } = choice;
  const index = iterations.findIndex(({ id }) => id === iteration?.id);
  const beside = iterations[index + (target.dataset.do === 'previous' ? -1 : 1)];
  if (target.dataset.do !== 'choose-iteration') {
    if (beside !== undefined) onChoose(beside.code);
    return;
  }
  openMenu(target, 'Iterations', iterationItems(choice, onChoose));
}

export function iterationItems(choice: IterationChoice, onChoose: (code: string) => void): readonly MenuItem[] {
  return choice.iterations.map(({ id, code, name, window_start, state }) => ({
    label: sentence`${code} – ${name}`,
    hint: state === 'planned' ? dayText(choice.zone, window_start) : state,
    isChosen: id === choice.iteration?.id,
    act: () => onChoose(code),
  }));
}
