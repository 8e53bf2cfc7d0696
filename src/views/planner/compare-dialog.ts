import { sentence } from '../../store/isolated.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import type { Iteration } from '../../store/rows.ts';
import { takenSpan } from '../../store/taken-durations.ts';
import { spanText } from '../../store/times-text.ts';
import { iterationsInOrder } from '../iteration-choice.ts';
import { openListDialog } from '../list-dialog.ts';
import type { Comparing } from './baselines-dialog.ts';
import type { PlanParts } from './plan-parts.ts';

/** The other iterations, to lay one of them behind this one: what a rehearsal really took, beside what is planned now. */
export function openCompare(root: Element, iteration: Iteration, options: PlanParts & Comparing): void {
  const { store, compared, compare } = options;

  function detailOf({ id, window_start, window_end }: Iteration): string {
    const own = [...store.view().rows.chapter_schedules.values()].filter(({ iteration_id }) => iteration_id === id);
    const ended = own.filter((schedule) => takenSpan(schedule) !== null).length;
    const known =
      ended === 0 ? 'as planned' : ended === own.length ? 'as it went' : `as it went in ${ended} of ${own.length}`;
    return `${known} · ${spanText(zoneOf(store.view()), window_start, window_end)}`;
  }

  openListDialog(root, {
    title: `Compare ${iteration.code} with`,
    intro: 'Its window is laid on the start of this one: T+3h stands behind T+3h.',
    store,
    items: () =>
      iterationsInOrder(store.view())
        .filter(({ id }) => id !== iteration.id)
        .map((other) => {
          const isShown = compared() === other.id;
          const label = isShown ? 'Hide' : 'Compare';
          return {
            id: other.id,
            title: sentence`${other.code} ${other.name}`,
            detail: detailOf(other),
            acts: [{ name: 'show', label, act: () => compare(isShown ? null : other.id) }],
          };
        }),
    empty: 'This plan has no other iteration yet.',
    add: null,
  });
}
