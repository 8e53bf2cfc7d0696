/** Every file that a plan can leave as. Pure, and from the replica alone: it works with no network. */
import { baselinesOf } from '../baseline.ts';
import { zoneOf } from '../plan-zone.ts';
import type { Iteration } from '../rows.ts';
import type { PlanView } from '../view.ts';
import { writeCalendar } from './calendar-file.ts';
import { fileName } from './file-name.ts';
import { writeProject } from './mspdi-write.ts';
import { writePlanFile } from './plan-file.ts';
import { planLines } from './plan-lines.ts';
import { scheduleFile } from './schedule-table.ts';

export type ExportKind = 'csv' | 'tsv' | 'calendar' | 'project' | 'plan';

export interface ExportFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** `at`: milliseconds. Null where the plan has no iteration to write. */
export function exportFile(
  kind: ExportKind,
  view: PlanView,
  { iteration, at }: { readonly iteration: Iteration | null; readonly at: number },
): ExportFile | null {
  if (kind === 'plan') {
    return { name: fileName(view, null, 'json'), type: 'application/json', text: writePlanFile(view, at) };
  }
  if (iteration === null) return null;
  const lines = planLines(view.rows, iteration.id);
  const zone = zoneOf(view);
  const name = `${view.rows.plans.get(view.planId)?.name ?? ''}: ${iteration.code} ${iteration.name}`;
  switch (kind) {
    case 'csv':
      return { name: fileName(view, iteration.code, 'csv'), type: 'text/csv', text: scheduleFile(lines, zone, ',') };
    case 'tsv':
      return {
        name: fileName(view, iteration.code, 'tsv'),
        type: 'text/tab-separated-values',
        text: scheduleFile(lines, zone, '\t'),
      };
    case 'calendar':
      return {
        name: fileName(view, iteration.code, 'ics'),
        type: 'text/calendar',
        text: writeCalendar(lines, { planId: view.planId, name, at }),
      };
    case 'project': {
      const baselines = baselinesOf(view.rows, iteration.id);
      return {
        name: fileName(view, iteration.code, 'xml'),
        type: 'application/xml',
        text: writeProject(lines, { name, iteration, zone, baselines }),
      };
    }
  }
}
