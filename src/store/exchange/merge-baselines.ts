/** Baselines of a file: what was planned once, kept beside what is planned now. One that is there already is not doubled. */
import { whyNotPlan } from '../abilities.ts';
import { baselinesOf } from '../baseline.ts';
import type { InsertOp } from '../edit.ts';
import { sentence } from '../isolated.ts';
import { sameValue } from '../merge.ts';
import { insertRow } from '../ops.ts';
import { counted } from '../words.ts';
import type { ImportedBaseline } from './imported.ts';
import type { MergedLine, MergeTarget } from './merge-line.ts';

interface MergedBaselines {
  readonly ops: readonly InsertOp[];
  readonly remarks: readonly string[];
}

export function mergeBaselines(
  baselines: readonly ImportedBaseline[],
  lines: readonly MergedLine[],
  { view, iteration, newId, now }: MergeTarget,
): MergedBaselines {
  const ops: InsertOp[] = [];
  const remarks: string[] = [];
  const ids = new Map(lines.map(({ code, chapterId }) => [code, chapterId]));
  for (const { name, times } of baselines) {
    const byId = [...times].flatMap(([code, [start, end]]): [string, [number, number]][] => {
      const id = ids.get(code);
      return id == null ? [] : [[id, [start, end]]];
    });
    if (byId.length === 0 || iteration === null) continue;
    const row = { iteration_id: iteration.id, name, taken_at: now, times: Object.fromEntries(byId) };
    const own = baselinesOf(view.rows, iteration.id);
    if (own.some((known) => sameValue(known.times, row.times))) continue;
    const reason =
      view.role === 'lead'
        ? whyNotPlan(view, iteration)
        : sentence`Only a lead keeps a baseline: “${name}” is left out.`;
    if (reason !== null) remarks.push(reason);
    else if (own.some((known) => known.name === name)) {
      remarks.push(
        sentence`There is another baseline “${name}” already, which stays as it was taken: the file’s is left out.`,
      );
    } else {
      ops.push(insertRow('baselines', newId(), row));
      remarks.push(sentence`Baseline “${name}” with ${counted(byId.length, 'chapter')} is added.`);
    }
  }
  return { ops, remarks };
}
