/**
 * A scripted event night: twelve planners at their machines and three browsers on one plan, a third of them offline in
 * turns, with collisions of every cause planted among edits that meet by chance. Everything is explained, settled, and
 * nothing is lost; every screen is the same at the end.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertRow, moveTo, removeRow, resizeEdge, setFields, slipBy } from '../src/store/ops.ts';
import type { ChapterSchedule, ConflictCause, Iteration, Phase } from '../src/store/rows.ts';
import { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { startTestHost, type TestHost } from './support/test-host.ts';
import { scheduleIn, WirePerson, type WireReceipt } from './support/wire-person.ts';

const ITERATION = 'DR1';
const PLAN = `${APP}?macroplan-iteration=${ITERATION}`;
/** Where people meet by chance; the planted collisions are elsewhere. */
const CODES = ['CC', 'CD', 'CE', 'CF', 'CG', 'CH', 'CI', 'CJ', 'CK', 'CL', 'EA', 'EB', 'EC', 'ED', 'GA', 'GB'];
const ROUNDS = 8;
const EDITS_A_ROUND = 4;

let host: TestHost;
let profiles: { readonly a: Profile; readonly b: Profile; readonly lead: Profile };

beforeAll(async () => {
  host = await startTestHost();
  profiles = {
    a: await Profile.create(host.url, 'planner-a'),
    b: await Profile.create(host.url, 'planner-b'),
    lead: await Profile.create(host.url, 'lead'),
  };
});

afterAll(async () => {
  await Promise.all(Object.values(profiles ?? {}).map((profile) => profile.remove()));
  await host?.close();
});

