import { whyNotStructure } from '../../store/abilities.ts';
import { baselinesOf, takeBaseline } from '../../store/baseline.ts';
import { removeRow } from '../../store/ops.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { type NamedOps, problemOf } from '../../store/row-edits.ts';
import type { Baseline, Iteration } from '../../store/rows.ts';
import { scheduleId } from '../../store/rows.ts';
import { timeText } from '../../store/times-text.ts';
import type { PlanStore } from '../../store/view.ts';
import { openForm } from '../form.ts';
import { type ListAct, openListDialog } from '../list-dialog.ts';

export interface BaselinesOptions {
  readonly store: PlanStore;
  readonly newId: () => string;
  /** Server time, minutes. */
  readonly now: () => number;
  readonly send: (act: NamedOps) => void;
  /** Id of the baseline that is shown; null: none. */
  readonly compared: () => string | null;
  readonly compare: (baseline: string | null) => void;
}

/** The baselines of an iteration: everybody compares with one; a lead takes and removes them. */
export function openBaselines(root: Element, iteration: Iteration, options: BaselinesOptions): void {
  const { store, newId, now, send, compared, compare } = options;
  const mayChange = () => whyNotStructure(store.view()) === null;

  function take(): void {
    const id = newId();
    openForm(root, {
      title: `Take a baseline of ${iteration.code}`,
      intro: 'Keeps the planned times as they are now, to compare with later.',
      fields: [{ name: 'name', label: 'Name', kind: 'line', value: '', hint: 'Such as: as approved.' }],
      action: 'Take baseline',
      onAction({ name = '' }) {
        const act = takeBaseline(store.view().rows, iteration, { name: name.trim(), now: now(), newId: id });
        const problem = problemOf(store.view(), act.ops);
        if (problem === null) send(act);
        return problem;
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
    const label = `Remove baseline “${baseline.name}” of ${iteration.code}`;
    const remove = {
      name: 'remove',
      label: 'Remove',
      act: () => send({ label, ops: [removeRow('baselines', baseline)] }),
    };
    return mayChange() ? [show, remove] : [show];
  }

  /** `Fri 27 Nov 23:10 · 53 chapters, 4 of them elsewhere now` */
  function detailOf({ taken_at, times }: Baseline): string {
    const { chapter_schedules } = store.view().rows;
    const all = Object.entries(times);
    const moved = all.filter(([chapter, [start, end]]) => {
      const row = chapter_schedules.get(scheduleId(iteration.id, chapter));
      return row?.planned_start !== start || row.planned_end !== end;
    }).length;
    const count = all.length === 1 ? '1 chapter' : `${all.length} chapters`;
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
    add: mayChange() ? { label: 'Take a baseline', act: take } : null,
  });
}
