/** Adding and ordering phases: for each act its label and its ops. Pure. */
import { insertRow, setFields } from './ops.ts';
import { phasesInOrder } from './plan-order.ts';
import { placeAt } from './positions.ts';
import type { NamedOps } from './row-edits.ts';
import type { Phase } from './rows.ts';
import type { RowMaps } from './view.ts';

/** After all others. */
export function addPhase(
  rows: RowMaps,
  id: string,
  { code, name }: { readonly code: string; readonly name: string },
): NamedOps {
  const phases = phasesInOrder(rows);
  const { position } = placeAt(phases, phases.length);
  return { label: `Add phase ${code}`, ops: [insertRow('phases', id, { code, name, position })] };
}

/** One place up (−1) or down (1); null where there is nowhere to go. */
export function movePhase(rows: RowMaps, phase: Phase, step: 1 | -1): NamedOps | null {
  const phases = phasesInOrder(rows);
  const at = phases.findIndex(({ id }) => id === phase.id) + step;
  if (at < 0 || at >= phases.length) return null;
  const others = phases.filter(({ id }) => id !== phase.id);
  const { position, shifted } = placeAt(others, at);
  return {
    label: `Move phase ${phase.code} ${step < 0 ? 'up' : 'down'}`,
    ops: [
      setFields('phases', phase, { position }),
      ...shifted.map(({ row, position: to }) => setFields('phases', row, { position: to })),
    ],
  };
}
