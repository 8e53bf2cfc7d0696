import { sentence } from '../../store/isolated.ts';
import { removeRow } from '../../store/ops.ts';
import { addPhase, movePhase } from '../../store/phase-edits.ts';
import { chaptersInOrder, phasesInOrder } from '../../store/plan-order.ts';
import { changeRow, type NamedOps } from '../../store/row-edits.ts';
import type { Phase } from '../../store/rows.ts';
import { usesText } from '../../store/uses.ts';
import { counted } from '../../store/words.ts';
import { openForm } from '../form.ts';
import { type ListAct, openListDialog } from '../list-dialog.ts';
import { keep, mayChange, namedFields, type PlanParts, UNNAMED } from './plan-parts.ts';

export function openNewPhase(root: Element, id: string, parts: PlanParts): void {
  openForm(root, {
    title: 'Add a phase',
    draft: parts.drafts.ofNew('phase'),
    fields: namedFields(UNNAMED),
    action: 'Add phase',
    onAction: ({ code = '', name = '' }) => keep(parts, addPhase(parts.store.view().rows, id, { code, name })),
  });
}

export function openPhaseDialog(root: Element, phase: Phase, parts: PlanParts): void {
  openForm(root, {
    title: `Phase ${phase.code}`,
    draft: parts.drafts.of('phase', phase.id),
    fields: namedFields(phase),
    action: 'Save phase',
    onAction: ({ code = '', name = '' }) =>
      keep(parts, changeRow('phases', `Phase ${phase.code}`, { row: phase, wanted: { code, name } })),
  });
}

/** All phases in their order: add, rename, order, remove where no chapter is in them. */
export function openPhases(root: Element, parts: PlanParts): void {
  const { store, newId, send } = parts;
  const view = () => store.view();

  function actsOn(phase: Phase): readonly ListAct[] {
    if (!mayChange(parts)) return [];
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
      { name: 'change', label: 'Change', act: () => openPhaseDialog(root, phase, parts) },
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
          title: sentence`${phase.code} ${phase.name}`,
          detail: counted(count, 'chapter'),
          acts: actsOn(phase),
        };
      }),
    empty: 'This plan has no phase yet.',
    add: mayChange(parts) ? { label: 'Add a phase', act: () => openNewPhase(root, newId(), parts) } : null,
  });
}
