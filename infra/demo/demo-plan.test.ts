import { describe, expect, test } from 'vitest';
import { applyEdit } from '../../src/store/apply.ts';
import type { Chapter, ChapterSchedule, Dependency, Iteration, Row } from '../../src/store/rows.ts';
import { LIMITS, type TableName } from '../../src/store/schema.ts';
import { offsetAt } from '../../src/store/zone.ts';
import { type DemoOptions, demoEdits } from './demo-plan.ts';

const NOW = Date.UTC(2026, 10, 24, 13, 30);
const HOUR_MS = 3_600_000;

/** Applies every edit by the rules of the product, as the lead who created the plan. */
function build(options: DemoOptions) {
  const { plan, edits } = demoEdits(options);
  const tables = new Map<TableName, Map<string, Row>>();
  const tableOf = (table: TableName) => {
    const rows = tables.get(table) ?? new Map<string, Row>();
    tables.set(table, rows);
    return rows;
  };
  tableOf('plans').set(plan.id, { ...plan, rev: 1, state: 'draft' });
  tableOf('plan_members').set('lead', { id: 'lead', rev: 1, principal: 'user:admin', role: 'lead' });
  const state = {
    get: (table: TableName, id: string) => tableOf(table).get(id),
    rows: (table: TableName) => tableOf(table).values(),
    isRemoved: () => false,
  };
  const verdicts = edits.map((edit) => {
    const { verdict, changes } = applyEdit(state, edit, { key: 'admin', name: 'Admin', role: 'lead' });
    for (const { table, id, row } of changes) if (row) tableOf(table).set(id, row);
    return verdict;
  });
  return {
    edits,
    verdicts,
    iterations: [...tableOf('iterations').values()] as unknown as Iteration[],
    chapters: [...tableOf('chapters').values()] as unknown as Chapter[],
    dependencies: [...tableOf('dependencies').values()] as unknown as Dependency[],
    schedules: [...tableOf('chapter_schedules').values()] as unknown as ChapterSchedule[],
  };
}

type Built = ReturnType<typeof build>;

function iteration({ iterations }: Built, code: string): Iteration {
  const found = iterations.find((one) => one.code === code);
  if (!found) throw new Error(`no iteration ${code}`);
  return found;
}

function schedulesOf(built: Built, code: string): readonly ChapterSchedule[] {
  const { id } = iteration(built, code);
  return built.schedules.filter((schedule) => schedule.iteration_id === id);
}

