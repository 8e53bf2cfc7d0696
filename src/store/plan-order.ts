/** Phases, and the chapters of one, in the order in which people have put them. Pure. */
import type { Chapter, Phase } from './rows.ts';
import type { RowMaps } from './view.ts';

export function phasesInOrder({ phases }: RowMaps): readonly Phase[] {
  return [...phases.values()].sort(byPosition);
}

export function chaptersInOrder({ chapters }: RowMaps, phaseId: string): readonly Chapter[] {
  return [...chapters.values()].filter(({ phase_id }) => phase_id === phaseId).sort(byPosition);
}

/** The code decides between two rows that two people put in the same place. */
export function byPosition(a: Phase | Chapter, b: Phase | Chapter): number {
  return a.position - b.position || (a.code < b.code ? -1 : 1);
}
