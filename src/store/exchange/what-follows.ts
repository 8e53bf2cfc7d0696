/** What changes that were not made yet would mean for one iteration. Pure. */
import type { Op } from '../edit.ts';
import { type Finding, findingsOf, findingText } from '../network/findings.ts';
import { planTimes } from '../network/plan-network.ts';
import { scheduledIn } from '../network/scheduled.ts';
import { zoneOf } from '../plan-zone.ts';
import { previewOf } from '../preview.ts';
import type { Iteration } from '../rows.ts';
import { durationText, shiftText, timeText } from '../times-text.ts';
import type { PlanView, RowMaps } from '../view.ts';
import { counted } from '../words.ts';

export interface WhatFollows {
  /** "Planned to end Sun 29 Mar 18:00 (+2h), 1h past the window. 3 findings more, 1 less." */
  readonly text: string;
  /** What would be found then and is not now, or is less: "CC ends 30m after the window". */
  readonly findings: readonly string[];
}

/** Null where neither the end of the iteration nor what is found in it would be another; `now` in minutes. */
export function whatFollows(
  view: PlanView,
  { iteration, ops, now }: { readonly iteration: Iteration; readonly ops: readonly Op[]; readonly now: number },
): WhatFollows | null {
  const after = previewOf(view, ops).view.rows;
  const then = after.iterations.get(iteration.id) ?? iteration;
  const found = byKey(findingsIn(view.rows, iteration, now));
  const wouldFind = byKey(findingsIn(after, then, now));
  const more = [...wouldFind].filter(([key, { minutes }]) => minutes > (found.get(key)?.minutes ?? -1));
  const gone = [...found.keys()].filter((key) => !wouldFind.has(key)).length;
  const [end, endThen] = [plannedEndIn(view.rows, iteration), plannedEndIn(after, then)];
  if (more.length === 0 && gone === 0 && end === endThen) return null;
  const counts = [
    ...(more.length > 0 ? [`${counted(more.length, 'finding')} more`] : []),
    ...(gone > 0 ? [`${gone} less`] : []),
  ];
  const zone = zoneOf(view);
  const text = [
    ...(endThen === null ? [] : [endWords(zone, then, endThen, end)]),
    ...(counts.length === 0 ? [] : [`${counts.join(', ')}.`]),
  ].join(' ');
  const codeOf = ({ chapterId }: Finding) => after.chapters.get(chapterId)?.code ?? '?';
  return { text, findings: more.map(([, finding]) => `${codeOf(finding)} ${findingText(finding)}`) };
}

function endWords(zone: string, { window_end }: Iteration, end: number, before: number | null): string {
  const shift = before === null || before === end ? '' : ` (${shiftText(end - before)})`;
  const past = end - window_end;
  const words = `Planned to end ${timeText(zone, end)}${shift}`;
  return past > 0 ? `${words}, ${durationText(past)} past the window.` : `${words}.`;
}

/** Null: nothing has times. */
function plannedEndIn(rows: RowMaps, iteration: Iteration): number | null {
  const { schedules } = scheduledIn(rows, iteration);
  return schedules.reduce<number | null>((end, { planned_end }) => Math.max(end ?? planned_end, planned_end), null);
}

function findingsIn(rows: RowMaps, iteration: Iteration, now: number): readonly Finding[] {
  return findingsOf(rows, iteration, planTimes(rows, iteration, now));
}

const byKey = (findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  new Map(findings.map((finding) => [`${finding.chapterId} ${finding.says} ${finding.other}`, finding]));
