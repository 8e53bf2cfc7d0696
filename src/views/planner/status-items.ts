import { STATUS_WORDS } from '../../store/progress.ts';
import type { Status } from '../../store/rows.ts';
import { TRANSITIONS } from '../../store/schema.ts';
import type { MenuItem } from '../menu.ts';
import { statusShape } from '../status-mark.ts';

const STATUSES: readonly Status[] = ['pending', 'ready', 'running', 'done', 'blocked', 'skipped'];

/** `current` null: several rows, so every status is offered and the server has the last word on each. */
export function statusItems(current: Status | null, onChoose: (status: Status) => void): readonly MenuItem[] {
  return STATUSES.map((status) => {
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
}
