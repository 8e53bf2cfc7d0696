/** Our project files as another program reads them, and its files as we do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMoment } from '../../src/store/chapter-kind.ts';
import { exportFile } from '../../src/store/exchange/export-files.ts';
import { xmlTime } from '../../src/store/exchange/local-time.ts';
import { planLines } from '../../src/store/exchange/plan-lines.ts';
import { previewImport } from '../../src/store/exchange/preview-import.ts';
import { readFile } from '../../src/store/exchange/read-file.ts';
import { insertRow, setFields } from '../../src/store/ops.ts';
import type { Iteration } from '../../src/store/rows.ts';
import type { PlanView } from '../../src/store/view.ts';
import { applied, demoView, iterationOf } from '../../src/testing/demo-view.ts';
import { importedId, importNight, RUN } from '../../src/testing/import-night.ts';
import { at } from '../../src/testing/sample-view.ts';
import { meetStranger, type Stranger } from './stranger.ts';

let stranger: Stranger;
beforeAll(async () => {
  stranger = await meetStranger();
});
afterAll(() => stranger?.close());

const demo = demoView();

/** DR2 of the demo plan with what a plan can have: texts that break things, lags, done chapters, and three baselines. */
function richView(): PlanView {
  const lines = planLines(demo.rows, iterationOf(demo, 'DR2').id);
  const [first, second, third] = lines;
  if (!first || !second || !third) throw new Error('three chapters');
  const { planned_start: start, planned_end: end } = first.schedule;
  const times = (minutes: number) =>
    Object.fromEntries(
      lines.map(({ chapter, schedule }) => [
        chapter.id,
        [schedule.planned_start - minutes, schedule.planned_end - minutes],
      ]),
    );
  const baseline = (number: number, chapters: ReturnType<typeof times>) =>
    insertRow('baselines', importedId(), {
      iteration_id: iterationOf(demo, 'DR2').id,
      name: `Version ${number}`,
      taken_at: 30_000_000 + number,
      times: chapters,
    } as never);
  return applied(demo, [
    setFields('chapters', first.chapter, { title: 'Stop <b>“feeds”</b> & é 😀 ]]>' }),
    setFields('chapter_schedules', first.schedule, {
      status: 'done',
      actual_start: start + 3,
      actual_end: end + 7,
      note: 'Two lines,\nand <more> & more.',
    }),
    setFields('chapter_schedules', second.schedule, { fixed_start: true }),
    // The night in which clocks go back: five hours from midnight to four.
    setFields('chapter_schedules', third.schedule, {
      planned_start: at('2026-10-24T22:00Z'),
      planned_end: at('2026-10-25T03:00Z'),
    }),
    insertRow('dependencies', importedId(), {
      predecessor_id: second.chapter.id,
      successor_id: lines.at(-1)?.chapter.id ?? '',
      kind: 'FF',
      lag_minutes: -95,
    }),
    ...[0, 1, 2].map((number) =>
      baseline(number, number === 2 ? pick(times(60), third.chapter.id) : times(number * 15)),
    ),
  ]);
}

function pick<T>(of: { readonly [key: string]: T }, key: string): { readonly [key: string]: T } {
  return Object.fromEntries(Object.entries(of).filter(([one]) => one === key));
}

function project(view: PlanView, iteration: Iteration): string {
  const file = exportFile('project', view, { iteration, at: 1_800_000_000_000 });
  if (file === null) throw new Error('there is an iteration');
  return file.text;
}

const TYPES = { FS: 'FINISH_START', SS: 'START_START', FF: 'FINISH_FINISH' } as const;
/** As it tells times: without seconds. */
const local = (zone: string, instant: number) => xmlTime(zone, instant).replace(/:00$/, '');

test.each(['RUN1', 'RUN3', 'DR1', 'DR2', 'CUTOVER'])('it reads %s as it is planned', async (code) => {
  const view = code === 'DR2' ? richView() : demo;
  const iteration = iterationOf(view, code);
  const zone = view.rows.plans.get(view.planId)?.time_zone ?? '';
  const lines = planLines(view.rows, iteration.id);
  const read = await stranger.read(project(view, iteration));
  expect(read).toMatchObject({ calendar: '24 Hours', week_minutes: 7 * 1440 });
  expect(read.name).toContain(iteration.code);
  const tasks = read.tasks.filter(({ is_summary }) => !is_summary);
  const codeOf = new Map(tasks.map(({ uid, texts }) => [uid, texts[0]]));
  const baselines = [...view.rows.baselines.values()]
    .filter(({ iteration_id }) => iteration_id === iteration.id)
    .sort((a, b) => a.taken_at - b.taken_at);
  expect(
    tasks.map(
      ({ uid: _, outline: _outline, texts, links, notes, constraint: _constraint, percent: _percent, ...task }) => ({
        ...task,
        code: texts[0],
        notes: notes.replaceAll('\r\n', '\n'),
        links: links.map(([uid, type, lag]) => `${codeOf.get(uid)} ${type} ${lag}`).sort(),
      }),
    ),
  ).toEqual(
    lines.map(({ chapter, phase, schedule, links }) => ({
      name: chapter.title,
      code: chapter.code,
      parent: phase.name,
      is_summary: false,
      is_milestone: isMoment(chapter.kind) || schedule.planned_end === schedule.planned_start,
      start: local(zone, schedule.planned_start),
      finish: local(zone, schedule.planned_end),
      minutes: schedule.planned_end - schedule.planned_start,
      actual_start: schedule.actual_start === null ? null : local(zone, schedule.actual_start),
      actual_finish: schedule.actual_end === null ? null : local(zone, schedule.actual_end),
      notes: schedule.note,
      links: links.map(({ predecessor, kind, lag }) => `${predecessor.code} ${TYPES[kind]} ${lag}`).sort(),
      baselines: baselines.flatMap(({ times }, number) => {
        const [start, end] = times[chapter.id] ?? [];
        return start === undefined || end === undefined
          ? []
          : [[number, local(zone, start), local(zone, end), end - start]];
      }),
    })),
  );
  const phases = read.tasks.filter(({ is_summary }) => is_summary);
  expect(phases.map(({ name }) => name)).toEqual([...new Set(lines.map(({ phase }) => phase.name))]);
  for (const { name, start, finish } of phases) {
    const own = tasks.filter(({ parent }) => parent === name);
    expect([start, finish]).toEqual([
      own.map((one) => one.start).sort()[0],
      own
        .map((one) => one.finish)
        .sort()
        .at(-1),
    ]);
  }
});

