/** From a file that was read to what it would do to the plan. Pure: called anew whenever the plan or an answer changes. */

import { zoneOf } from '../plan-zone.ts';
import { problemOf } from '../row-edits.ts';
import type { CellContext } from './cell-time.ts';
import type { Mapping } from './column-mapping.ts';
import type { ImportPlan } from './import-plan.ts';
import { keyOf } from './known-words.ts';
import { mergeFile } from './merge-file.ts';
import type { MergeTarget } from './merge-line.ts';
import { mergePlanFile } from './merge-plan-file.ts';
import type { ReadFile } from './read-file.ts';
import { readProject } from './read-project.ts';
import { readTable } from './read-table.ts';

export interface ImportAnswers {
  /** What the person said of the columns; null: what the header says. */
  readonly mapping?: Mapping | null;
  readonly order?: CellContext['order'];
}

export function previewImport(file: ReadFile, target: MergeTarget, answers: ImportAnswers = {}): ImportPlan {
  const plan = planOf(file, target, answers);
  if (plan.obstacle !== null || plan.ops.length === 0) return plan;
  // Every line was checked by itself; this is what the server will check them together by.
  const problem = problemOf(target.view, plan.ops);
  if (problem === null) return plan;
  return { ...plan, obstacle: `The plan does not take these changes together: ${problem.message}` };
}

function planOf(file: ReadFile, target: MergeTarget, { mapping, order }: ImportAnswers): ImportPlan {
  const { view, iteration, now } = target;
  const zone = zoneOf(view);
  switch (file.kind) {
    case 'plan':
      return mergePlanFile(file.plan, view);
    case 'project':
      return mergeFile(readProject(file.root, { zone }), target);
    case 'table': {
      const codes = new Set([...view.rows.chapters.values()].map(({ code }) => keyOf(code)));
      const table = readTable(file.header, {
        mapping: mapping ?? file.header.mapping,
        order: order ?? null,
        zone,
        windowStart: iteration?.window_start ?? now,
        now,
        isKnown: (code) => codes.has(keyOf(code)),
      });
      return mergeFile({ ...table, remarks: [...file.remarks, ...table.remarks] }, target);
    }
  }
}
