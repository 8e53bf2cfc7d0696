/** A log that left the database proves itself to whoever has only the file and Node. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../infra/root.ts';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { writeLogFile } from '../src/store/exchange/log-file.ts';
import type { LogEvent } from '../src/store/log-event.ts';
import { readWholeLog } from '../src/store/whole-log.ts';
import { ADMIN, askJson, createPlan, write } from './test-plan.ts';

let database: TestDatabase;
let folder: string;
let plan: string;
let events: readonly LogEvent[];

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'macroplan-log-'));
  plan = await createPlan(database.host, 'LOG');
  const [team, phase] = [randomUUID(), randomUUID()];
  for (let i = 0; i < 9; i += 1) {
    await write(database, plan, [
      ['phases', randomUUID(), { code: `P${i}`, name: `Phase "${i}" \\ é 😀 \u2028 \u007f` }],
      ['teams', team, { code: 'T', name: `Team ${i}`, email: null }],
    ]);
  }
  await write(database, plan, [['teams', team, null]]);
  await write(database, plan, [['teams', team, { code: 'T', name: 'Again', email: 'a@b.example' }]]);
  const iteration = randomUUID();
  const chapter = randomUUID();
  await write(database, plan, [
    ['phases', phase, { code: 'Z', name: 'Last' }],
    ['chapters', chapter, { code: 'C', title: 'Chapter', phase_id: phase, success_criterion: 'one\n\ttwo' }],
    [
      'iterations',
      iteration,
      { code: 'RUN1', name: 'Run', kind: 'RUN', window_start: 30_000_000, window_end: 30_000_600 },
    ],
    [
      'baselines',
      randomUUID(),
      { iteration_id: iteration, name: 'B', taken_at: 30_000_000, times: { [chapter]: [30_000_000, 30_000_060] } },
    ],
  ]);
  // Small pages, as a long log has many.
  const newestFirst = await readWholeLog(async ({ before }) => {
    const args = [ADMIN, plan, before ?? null, 5, null];
    return (await askJson<{ events: LogEvent[] }>(database.host, 'events', args)).events;
  });
  events = [...newestFirst].reverse();
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function verified(text: string, ...more: readonly string[]) {
  const file = path.join(folder, 'log.json');
  writeFileSync(file, text);
  const { status, stdout } = spawnSync(process.execPath, [path.join(ROOT, 'docs/verify-log.mjs'), file, ...more], {
    encoding: 'utf8',
  });
  return { status, said: stdout.trim() };
}

const fileOf = (some: readonly LogEvent[]) => writeLogFile(some, { planId: plan, planCode: 'LOG', at: 0 });

/** The log with another list of events, its head as it was. */
function forged(change: (lines: LogEvent[]) => readonly LogEvent[]): string {
  const file = JSON.parse(fileOf(events));
  return JSON.stringify({ ...file, events: change(structuredClone(file.events)) });
}

test('a true log is whole, and its head is the one that the server tells', async () => {
  const { head, events: count } = await askJson<{ head: string; events: number }>(database.host, 'verify', [
    ADMIN,
    plan,
  ]);
  expect(events.length).toBe(count);
  expect(verified(fileOf(events), head)).toMatchObject({
    status: 0,
    said: expect.stringContaining(`OK: ${count} events`),
  });
  expect(verified(fileOf(events)).said).toContain(head);
});

test('every altered field of every event is found', () => {
  const changes: readonly ((event: LogEvent) => object)[] = [
    () => ({ actor: 'somebody' }),
    () => ({ form: 1 }),
    () => ({ form: 0 }),
    () => ({ erasure: { seal: 'ab'.repeat(32) } }),
    ({ at }) => ({ at: at + 1 }),
    () => ({ label: 'x' }),
    () => ({ claimed_at: 1 }),
    () => ({ edit_id: randomUUID() }),
    () => ({ client_id: randomUUID() }),
    () => ({ row_id: randomUUID() }),
    () => ({ table_name: 'sites' }),
    ({ before }) => ({ before: { ...before, code: 'X' } }),
    ({ after }) => ({ after: { ...after, code: 'X' } }),
    () => ({ hash: 'ab'.repeat(32) }),
  ];
  for (const [at, change] of changes.entries()) {
    const place = (at * 2) % events.length;
    const text = forged((lines) =>
      lines.map((event, i) => (i === place ? ({ ...event, ...change(event) } as LogEvent) : event)),
    );
    expect(verified(text), change.toString()).toMatchObject({ status: 1, said: expect.stringContaining('BROKEN') });
  }
});

test.each<[string, (lines: LogEvent[]) => readonly LogEvent[]]>([
  ['the first event left out', (lines) => lines.slice(1)],
  ['an event in the middle left out', (lines) => lines.toSpliced(5, 1)],
  ['a whole rev left out', (lines) => lines.filter(({ rev }) => rev !== 4)],
  ['the last event left out', (lines) => lines.slice(0, -1)],
  ['everything left out', () => []],
  ['two events in another order', (lines) => lines.toSpliced(4, 2, lines[5] as LogEvent, lines[4] as LogEvent)],
  ['an event twice', (lines) => lines.toSpliced(5, 0, lines[5] as LogEvent)],
  [
    'an event left out and the others numbered anew',
    (lines) =>
      lines.filter(({ rev }) => rev !== 4).map((event) => (event.rev > 4 ? { ...event, rev: event.rev - 1 } : event)),
  ],
])('%s is found', (_title, change) => {
  expect(verified(forged(change))).toMatchObject({ status: 1, said: expect.stringContaining('BROKEN') });
});

test('a log cut off with a new head is found by the head that was written down', () => {
  const { head } = JSON.parse(fileOf(events)) as { head: string };
  const short = fileOf(events.slice(0, -1));
  expect(verified(short).status).toBe(0);
  expect(verified(short, head)).toMatchObject({ status: 1, said: expect.stringContaining('and not in') });
});

test('the log of another plan does not pass for this one', () => {
  const file = { ...JSON.parse(fileOf(events)), plan: randomUUID() };
  expect(verified(JSON.stringify(file)).status).toBe(1);
});

test.each(['', '{}', '[]', '{"format":"macroplan","version":1}', 'null'])('%j is no log', (text) => {
  expect(verified(text).status).toBe(2);
});
