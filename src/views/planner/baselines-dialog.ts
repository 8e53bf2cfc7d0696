import { baselinesOf, takeBaseline } from '../../store/baseline.ts';
import { sentence } from '../../store/isolated.ts';
import { removeRow } from '../../store/ops.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import type { Baseline, Iteration } from '../../store/rows.ts';
import { scheduleId } from '../../store/rows.ts';
import { timeText } from '../../store/times-text.ts';
import { counted } from '../../store/words.ts';
import { openForm } from '../form.ts';
import { type ListAct, openListDialog } from '../list-dialog.ts';
import { keep, mayChange, type PlanParts } from './plan-parts.ts';

export interface Comparing {
  /** Id of the baseline that is shown; null: none. */
  readonly compared: () => string | null;
  readonly compare: (baseline: string | null) => void;
}

/** The baselines of an iteration: everybody compares with one; a lead takes and removes them. */
export function openBaselines(root: Element, iteration: Iteration, options: PlanParts & Comparing): void {
  const { store, newId, drafts, now, send, compared, compare } = options;

  function take(): void {
    const id = newId();
    openForm(root, {
      title: `Take a baseline of ${iteration.code}`,
      draft: drafts.ofNew('baseline', iteration.id),
      intro: 'Keeps the planned times as they are now, to compare with later.',
      fields: [{ name: 'name', label: 'Name', kind: 'line', value: '', hint: 'Such as: as approved.' }],
      action: 'Take baseline',
      onAction({ name = '' }) {
        return keep(options, takeBaseline(store.view().rows, iteration, { name, now: now(), newId: id }));
      },
    });
  }

  function actsOn(baseline: Baseline): readonly ListAct[] {
    const isShown = compared() === baseline.id;
    const show = {
      name: 'show',
      label: isShown ? 'Hide' : 'Compare',
      act: () => compare(isShown ? null : baseline.id),
    };
    const label = sentence`Remove baseline “${baseline.name}” of ${iteration.code}`;
    const remove = {
      name: 'remove',
      label: 'Remove',
      act: () => send({ label, ops: [removeRow('baselines', baseline)] }),
    };
    return mayChange(options) ? [show, remove] : [show];
  }

  /** `Fri 27 Nov 23:10 · 53 chapters, 4 of them elsewhere now` */
  function detailOf({ taken_at, times }: Baseline): string {
    const { chapter_schedules } = store.view().rows;
    const all = Object.entries(times);
    const moved = all.filter(([chapter, [start, end]]) => {
      const row = chapter_schedules.get(scheduleId(iteration.id, chapter));
      return row?.planned_start !== start || row.planned_end !== end;
    }).length;
    const count = counted(all.length, 'chapter');
    return `${timeText(zoneOf(store.view()), taken_at)} · ${count}, ${moved === 0 ? 'all where they were' : `${moved} of them elsewhere now`}`;
  }

  openListDialog(root, {
    title: `Baselines of ${iteration.code}`,
    store,
    items: () =>
      baselinesOf(store.view().rows, iteration.id).map((baseline) => ({
        id: baseline.id,
        title: baseline.name,
        detail: detailOf(baseline),
        acts: actsOn(baseline),
      })),
    empty: `${iteration.code} has no baseline yet.`,
    add: mayChange(options) ? { label: 'Take a baseline', act: take } : null,
  });
}
