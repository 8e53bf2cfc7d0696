import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { scheduleId } from '../src/store/rows.ts';
import { ADMIN, ask, createPlan, write } from './test-plan.ts';

let database: TestDatabase;
let plan: string;
const iteration = randomUUID();

/** 24 October 2026, 22:30 in Berlin; the clocks go back in the night that follows. */
const START = Date.UTC(2026, 9, 24, 20, 30) / 60_000;

beforeAll(async () => {
  database = await createDatabase();
  plan = await createPlan(database.host, 'TABLE');
  const [phase, chapter] = [randomUUID(), randomUUID()];
  await write(database, plan, [
    [
      'iterations',
      iteration,
      { code: 'CUT', name: 'Cutover & more', kind: 'CUTOVER', window_start: START, window_end: START + 600 },
    ],
    ['phases', phase, { code: 'P', name: '<script>alert(1)</script>' }],
    ['chapters', chapter, { code: 'C1', title: 'Stop "feeds"', phase_id: phase }],
    [
      'chapter_schedules',
      scheduleId(iteration, chapter),
      {
        chapter_id: chapter,
        iteration_id: iteration,
        planned_start: START,
        planned_end: START + 300,
        note: `<img src=x onerror='x'>`,
      },
    ],
  ]);
});

afterAll(async () => {
  await database.drop();
});

const show = async (id: string, purpose: string) =>
  (await ask(database.host, 'show_table', [ADMIN, plan, id, purpose])) ?? '';

test('the table says times with weekday and date in the zone of the plan, across a change of clocks', async () => {
  const html = await show(iteration, 'page');
  expect(html).toContain('Sat 24 Oct 2026 22:30');
  expect(html).toContain('Sun 25 Oct 2026 02:30');
  expect(html).toContain('All times in Europe/Berlin.');
  expect(html).toContain('>Pending<');
});

test('what people typed is text in the table, never markup', async () => {
  const html = await show(iteration, 'mail');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('Stop &quot;feeds&quot;');
  expect(html).toContain('&lt;img src=x onerror=&#39;x&#39;&gt;');
  expect(html).toContain('Cutover &amp; more');
  expect(html).not.toMatch(/<script|<img/);
});

test('the table needs nothing from elsewhere', async () => {
  expect(await show(iteration, 'page')).not.toMatch(/ src="| href=|class=|url\(/);
});

test('an iteration of no or another plan, and another purpose, are rejected', async () => {
  await expect(show(randomUUID(), 'page')).rejects.toMatchObject({ code: 'MP404' });
  await expect(show('no id', 'page')).rejects.toMatchObject({ code: 'MP404' });
  await expect(show(iteration, 'fax')).rejects.toMatchObject({ code: 'MP400' });
});
