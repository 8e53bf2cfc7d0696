/** Baselines: the planned times of an iteration as they once were, to compare with. Pure. */
import { sentence } from './isolated.ts';
import { insertRow } from './ops.ts';
import type { NamedOps } from './row-edits.ts';
import type { Baseline, Iteration } from './rows.ts';
import type { RowMaps } from './view.ts';

/** `now` in minutes. */
export function takeBaseline(
  rows: RowMaps,
  { id, code }: Iteration,
  { name, now, newId }: { readonly name: string; readonly now: number; readonly newId: string },
): NamedOps {
  const times: Record<string, readonly [number, number]> = {};
  for (const { iteration_id, chapter_id, planned_start, planned_end } of rows.chapter_schedules.values()) {
    if (iteration_id === id && rows.chapters.has(chapter_id)) times[chapter_id] = [planned_start, planned_end];
  }
  const row = { iteration_id: id, name, taken_at: now, times };
  return { label: sentence`Baseline “${name}” of ${code}`, ops: [insertRow('baselines', newId, row)] };
}

/** The newest first. */
export function baselinesOf({ baselines }: RowMaps, iterationId: string): readonly Baseline[] {
  return [...baselines.values()]
    .filter(({ iteration_id }) => iteration_id === iterationId)
    .sort((a, b) => b.taken_at - a.taken_at || (a.name < b.name ? -1 : 1));
}
