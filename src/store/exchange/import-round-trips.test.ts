/** What leaves a plan comes back as the same plan, whichever way it goes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applied, contents, demoView, emptyView, iterationOf } from '../../testing/demo-view.ts';
import { importedId } from '../../testing/import-night.ts';
import { at } from '../../testing/sample-view.ts';
import type { Op } from '../edit.ts';
import { insertRow, setFields } from '../ops.ts';
import type { Fields, Iteration } from '../rows.ts';
import type { PlanView } from '../view.ts';
import { offsetAt } from '../zone.ts';
import { type ExportKind, exportFile } from './export-files.ts';
import { PLAN_TABLES } from './plan-file.ts';
import { planLines } from './plan-lines.ts';
import { previewImport } from './preview-import.ts';
import { readFile } from './read-file.ts';

const demo = demoView();
const dr2 = iterationOf(demo, 'DR2');
const EMPTY = {
  id: '10000000-0000-4000-8000-0000000000ee',
  code: 'NEW',
  name: 'Another plan',
  time_zone: 'Europe/Zurich',
};

const written = (kind: ExportKind, view: PlanView) => {
  const file = exportFile(kind, view, { iteration: iterationOf(view, 'DR2'), at: 1_800_000_000_000 });
  if (file === null) throw new Error('there is an iteration');
  return file.text;
};

const imported = (text: string, view: PlanView) => {
  const iteration = [...view.rows.iterations.values()].find(({ code }) => code === 'DR2') ?? null;
  return previewImport(readFile(text), { view, iteration, newId: importedId, now: at('2026-11-24T13:30Z') });
};

/** Rows as people know them, whatever their ids: what a table and a project carry. */
function told(view: PlanView) {
  return planLines(view.rows, iterationOf(view, 'DR2').id).map(({ schedule, chapter, phase, team, site, links }) => {
    const { id: _, rev: _rev, chapter_id, iteration_id, ...times } = schedule;
    return {
      ...times,
      code: chapter.code,
      title: chapter.title,
      kind: chapter.kind,
      labels: chapter.labels,
      phase: phase.name,
      team: team?.code,
      site: site?.code,
      links: links.map(({ predecessor, kind, lag }) => `${predecessor.code} ${kind} ${lag}`),
    };
  });
}

/** A plan with nothing but the iterations and sites that tables do not carry. */
function shell(): PlanView {
  const { id: _, rev: _rev, ...iteration } = dr2;
  const sites = [...demo.rows.sites.values()].map(({ id, rev: _site, ...site }) => insertRow('sites', id, site));
  return applied(emptyView(EMPTY), [insertRow('iterations', dr2.id, iteration), ...sites]);
}

/** Texts that break what is written without care. */
const text = fc.oneof(
  fc.constantFrom(
    'two  blanks',
    'hard\u00a0blank',
    '=1+1',
    "'=1",
    '-5',
    '"',
    'a,b;c\td',
    'two\nlines',
    'é 😀',
    ']]>',
    '<b>&amp;',
    '+',
    '@x',
    "'",
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const line = text.map((value) => value.replaceAll(/\p{Cc}/gu, ' ').trim() || 'x');
const minute = fc.oneof(
  fc.integer({ min: at('2026-10-24T20:00Z'), max: at('2026-10-25T06:00Z') }),
  fc.integer({ min: at('2026-03-28T20:00Z'), max: at('2026-03-29T06:00Z') }),
  fc.integer({ min: at('2001-01-02T00:00Z'), max: at('2099-01-01T00:00Z') }),
);

const change = fc.record({
  index: fc.nat(),
  title: line,
  labels: fc.constantFrom('-1', 'backup go-live', 'übergabe', null),
  note: text,
  start: minute,
  minutes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 })),
  fixed: fc.boolean(),
  due: fc.option(minute),
  status: fc.constantFrom('pending', 'ready', 'running', 'done', 'blocked', 'skipped'),
});