describe('the demo plan', () => {
  const built = build({ seed: 1, now: NOW });

  test('is the same for the same seed and moment', () => {
    expect(JSON.stringify(demoEdits({ seed: 1, now: NOW }))).toBe(JSON.stringify(demoEdits({ seed: 1, now: NOW })));
    expect(demoEdits({ seed: 2, now: NOW }).plan.id).not.toBe(demoEdits({ seed: 1, now: NOW }).plan.id);
  });

  test('consists of edits that all apply', () => {
    expect(built.verdicts).toEqual(built.edits.map(() => ({ outcome: 'applied' })));
    expect(built.edits.map(({ seq }) => seq)).toEqual(built.edits.map((_, index) => index + 1));
  });

  test('has 53 chapters in seven iterations', () => {
    expect(built.chapters).toHaveLength(53);
    expect(built.iterations.map(({ code }) => code)).toEqual(['RUN0', 'RUN1', 'RUN2', 'RUN3', 'DR1', 'DR2', 'CUTOVER']);
    expect(built.schedules).toHaveLength(7 * 53);
  });

  test('keeps every planned time inside its window and after what it waits for', () => {
    for (const one of built.iterations) {
      const byChapter = new Map(schedulesOf(built, one.code).map((schedule) => [schedule.chapter_id, schedule]));
      for (const { planned_start, planned_end } of byChapter.values()) {
        expect(planned_start).toBeGreaterThanOrEqual(one.window_start);
        expect(planned_end).toBeLessThanOrEqual(one.window_end);
      }
      for (const { kind, lag_minutes, predecessor_id, successor_id } of built.dependencies) {
        const before = byChapter.get(predecessor_id);
        const after = byChapter.get(successor_id);
        if (!before || !after) throw new Error('a link to a chapter without times');
        const from = kind === 'SS' ? before.planned_start : before.planned_end;
        const to = kind === 'FF' ? after.planned_end : after.planned_start;
        expect(to).toBeGreaterThanOrEqual(from + lag_minutes);
      }
    }
  });

  test('gives no team two chapters at once', () => {
    const teamOf = new Map(built.chapters.map(({ id, team_id }) => [id, team_id]));
    for (const { code } of built.iterations) {
      const ends = new Map<string, number>();
      const inOrder = [...schedulesOf(built, code)].sort((a, b) => a.planned_start - b.planned_start);
      for (const { chapter_id, planned_start, planned_end } of inOrder) {
        const team = teamOf.get(chapter_id) ?? '';
        expect(planned_start, `${code} ${team}`).toBeGreaterThanOrEqual(ends.get(team) ?? 0);
        ends.set(team, planned_end);
      }
    }
  });

  test('puts iterations one after the other', () => {
    const windows = built.iterations.flatMap(({ window_start, window_end }) => [window_start, window_end]);
    expect(windows).toEqual([...windows].sort((a, b) => a - b));
  });

  test('has the clocks change within the second weekend of the cutover, eight weeks away at least', () => {
    const weekend = built.chapters.filter(({ code }) => code.startsWith('G')).map(({ id }) => id);
    const spans = schedulesOf(built, 'CUTOVER').filter(({ chapter_id }) => weekend.includes(chapter_id));
    const start = Math.min(...spans.map(({ planned_start }) => planned_start));
    const end = Math.max(...spans.map(({ planned_end }) => planned_end));
    expect(offsetAt('Europe/Zurich', start)).not.toBe(offsetAt('Europe/Zurich', end));
    expect(end * 60_000).toBeGreaterThan(NOW + 8 * 7 * 24 * HOUR_MS);
  });

  test('has rehearsals that are over, with actual times for all that was done', () => {
    for (const code of ['RUN0', 'RUN1', 'RUN2']) {
      expect(iteration(built, code).state).toBe('done');
      for (const { status, actual_start, actual_end } of schedulesOf(built, code)) {
        expect(['done', 'skipped']).toContain(status);
        expect(actual_end === null).toBe(status === 'skipped');
        expect(actual_start === null).toBe(status === 'skipped');
      }
    }
  });
});

test('one iteration is under way at any time of day, with one chapter blocked and one late', () => {
  // Seven hours apart, a week has each hour of the day once: around a change of the clocks, and far from one.
  for (const start of [Date.UTC(2027, 2, 28), Date.UTC(2026, 5, 1)]) {
    for (let hours = 0; hours < 7 * 24; hours += 7) checkLive(start + hours * HOUR_MS);
  }
});

function checkLive(now: number): void {
  const at = new Date(now).toISOString();
  const built = build({ seed: now % 1_000_003, now });
  const minute = now / 60_000;
  const [live, ...more] = built.iterations.filter(({ state }) => state === 'live');
  expect([live?.code, more], at).toEqual(['RUN3', []]);
  expect(live?.window_start, at).toBeLessThan(minute);
  expect(live?.window_end, at).toBeGreaterThan(minute);
  const schedules = schedulesOf(built, 'RUN3');
  const count = (status: string) => schedules.filter((schedule) => schedule.status === status).length;
  expect(count('done'), at).toBeGreaterThan(25);
  expect(count('blocked'), at).toBe(1);
  expect(count('pending') + count('ready'), at).toBeGreaterThan(8);
  expect(
    schedules.some(({ status, planned_end }) => status === 'running' && planned_end < minute),
    at,
  ).toBe(true);
  for (const { actual_start, actual_end } of schedules) {
    expect(Math.max(actual_start ?? 0, actual_end ?? 0), at).toBeLessThanOrEqual(minute);
  }
}

test('a big demo plan keeps to the limits and repeats no code', () => {
  const { edits } = demoEdits({ chapters: 2_000, seed: 7, now: NOW });
  const codes = edits
    .flatMap(({ ops }) => ops)
    .flatMap((op) => (op.op === 'insert' && op.table === 'chapters' ? [op.row.code] : []));
  expect(new Set(codes).size).toBe(2_000);
  for (const { ops } of edits) expect(ops.length).toBeLessThanOrEqual(LIMITS.ops_per_edit);
});
