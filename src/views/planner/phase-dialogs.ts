import { whyNotStructure } from '../../store/abilities.ts';
import { removeRow } from '../../store/ops.ts';
import { addPhase, movePhase } from '../../store/phase-edits.ts';
import { chaptersInOrder, phasesInOrder } from '../../store/plan-order.ts';
import { changeRow, type NamedOps, problemOf } from '../../store/row-edits.ts';
import type { Phase } from '../../store/rows.ts';
import { usesText } from '../../store/uses.ts';
import type { PlanStore, PlanView } from '../../store/view.ts';
import { type FormField, openForm } from '../form.ts';
import { type ListAct, openListDialog } from '../list-dialog.ts';

export interface PhaseOptions {
  readonly view: () => PlanView;
  readonly onAct: (act: NamedOps) => void;
}

export function openNewPhase(root: Element, id: string, { view, onAct }: PhaseOptions): void {
  openForm(root, {
    title: 'Add a phase',
    fields: fieldsOf({ code: '', name: '' }),
    action: 'Add phase',
    onAction(values) {
      const { code = '', name = '' } = values;
      const act = addPhase(view().rows, id, { code: code.trim(), name: name.trim() });
      const problem = problemOf(view(), act.ops);
      if (problem === null) onAct(act);
      return problem;
    },
  });
}

export function openPhaseDialog(root: Element, phase: Phase, { view, onAct }: PhaseOptions): void {
  openForm(root, {
    title: `Phase ${phase.code}`,
    fields: fieldsOf(phase),
    action: 'Save phase',
    onAction({ code = '', name = '' }) {
      const wanted = { code: code.trim(), name: name.trim() };
      const act = changeRow('phases', `Phase ${phase.code}`, { row: phase, wanted });
      const problem = act && problemOf(view(), act.ops);
      if (act !== null && problem === null) onAct(act);
      return problem;
    },
  });
}

function fieldsOf({ code, name }: Pick<Phase, 'code' | 'name'>): readonly FormField[] {
  return [
    { name: 'code', label: 'Code', kind: 'line', value: code },
    { name: 'name', label: 'Name', kind: 'line', value: name },
  ];
}

export interface PhasesOptions {
  readonly store: PlanStore;
  readonly newId: () => string;
  readonly send: (act: NamedOps) => void;
}

/** All phases in their order: add, rename, order, remove where no chapter is in them. */
export function openPhases(root: Element, { store, newId, send }: PhasesOptions): void {
  const view = () => store.view();
  const options = { view, onAct: send };

  function actsOn(phase: Phase): readonly ListAct[] {
    if (whyNotStructure(view()) !== null) return [];
    const move = (step: 1 | -1) => movePhase(view().rows, phase, step);
    const used = usesText(view(), 'phases', phase.id);
    const order = (step: 1 | -1, label: string): ListAct => ({
      name: label.toLowerCase(),
      label,
      whyNot: move(step) === null ? `it is the ${step < 0 ? 'first' : 'last'}.` : null,
      act: () => send(move(step) as NamedOps),
    });
    return [
      order(-1, 'Up'),
      order(1, 'Down'),
      { name: 'change', label: 'Change', act: () => openPhaseDialog(root, phase, options) },
      {
        name: 'remove',
        label: 'Remove',
        whyNot: used === '' ? null : `${used}. Move or remove its chapters first.`,
        act: () => send({ label: `Remove phase ${phase.code}`, ops: [removeRow('phases', phase)] }),
      },
    ];
  }

  openListDialog(root, {
    title: 'Phases',
    store,
    items: () =>
      phasesInOrder(view().rows).map((phase) => {
        const count = chaptersInOrder(view().rows, phase.id).length;
        return {
          id: phase.id,
          title: `${phase.code} ${phase.name}`,
          detail: count === 1 ? '1 chapter' : `${count} chapters`,
          acts: actsOn(phase),
        };
      }),
    empty: 'This plan has no phase yet.',
    add:
      whyNotStructure(view()) === null
        ? { label: 'Add a phase', act: () => openNewPhase(root, newId(), options) }
        : null,
  });
}