/** The demo plan with some of DR2 changed, as by people. */
const plans = fc.array(change, { maxLength: 6 }).map((changes): PlanView => {
  const lines = planLines(demo.rows, dr2.id);
  let view = demo;
  for (const { index, title, labels, note, start, minutes, fixed, due, status } of changes) {
    const one = lines[index % lines.length];
    const schedule = one && view.rows.chapter_schedules.get(one.schedule.id);
    const chapter = one && view.rows.chapters.get(one.chapter.id);
    if (!schedule || !chapter || schedule.status !== 'pending') continue;
    const times = { planned_start: start, planned_end: start + minutes, fixed_start: fixed, must_finish_by: due };
    const actual = status === 'done' ? { actual_start: start, actual_end: start + 1 } : {};
    view = applied(view, [
      setFields('chapters', chapter, { title, labels }),
      setFields('chapter_schedules', schedule, { ...times, ...actual, status, note } as Fields),
    ] as Op[]);
  }
  return view;
});

describe('the whole plan as JSON', () => {
  test('is the same plan where nothing was', () => {
    fc.assert(
      fc.property(plans, (view) => {
        const plan = imported(written('plan', view), emptyView(EMPTY));
        expect(plan.lines.filter(({ verdict }) => verdict !== 'added')).toEqual([]);
        const made = applied(emptyView(EMPTY), plan.ops);
        for (const table of PLAN_TABLES) {
          if (table !== 'plans') expect(contents(made, table)).toEqual(contents(view, table));
        }
      }),
      { numRuns: 10 },
    );
  });

  const withDue = (view: PlanView, due: number | null) =>
    applied(view, [setFields('chapter_schedules', pendingOf(view), { must_finish_by: due })]);
  const pendingOf = (view: PlanView) => {
    const found = planLines(view.rows, dr2.id).find(({ schedule }) => schedule.status === 'pending');
    if (!found) throw new Error('there is one');
    return found.schedule;
  };

  test('a file that is older than a field leaves what the plan has', () => {
    const due = at('2027-02-20T06:00Z');
    const file = JSON.parse(written('plan', demo));
    for (const schedule of file.tables.chapter_schedules) delete schedule.must_finish_by;
    expect(imported(JSON.stringify(file), withDue(demo, due)).ops).toEqual([]);
    expect(imported(written('plan', demo), withDue(demo, due)).ops).toMatchObject([{ set: { must_finish_by: null } }]);
  });

  test('a deadline in a frozen iteration is left out for a planner, as planned times are', () => {
    const file = written('plan', withDue(demo, at('2027-02-20T06:00Z')));
    const iteration = demo.rows.iterations.get(dr2.id) as Iteration;
    const frozen = {
      ...applied(demo, [setFields('iterations', iteration, { state: 'frozen' })]),
      role: 'planner' as const,
    };
    expect(imported(file, frozen).ops.filter((op) => op.op === 'set' && op.table === 'chapter_schedules')).toEqual([]);
  });

  test('changes nothing where it came from, and brings an older state back', () => {
    fc.assert(
      fc.property(plans, (view) => {
        const file = written('plan', demo);
        expect(imported(file, demo).ops).toEqual([]);
        const plan = imported(file, view);
        const back = applied(view, plan.ops);
        for (const table of PLAN_TABLES) expect(contents(back, table)).toEqual(contents(demo, table));
        expect(plan.lines.filter(({ verdict }) => verdict === 'rejected')).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});

describe('a spreadsheet', () => {
  test.each(['csv', 'tsv'] as const)('%s changes nothing where it came from', (kind) => {
    fc.assert(
      fc.property(plans, (view) => {
        const plan = imported(written(kind, view), view);
        expect(plan.lines.filter(({ verdict }) => verdict !== 'unchanged')).toEqual([]);
        expect(plan.ops).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('brings times, texts and links of one plan to another, blanks as plain ones', () => {
    fc.assert(
      fc.property(plans, (view) => {
        const plan = imported(written('csv', view), shell());
        expect(plan.lines.flatMap(({ problems }) => problems)).toEqual([]);
        const made = applied(shell(), plan.ops);
        // A phase that a table names by its code alone has no other name.
        const names = (lines: ReturnType<typeof told>) => lines.map(({ phase: _, ...rest }) => rest);
        const trimmed = names(told(view)).map((one) => ({
          ...one,
          title: one.title.replaceAll(/\s+/g, ' '),
          note: one.note.trim() === '' ? '' : one.note.replaceAll('\u00a0', ' '),
        }));
        expect(names(told(made))).toEqual(trimmed);
      }),
      { numRuns: 10 },
    );
  });
});

describe('a project', () => {
  test('changes nothing where it came from', () => {
    fc.assert(
      fc.property(plans, (view) => {
        const plan = imported(written('project', view), view);
        expect(plan.lines.filter(({ verdict }) => verdict !== 'unchanged')).toEqual([]);
        expect(plan.ops).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('brings hierarchy, times, links, milestones and baselines to another plan', () => {
    const lines = planLines(demo.rows, dr2.id);
    const times = Object.fromEntries(
      lines.map(({ chapter, schedule }) => [chapter.id, [schedule.planned_start - 60, schedule.planned_end]]),
    );
    const row = { iteration_id: dr2.id, name: 'As agreed', taken_at: 30_000_000, times };
    const view = applied(demo, [insertRow('baselines', importedId(), row as never)]);
    const made = applied(shell(), imported(written('project', view), shell()).ops);
    const codes = (all: ReturnType<typeof told>) => all.map(({ phase: _, ...rest }) => rest);
    expect(codes(told(made))).toEqual(codes(told(view)));
    const [baseline] = [...made.rows.baselines.values()];
    expect(Object.values(baseline?.times ?? {}).sort()).toEqual(Object.values(times).sort());
    expect(imported(written('project', view), made).ops).toEqual([]);
  });

  // Clocks that go back by half an hour, at midnight, or never.
  test.each(['Europe/Zurich', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kathmandu'])(
    'keeps times and baselines of a night in which clocks of %s show an hour twice',
    (zone) => {
      const from = at('2026-01-01T00:00Z');
      const hours = Array.from({ length: 366 * 24 }, (_, hour) => from + hour * 60);
      const changes = hours.filter((hour) => offsetAt(zone, hour) !== offsetAt(zone, hour + 60));
      const nights = (changes.length === 0 ? [from] : changes).flatMap((hour) =>
        Array.from({ length: 25 }, (_, i) => hour - 180 + i * 15),
      );
      const [plan] = demo.rows.plans.values();
      if (plan === undefined) throw new Error('there is a plan');
      const rows = { ...demo.rows, plans: new Map([[plan.id, { ...plan, time_zone: zone }]]) };
      const lines = planLines(rows, dr2.id);
      const spans = lines.map(({ chapter, schedule }, i) => {
        const start = nights[i % nights.length] as number;
        return { id: chapter.id, schedule: schedule.id, start, end: start + 45 };
      });
      const ops = spans.map(({ schedule, start, end }) => {
        const row = rows.chapter_schedules.get(schedule);
        return setFields('chapter_schedules', row as never, { planned_start: start + 15, planned_end: end + 15 });
      });
      const times = Object.fromEntries(spans.map(({ id, start, end }) => [id, [start, end]]));
      const baseline = { iteration_id: dr2.id, name: 'As agreed', taken_at: 30_000_000, times };
      const view = applied({ ...demo, rows, base: rows }, [
        ...ops,
        insertRow('baselines', importedId(), baseline as never),
      ] as Op[]);
      const again = imported(written('project', view), view);
      expect(again.lines.flatMap(({ problems }) => problems)).toEqual([]);
      expect(again.ops).toEqual([]);
      const made = applied({ ...demo, rows, base: rows }, imported(written('project', view), { ...demo, rows }).ops);
      expect([...made.rows.baselines.values()].map((row) => row.times)).toEqual([times]);
    },
  );
});
