/** What a plan leaves as comes back into it without a difference, however odd its codes, titles and times are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applied, iterationOf } from '../../testing/demo-view.ts';
import { importedId, importNight, RUN } from '../../testing/import-night.ts';
import { oddPlans } from '../../testing/odd-plans.ts';
import { at } from '../../testing/sample-view.ts';
import { insertRow, removeRow, setFields } from '../ops.ts';
import { zoneOf } from '../plan-zone.ts';
import { scheduleId } from '../rows.ts';
import type { PlanView } from '../view.ts';
import { exportFile } from './export-files.ts';
import { planLines } from './plan-lines.ts';
import { previewImport } from './preview-import.ts';
import { readFile } from './read-file.ts';
import { scheduleClip } from './schedule-table.ts';

const KINDS = ['csv', 'tsv', 'clip', 'project', 'plan'] as const;

function written(kind: (typeof KINDS)[number], view: PlanView): string {
  const iteration = iterationOf(view, 'RUN1');
  if (kind === 'clip') return scheduleClip(planLines(view.rows, iteration.id), zoneOf(view)).text;
  const file = exportFile(kind, view, { iteration, at: 1_800_000_000_000 });
  if (file === null) throw new Error('there is an iteration');
  return file.text;
}

const imported = (text: string, view: PlanView) =>
  previewImport(readFile(text), {
    view,
    iteration: iterationOf(view, 'RUN1'),
    newId: importedId,
    now: at('2026-11-24T13:30Z'),
  });

describe.each(KINDS)('a plan as %s', (kind) => {
  test('comes back without a difference', () => {
    fc.assert(
      fc.property(oddPlans, (view) => {
        const plan = imported(written(kind, view), view);
        expect(plan.lines.filter(({ verdict }) => verdict !== 'unchanged')).toEqual([]);
        expect([plan.remarks, plan.ops]).toEqual([[], []]);
      }),
      { numRuns: 60 },
    );
  });

  test('comes back with the one change that was made to it', () => {
    fc.assert(
      fc.property(oddPlans, fc.nat(), (view, which) => {
        const all = [...view.rows.chapter_schedules.values()];
        const one = all[which % all.length];
        if (one === undefined) throw new Error('a chapter is scheduled');
        const changed = applied(view, [setFields('chapter_schedules', one, { planned_end: one.planned_end + 45 })]);
        const plan = imported(written(kind, changed), view);
        expect(plan.lines.filter(({ verdict }) => verdict === 'rejected')).toEqual([]);
        const [op, ...others] = plan.ops;
        expect(others).toEqual([]);
        expect(op).toMatchObject({ op: 'set', id: one.id, set: { planned_end: one.planned_end + 45 } });
      }),
      { numRuns: 30 },
    );
  });
});

const CHAPTERS = { AB: importedId(), ab: importedId(), B: importedId(), 'A, B': importedId() };
const PHASES = [
  ['Early', importedId()],
  ['Late', importedId()],
] as const;

/** Chapters AB and ab in the first phase, B in the second, all waited for by "A, B", which is in the first. */
const night = applied(importNight, [
  ...PHASES.map(([code, id], position) => insertRow('phases', id, { code, name: code, position })),
  ...(['AB', 'ab', 'B', 'A, B'] as const).map((code, position) =>
    insertRow('chapters', CHAPTERS[code], {
      ...{ code, title: code, position },
      phase_id: PHASES[code === 'B' ? 1 : 0][1],
    }),
  ),
  ...(['AB', 'B', 'A, B'] as const).map((code) =>
    insertRow('chapter_schedules', scheduleId(RUN, CHAPTERS[code]), {
      ...{ chapter_id: CHAPTERS[code], iteration_id: RUN },
      planned_start: at('2026-03-28T20:00Z'),
      planned_end: at('2026-03-28T21:00Z'),
    }),
  ),
  ...(['AB', 'ab', 'B'] as const).map((code) =>
    insertRow('dependencies', importedId(), {
      predecessor_id: CHAPTERS[code],
      successor_id: CHAPTERS['A, B'],
      kind: 'SS',
      lag_minutes: -90,
    }),
  ),
]);

test('codes that differ in case only are two chapters, in a plan and in a file', () => {
  const both = 'Code,Task,Start,End\nAB,One,22:15,23:00\nab,Two,22:15,23:00\n';
  const changed = imported(both, night);
  expect(changed.lines.map(({ code, verdict, problems }) => [code, verdict, problems])).toEqual([
    ['AB', 'changed', []],
    ['ab', 'changed', []],
  ]);
  const added = imported(both, importNight);
  expect(added.lines.map(({ code, verdict }) => [code, verdict])).toEqual([
    ['AB', 'added'],
    ['ab', 'added'],
  ]);
  applied(importNight, added.ops);
});

test('a code in another case means the chapter that is the only one like it, once', () => {
  const plan = imported('Code,Task\nb,Two\nB ,Three\n', night);
  expect(plan.lines.map(({ code, verdict }) => [code, verdict])).toEqual([
    ['b', 'added'],
    ['B', 'changed'],
  ]);
  const alone = imported('Code,Task\nb,Two\n"a,  b",Three\n', night);
  expect(alone.lines.map(({ code, verdict }) => [code, verdict])).toEqual([
    ['b', 'changed'],
    ['a, b', 'changed'],
  ]);
});

test.each(KINDS)('%s keeps links to later phases, to what the iteration has not, and to codes with commas', (kind) => {
  expect(imported(written(kind, night), night).ops).toEqual([]);
  const without = applied(
    night,
    [...night.rows.dependencies.values()]
      .filter(({ predecessor_id }) => predecessor_id === CHAPTERS.B)
      .map((link) => removeRow('dependencies', link)),
  );
  const ops = imported(written(kind, night), without).ops;
  expect(ops).toMatchObject([{ op: 'insert', row: { predecessor_id: CHAPTERS.B, kind: 'SS', lag_minutes: -90 } }]);
});