test('a night of many planners ends settled, whole, and the same on every screen', async () => {
  const open = async (profile: Profile, where = PLAN) => {
    const screen = new Screen(await profile.open(where));
    await screen.row('AB').waitFor();
    await becomes(() => screen.chip(), 'Saved');
    return screen;
  };
  const [a, b] = [await open(profiles.a), await open(profiles.b)];
  await profiles.b.setOffline(true);
  await b.note('AF', 'Written under ground');
  await b.type('CA', 'start', '+20m');
  await a.type('CB', 'start', '+15m');

  const planted = await plant();
  expect(Object.fromEntries(planted.map(({ cause }) => [cause, cause]))).toEqual({
    both_changed: 'both_changed',
    both_moved: 'both_moved',
    both_resized: 'both_resized',
    double_slip: 'double_slip',
    removed: 'removed',
    children_changed: 'children_changed',
    constraint: 'constraint',
    blocked: 'blocked',
  });
  const met = await nightOfMany();
  const asked = met.filter(({ outcome }) => outcome === 'conflict').length;
  expect(met.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  expect(met.filter(({ outcome }) => outcome === 'merged').length).toBeGreaterThan(met.length / 10);
  expect(asked).toBeGreaterThan(0);
  expect(1 - asked / met.length).toBeGreaterThanOrEqual(0.95);
  await profiles.b.setOffline(false);
  await becomes(() => b.chip(), /^Saved|need/, 60);

  const lead = await profiles.lead.open(`${PLAN}&macroplan-tab=conflicts`);
  await settleAll(lead);
  for (const screen of [a, b]) await becomes(() => screen.chip(), 'Saved', 60);

  await accountIsWhole();
  const watching = await open(profiles.lead);
  await becomes(async () => (await rowsOf(a)) === (await rowsOf(watching)), true, 60);
  await becomes(async () => (await rowsOf(b)) === (await rowsOf(watching)), true, 60);
  expect(await watching.noteText('AF')).toBe('Written under ground');
});

/** One collision of each cause; returns the receipts' causes as the plan keeps them. */
async function plant(): Promise<readonly { readonly cause: ConflictCause }[]> {
  const first = new WirePerson(host, 'lead');
  const second = new WirePerson(host, 'lead');
  const seen = async (code: string) => scheduleIn(host, ITERATION, code);
  const [moved, resized, slipped, noted, gone] = (await Promise.all(
    ['AB', 'AC', 'AD', 'AE', 'AA'].map(seen),
  )) as ChapterSchedule[];
  const phase = { id: randomUUID(), rev: 0, code: 'Z', name: 'Extra', position: 9 } satisfies Phase;
  const { rev: _rev, id: _id, ...phaseFields } = phase;
  await first.edit('Add phase', insertRow('phases', phase.id, phaseFields));
  const window = await rowOf<Iteration>('iterations', 'CUTOVER');
  await second.look();
  if (!moved || !resized || !slipped || !noted || !gone) throw new Error('the plan has these chapters');

  await first.edit('Move AB', moveTo(moved, moved.planned_start + 30));
  await first.edit('Longer AC', resizeEdge(resized, 'end', resized.planned_end + 30));
  await first.edit('Slip AD', slipBy(slipped, 30));
  await first.edit('Note AE', setFields('chapter_schedules', noted, { note: 'Vendor late' }));
  await first.edit('AA is out', removeRow('chapter_schedules', gone));
  await first.edit(
    'Add chapter',
    insertRow('chapters', randomUUID(), { code: 'ZA', title: 'Extra work', phase_id: phase.id, position: 1 }),
  );
  await first.edit('Window begins later', setFields('iterations', window, { window_start: window.window_end - 60 }));

  const collisions = [
    await second.edit('Move AB', moveTo(moved, moved.planned_start + 60)),
    await second.edit('Note on AB', setFields('chapter_schedules', moved, { note: 'Built on the move' })),
    await second.edit('Longer AC', resizeEdge(resized, 'end', resized.planned_end + 60)),
    await second.edit('Slip AD', slipBy(slipped, 30)),
    await second.edit('Note AE', setFields('chapter_schedules', noted, { note: 'Call Kim' })),
    await second.edit('Note AA', setFields('chapter_schedules', gone, { note: 'Still needed' })),
    await second.edit('Phase is out', removeRow('phases', await rowOf<Phase>('phases', 'Z'))),
    await second.edit('Window ends earlier', setFields('iterations', window, { window_end: window.window_start + 60 })),
  ];
  const ids = collisions.map(({ conflict }) => conflict ?? '');
  const { rows } = await host.database.admin.query<{ cause: ConflictCause }>(
    'select cause from macroplan.conflicts where id::text = any ($1)',
    [ids],
  );
  return rows;
}

/**
 * Twelve people. A third looks after times, and slips what is there; a third keeps notes, a third reports progress, each on
 * chapters of their own; and once a round somebody writes a note where another writes one. In each round the next third
 * has not seen the round before. Returns every receipt.
 */
async function nightOfMany(): Promise<readonly WireReceipt[]> {
  const people = Array.from({ length: 12 }, (_, i) => ({
    person: new WirePerson(host, ['planner-a', 'planner-b', 'lead'][i % 3] ?? 'lead'),
    seen: new Map<string, ChapterSchedule>(),
  }));
  const receipts: WireReceipt[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = await Promise.all(CODES.map(async (code) => [code, await scheduleIn(host, ITERATION, code)] as const));
    for (const [i, each] of people.entries()) {
      if (round > 0 && i % 3 === round % 3) continue;
      each.seen = new Map(now);
      await each.person.look();
    }
    for (const [i, { person, seen }] of people.entries()) {
      for (let n = 0; n < EDITS_A_ROUND; n += 1) {
        const kind = Math.floor(i / 4);
        const isChance = i === 4 + (round % 4) && n === 0;
        const code = CODES[((i % 4) * 4 + n + (kind === 0 ? round : isChance ? 4 : 0)) % CODES.length] ?? 'CC';
        const stands = seen.get(code);
        if (!stands) throw new Error('everybody has seen the plan');
        const by = 5 + round;
        const { planned_start, planned_end, note, status } = stands;
        const mine =
          kind === 0
            ? { planned_start: planned_start + by, planned_end: planned_end + by }
            : kind === 1
              ? { note: `${note}\nround ${round} by ${i}`.trim() }
              : { status: status === 'ready' ? ('pending' as const) : ('ready' as const) };
        const op = kind === 0 ? slipBy(stands, by) : setFields('chapter_schedules', stands, mine);
        receipts.push(await person.edit(`Round ${round} on ${code}`, op));
        // What people did themselves they see, with or without a network.
        seen.set(code, { ...stands, ...mine });
      }
    }
  }
  return receipts;
}

/** The lead reads each sentence and settles what is asked, by keys alone. */
async function settleAll(page: Awaited<ReturnType<Profile['open']>>): Promise<void> {
  await page.locator('.mp-conflict').first().waitFor();
  const keys = ['2', '1', '4', '1'];
  for (let turn = 0; turn < 200; turn += 1) {
    const cards = page.locator('.mp-conflict');
    const count = await cards.count();
    if (count === 0) break;
    const card = cards.first();
    expect(await card.locator('.mp-conflict-cause').innerText()).toMatch(/^\S.{20,}[.?]$/);
    const key = keys[turn % keys.length] ?? '1';
    const choice = card.locator(`.mp-choice[aria-keyshortcuts="${key}"]:not([aria-disabled])`);
    await card.focus();
    await page.keyboard.press((await choice.count()) === 0 ? '1' : key);
    await becomes(() => cards.count(), count - 1);
  }
  await becomes(() => page.locator('.mp-headline').innerText(), 'No decision waits.');
  await becomes(() => new Screen(page).chip(), 'Saved', 60);
}

async function accountIsWhole(): Promise<void> {
  const { admin } = host.database;
  const open = await admin.query(`select label from macroplan.conflicts where state = 'open'`);
  expect(open.rows).toEqual([]);
  // What was typed is in the log as it took effect, or in a conflict as it was wanted; each edit has one answer.
  const lost = await admin.query(
    `select r.edit_id from macroplan.receipts r
      where r.outcome in ('applied', 'merged', 'conflict')
        and not exists (select 1 from macroplan.event_log e where (e.plan_id, e.edit_id) = (r.plan_id, r.edit_id))`,
  );
  expect(lost.rows).toEqual([]);
  const verified = await fetch(`${host.url}${APP.replace('/app', '')}/plans/DEMO/verify`, {
    headers: { 'X-Macroplan-Dev-User': 'lead' },
  });
  expect(await verified.json()).toMatchObject({ ok: true });
}

async function rowsOf({ page }: Screen): Promise<string> {
  const rows = await page.locator('.mp-row[data-kind="chapter"]').allInnerTexts();
  return rows.join('\n');
}

async function rowOf<T>(table: 'iterations' | 'phases', code: string): Promise<T> {
  const sql = `select macroplan.wire(t) as row from macroplan.${table} t where t.code = $1 and not t.removed`;
  return (await host.database.admin.query<{ row: T }>(sql, [code])).rows[0]?.row as T;
}