test('what it saves of our file changes nothing in our plan', async () => {
  const view = richView();
  const iteration = iterationOf(view, 'DR2');
  const preview = previewImport(readFile(await stranger.rewrite(project(view, iteration))), {
    view,
    iteration,
    newId: importedId,
    now: 30_000_000,
  });
  expect(preview.lines.filter(({ verdict }) => verdict !== 'unchanged')).toEqual([]);
  expect(preview.ops).toEqual([]);
});

test('we read a project of its own, and say what a plan has no place for', async () => {
  const view = importNight;
  const preview = previewImport(readFile(await stranger.write()), {
    view,
    iteration: view.rows.iterations.get(RUN) ?? null,
    newId: importedId,
    now: 30_000_000,
  });
  const made = applied(view, preview.ops);
  const lines = planLines(made.rows, RUN);
  const zone = 'Europe/Zurich';
  expect(
    lines.map(({ chapter, phase, schedule, team, links }) => ({
      title: chapter.title,
      kind: chapter.kind,
      phase: phase.name,
      start: local(zone, schedule.planned_start),
      minutes: schedule.planned_end - schedule.planned_start,
      fixed: schedule.fixed_start,
      status: schedule.status,
      actual: [schedule.actual_start, schedule.actual_end].map((one) => (one === null ? null : local(zone, one))),
      note: schedule.note,
      team: team?.name,
      links: links.map(({ predecessor, kind, lag }) => `${predecessor.title} ${kind} ${lag}`),
    })),
  ).toEqual([
    {
      ...PLAIN,
      title: 'Stop feeds & <interfaces>',
      phase: 'Stop',
      start: '2027-03-05T22:00',
      minutes: 45,
      status: 'done',
      actual: ['2027-03-05T22:05', '2027-03-05T22:55'],
    },
    {
      ...PLAIN,
      title: 'Freeze “accounts”',
      phase: 'Stop',
      kind: 'milestone',
      start: '2027-03-05T23:00',
      minutes: 0,
      links: ['Stop feeds & <interfaces> FS 15'],
    },
    {
      ...PLAIN,
      title: 'Load positions',
      start: '2027-03-06T00:15',
      minutes: 26 * 60,
      fixed: true,
      note: 'Two lines,\nand an é.',
      team: 'DBA',
      links: ['Freeze “accounts” SS 75'],
    },
    { ...PLAIN, title: 'Check totals', start: '2027-03-07T03:00', minutes: 90, links: ['Load positions FF -30'] },
    { ...PLAIN, title: 'Tell the branches', start: '2027-03-07T05:00', minutes: 30 },
  ]);
  expect(preview.lines.flatMap(({ problems }) => problems)).toEqual([
    'Its link to “Check totals” goes from a start to a finish, which plans here do not have.',
  ]);
  expect(preview.remarks).toContain('Summary tasks inside of phases are no rows here: Positions.');
  const titles = new Map(lines.map(({ chapter }) => [chapter.id, chapter.title]));
  expect(
    [...made.rows.baselines.values()].map(({ name, times }) => [
      name,
      Object.entries(times).map(([id, [start, end]]) => [titles.get(id), local(zone, start), local(zone, end)]),
    ]),
  ).toEqual([
    [
      'Baseline',
      [
        ['Stop feeds & <interfaces>', '2027-03-05T21:30', '2027-03-05T22:15'],
        ['Load positions', '2027-03-05T23:45', '2027-03-07T01:45'],
      ],
    ],
    [
      'Baseline 2',
      [
        ['Stop feeds & <interfaces>', '2027-03-05T21:00', '2027-03-05T21:45'],
        ['Load positions', '2027-03-05T23:15', '2027-03-07T01:15'],
      ],
    ],
  ]);
});

/** What most of its tasks are. */
const PLAIN = {
  phase: 'Load',
  kind: 'work',
  fixed: false,
  status: 'pending',
  note: '',
  team: undefined,
  actual: [null, null],
  links: [],
};
