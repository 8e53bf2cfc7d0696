import { STATUS_WORDS } from '../../store/progress.ts';
import type { Status } from '../../store/rows.ts';
import { TRANSITIONS } from '../../store/schema.ts';
import { dayText } from '../../store/times-text.ts';
import { openMenu } from '../menu.ts';
import { statusShape } from '../status-mark.ts';
import type { PlannerModel } from './model.ts';

const STATUSES: readonly Status[] = ['pending', 'ready', 'running', 'done', 'blocked', 'skipped'];

/** `current` null: several rows, so every status is offered and the server has the last word on each. */
export function statusMenu(anchor: HTMLElement, current: Status | null, onChoose: (status: Status) => void): void {
  const items = STATUSES.map((status) => {
    const isReachable = current === null || status === current || TRANSITIONS[current]?.includes(status) === true;
    return {
      label: STATUS_WORDS[status],
      mark: statusShape(status),
      isChosen: status === current,
      whyNot: isReachable ? null : `not from ${STATUS_WORDS[current].toLowerCase()}`,
      act: () => {
        if (status !== current) onChoose(status);
      },
    };
  });
  openMenu(anchor, 'Status', items);
}

export function iterationMenu(anchor: HTMLElement, model: PlannerModel, onChoose: (code: string) => void): void {
  const items = model.iterations.map(({ id, code, name, window_start, state }) => ({
    label: `${code} – ${name}`,
    hint: state === 'planned' ? dayText(model.zone, window_start) : state,
    isChosen: id === model.iteration?.id,
    act: () => onChoose(code),
  }));
  openMenu(anchor, 'Iterations', items);
}
