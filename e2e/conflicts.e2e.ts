/** Conflicts as the people see them who made them: explained, with what follows, and settled with one key. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertRow, moveTo, setFields, slipBy } from '../src/store/ops.ts';
import { scheduleId } from '../src/store/rows.ts';
import { axeFindsNothing } from './support/axe.ts';
import { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { startTestHost, type TestHost } from './support/test-host.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const REVIEW = `${APP}?macroplan-tab=conflicts`;
const DR1 = 'DR1';

let host: TestHost;
let a: WirePerson;
let b: WirePerson;
let profile: Profile;

beforeAll(async () => {
  host = await startTestHost();
  a = new WirePerson(host, 'planner-a');
  b = new WirePerson(host, 'planner-b');
  profile = await Profile.create(host.url, 'planner-b');
});

afterAll(async () => {
  await profile?.remove();
  await host?.close();
});

/** A moves a chapter by 30 minutes; B, who has not seen it, by 60. Returns the conflict's id. */
async function bothMove(code: string): Promise<string> {
  const seen = await scheduleIn(host, DR1, code);
  await a.edit(`Move ${code}`, moveTo(seen, seen.planned_start + 30));
  const { conflict } = await b.edit(`Move ${code} by an hour`, moveTo(seen, seen.planned_start + 60));
  return conflict ?? expect.fail('both moved, so it is a conflict');
}

const open = async (where = REVIEW) => {
  const page = await profile.open(where);
  await page.locator('.mp-conflict').first().waitFor();
  return page;
};

const isSettled = (id: string) => async () => {
  const sql = 'select state from macroplan.conflicts where id = $1';
  return (await host.database.admin.query<{ state: string }>(sql, [id])).rows[0]?.state;
};

const startOf = (code: string) => async () => (await scheduleIn(host, DR1, code)).planned_start;

test('each conflict says who did what and what follows, and one key settles it', async () => {
  const before = { cc: await startOf('CC')(), cd: await startOf('CD')() };
  const [cc, cd] = [await bothMove('CC'), await bothMove('CD')];
  const page = await open();
  const card = page.locator('.mp-conflict', { hasText: 'Move CC' });
  await card.getByText('You and Planner A both moved CC, to different times.').waitFor();
  expect(await card.locator('[data-choice="mine"]').innerText()).toMatch(
    /Use mine\s+will be .+\s+.*(left in|after) the window/,
  );
  await page.getByRole('heading', { name: 'Moved by both – Planner A (2)' }).waitFor();

  await card.focus();
  await page.keyboard.press('1');
  await becomes(isSettled(cc), 'withdrawn');
  // The focus is on the one that is left.
  await page.keyboard.press('2');
  await becomes(isSettled(cd), 'resolved');
  expect(await startOf('CC')()).toBe(before.cc + 30);
  expect(await startOf('CD')()).toBe(before.cd + 60);
  await page.getByText('No decision waits.').waitFor();
  await page.close();
});

test('the keys work with the focus on the tab, and in no other view', async () => {
  const [cf, cg] = [await bothMove('CF'), await bothMove('CG')];
  const page = await profile.open(`${APP}?macroplan-iteration=DR1`);
  const focused = (code: string) => page.locator('.mp-conflict:focus', { hasText: `Move ${code}` });
  const tab = page.getByRole('tab', { name: 'Conflicts' });
  await tab.click();
  await page.locator('.mp-conflict[aria-current]', { hasText: 'Move CF' }).waitFor();
  await axeFindsNothing(page);
  await page.keyboard.press('j');
  await focused('CF').waitFor();
  await page.keyboard.press('j');
  await focused('CG').waitFor();
  await tab.focus();
  // It acts on the one that is marked.
  await page.keyboard.press('1');
  await becomes(isSettled(cg), 'withdrawn');
  await page.getByRole('tab', { name: 'Planner' }).click();
  await page.locator('.mp-row').first().waitFor();
  await page.keyboard.press('1');
  await tab.click();
  await page.locator('.mp-conflict', { hasText: 'Move CF' }).waitFor();
  expect(await isSettled(cf)()).toBe('open');
  await page.keyboard.press('1');
  await becomes(isSettled(cf), 'withdrawn');
  await page.close();
});

test('the planner shows where each wanted it, and leads to the decision by mouse and by keyboard', async () => {
  const id = await bothMove('CA');
  const page = await profile.open(`${APP}?macroplan-iteration=DR1&macroplan-search=CA`);
  const row = page.locator('.mp-row', { has: page.locator('[data-col="code"]', { hasText: 'CA' }) });
  const [was, wanted, theirs] = ['.mp-was', '.mp-wanted', '.mp-bar'].map((shape) => row.locator(shape));
  const leftOf = (shape: typeof wanted) => shape?.evaluate((element) => element.getBoundingClientRect().left);
  await row.getByRole('button', { name: /›/ }).click();
  await wanted?.waitFor();
  const [wasAt = 0, wantedAt = 0, theirsAt = 0] = await Promise.all([was, wanted, theirs].map(leftOf));
  const minute = await page.locator('.mp-canvas').evaluate((canvas) => canvas.style.getPropertyValue('--minute'));
  expect((wasAt - theirsAt) / Number.parseFloat(minute)).toBeCloseTo(-30);
  expect((wantedAt - theirsAt) / Number.parseFloat(minute)).toBeCloseTo(30);
  expect(await wanted?.getAttribute('title')).toMatch(/^You wanted .* Waits for a decision\.$/);
  await axeFindsNothing(page);
  const isThere = async () => {
    await page.locator('.mp-conflict:focus', { hasText: 'Move CA' }).waitFor();
    await page.getByRole('tab', { name: 'Planner' }).click();
  };
  await wanted?.click();
  await isThere();
  await row.getByRole('button', { name: 'CA: to decide' }).click();
  await isThere();
  await row.locator('[data-col="code"]').click();
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Enter');
  await page.locator('.mp-conflict:focus', { hasText: 'Move CA' }).waitFor();
  await page.keyboard.press('1');
  await becomes(isSettled(id), 'withdrawn');
  await page.getByRole('tab', { name: 'Planner' }).click();
  await wanted?.waitFor({ state: 'hidden' });
  await page.close();
});

test('mine on top of theirs is one key too', async () => {
  const before = await startOf('CE')();
  const id = await bothMove('CE');
  const page = await open();
  await page.locator('.mp-conflict').focus();
  await page.keyboard.press('4');
  await becomes(isSettled(id), 'resolved');
  expect(await startOf('CE')()).toBe(before + 90);
  await page.close();
});

test('edits built on one in dispute are settled with it', async () => {
  const seen = await scheduleIn(host, DR1, 'CF');
  const first = await bothMove('CF');
  const { outcome, conflict } = await b.edit('Note on CF', setFields('chapter_schedules', seen, { note: 'By lorry' }));
  expect(outcome).toBe('conflict');
  const page = await open();
  expect(await page.locator('.mp-conflict').count()).toBe(1);
  await page.getByText('Built on it: “Note on CF”.').waitFor();
  // One decision, wherever it is counted.
  await page.getByText('1 decision waits for you, from 2 edits.').waitFor();
  await becomes(() => new Screen(page).chip(), '1 needs you');
  await page.getByRole('tab', { name: 'Conflicts 1' }).waitFor();
  await page.locator('.mp-conflict').focus();
  await page.keyboard.press('2');
  await becomes(isSettled(first), 'resolved');
  expect(await isSettled(conflict ?? '')()).toBe('resolved');
  expect(await scheduleIn(host, DR1, 'CF')).toMatchObject({ planned_start: seen.planned_start + 60, note: 'By lorry' });
  await page.close();
});

test('what was built on an edit in dispute is neither dropped with it nor laid over what nobody saw', async () => {
  const before = await Promise.all(['CM', 'CN'].map((code) => scheduleIn(host, DR1, code)));
  const notes = [];
  for (const [i, seen] of before.entries()) {
    const code = ['CM', 'CN'][i] ?? '';
    await bothMove(code);
    if (code === 'CN') await a.edit('Note on CN', setFields('chapter_schedules', seen, { note: 'By lorry' }));
    notes.push(await b.edit(`Note on ${code}`, setFields('chapter_schedules', seen, { note: 'By train' })));
  }
  const page = await open();
  const card = (text: string) => page.locator('.mp-conflict', { hasText: text });
  await card('Move CM').getByText('keeps “Note on CM”').first().waitFor();
  await card('Move CN').getByText('leaves to decide: “Note on CN”').first().waitFor();
  await axeFindsNothing(page);

  await card('Move CM').locator('[data-choice="theirs"]').click();
  await becomes(isSettled(notes[0]?.conflict ?? ''), 'resolved');
  expect(await scheduleIn(host, DR1, 'CM')).toMatchObject({
    planned_start: (before[0]?.planned_start ?? 0) + 30,
    note: 'By train',
  });

  await card('Move CN').locator('[data-choice="mine"]').click();
  await becomes(startOf('CN'), (before[1]?.planned_start ?? 0) + 60);
  expect((await scheduleIn(host, DR1, 'CN')).note).toBe('By lorry');
  await card('Note on CN').getByText('You and Planner A both changed CN.').waitFor();
  await card('Note on CN')
    .getByText(/You: “By train”\. Planner A at .*: “By lorry”\. Before: nothing\./)
    .waitFor();
  await card('Note on CN').getByRole('button', { name: 'Both texts' }).click();
  await becomes(isSettled(notes[1]?.conflict ?? ''), 'resolved');
  expect((await scheduleIn(host, DR1, 'CN')).note).toBe('By lorry\nBy train');
  await page.close();
});

test('a chapter whose code somebody took offline too gets another one, with all that was built on it', async () => {
  const { rows } = await host.database.admin.query<{ phase: string; iteration: string }>(
    `select c.phase_id as phase, i.id as iteration from macroplan.chapters c join macroplan.iterations i using (plan_id)
     where c.code = 'CA' and i.code = $1`,
    [DR1],
  );
  const { phase = '', iteration = '' } = rows[0] ?? {};
  const [lead, admin] = [new WirePerson(host, 'lead'), new WirePerson(host, 'admin')];
  const [theirs, mine] = [randomUUID(), randomUUID()];
  const chapter = (id: string, title: string) =>
    insertRow('chapters', id, { code: 'ZZ', title, phase_id: phase, success_criterion: 'Counts agree' });
  await lead.edit('Add chapter ZZ', chapter(theirs, 'Theirs'));
  await admin.edit('Add chapter ZZ', chapter(mine, 'Offline'));
  const times = { planned_start: await startOf('CA')(), planned_end: (await startOf('CA')()) + 60 };
  const schedule = insertRow('chapter_schedules', scheduleId(iteration, mine), {
    chapter_id: mine,
    iteration_id: iteration,
    ...times,
  });
  expect((await admin.edit('Schedule ZZ', schedule)).outcome).toBe('conflict');

  const leading = await Profile.create(host.url, 'admin');
  try {
    const page = await leading.open(REVIEW);
    const card = page.locator('.mp-conflict', { hasText: 'Add chapter ZZ' });
    await card.getByText('You and Lead both gave the code “ZZ”, and only one can have it.').waitFor();
    await card.getByText('ZZ · yours').first().waitFor();
    await card.getByText('ZZ Theirs · Lead’s').first().waitFor();
    await card.getByText('drops “Schedule ZZ”').waitFor();
    await axeFindsNothing(page);
    await card.focus();
    await page.keyboard.press('3');
    const set = card.getByRole('button', { name: 'Set this' });
    await set.click();
    await page.getByText('The code "ZZ" is taken by another chapter.').last().waitFor();
    await card.getByLabel('code of ZZ · yours').fill('ZY');
    await set.click();
    await card.waitFor({ state: 'hidden' });
    await becomes(
      async () => (await scheduleIn(host, DR1, 'ZY').catch(() => null))?.planned_start,
      times.planned_start,
    );
    const made = await host.database.admin.query(
      'select code, title, success_criterion from macroplan.chapters where id = any($1) order by code',
      [[theirs, mine]],
    );
    expect(made.rows).toEqual([
      { code: 'ZY', title: 'Offline', success_criterion: 'Counts agree' },
      { code: 'ZZ', title: 'Theirs', success_criterion: 'Counts agree' },
    ]);
  } finally {
    await leading.remove();
  }
});

test('a decision is over what stands, also where that moved since the two met', async () => {
  const before = await startOf('EA')();
  const id = await bothMove('EA');
  await a.edit('Move EA once more', moveTo(await scheduleIn(host, DR1, 'EA'), before + 600));
  const page = await open();
  const theirs = page.locator('.mp-conflict', { hasText: 'Move EA' }).locator('[data-side="theirs"] td').first();
  const later = new Date((before + 600) * 60_000).toLocaleTimeString('en-GB', {
    timeZone: 'Europe/Zurich',
    hour: '2-digit',
    minute: '2-digit',
  });
  await becomes(() => theirs.innerText(), new RegExp(later));
  await page.locator('.mp-conflict').focus();
  await page.keyboard.press('1');
  await becomes(isSettled(id), 'withdrawn');
  await page.close();
});

test('the same slip on many chapters is one press, and the chapters slip once', async () => {
  const codes = ['CG', 'CH', 'CI'];
  const before = await Promise.all(codes.map((code) => scheduleIn(host, DR1, code)));
  for (const seen of before) await a.edit('Slip by 30 min', slipBy(seen, 30));
  const ids = [];
  for (const seen of before) ids.push((await b.edit('Slip by 30 min', slipBy(seen, 30))).conflict ?? '');
  const page = await open();
  await page.getByText(/You and Planner A both slipped CG by \+30m\. Together that is \+1h\./).waitFor();
  await page.getByRole('button', { name: 'Keep theirs, all 3' }).press('Enter');
  for (const id of ids) await becomes(isSettled(id), 'withdrawn');
  for (const [i, code] of codes.entries()) expect(await startOf(code)()).toBe((before[i]?.planned_start ?? 0) + 30);
  await page.close();
});

test('two notes stand side by side, and both can be kept', async () => {
  const seen = await scheduleIn(host, DR1, 'CJ');
  await a.edit('Note', setFields('chapter_schedules', seen, { note: 'Vendor is late' }));
  const { conflict } = await b.edit('Note', setFields('chapter_schedules', seen, { note: 'Call Kim' }));
  const page = await open();
  expect(await page.locator('.mp-sides [data-side="both"]').innerText()).toMatch(/Vendor is late\s+Call Kim/);
  await page.locator('[data-choice="both"]').click();
  await becomes(isSettled(conflict ?? ''), 'resolved');
  expect((await scheduleIn(host, DR1, 'CJ')).note).toBe('Vendor is late\nCall Kim');
  await page.close();
});

test('what is typed as an answer survives a reload', async () => {
  const id = await bothMove('CK');
  const seen = await scheduleIn(host, DR1, 'CK');
  let page = await open();
  await page.locator('.mp-conflict').focus();
  await page.keyboard.press('3');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('+7m');
  await page.reload();
  await page.locator('.mp-custom').waitFor();
  expect(await page.locator('.mp-custom input').first().inputValue()).toBe('+7m');
  await page.close();
  page = await open();
  const start = page.locator('.mp-custom input').first();
  expect(await start.inputValue()).toBe('+7m');
  await start.press('Enter');
  await becomes(isSettled(id), 'resolved');
  expect((await scheduleIn(host, DR1, 'CK')).planned_start).toBe(seen.planned_start + 30 + 7);
  await page.close();
});

test('a link leads others to one conflict; who may not settle it is told who may', async () => {
  const id = await bothMove('CL');
  const other = await Profile.create(host.url, 'planner-a');
  const lead = await Profile.create(host.url, 'lead');
  try {
    const link = `${REVIEW}&macroplan-conflict=${id}`;
    const reading = await other.open(link);
    await reading.getByText('Only Planner B or a lead can settle this.').waitFor();
    expect(await reading.locator('.mp-choice:visible').count()).toBe(0);
    const leading = await lead.open(link);
    // A snapshot may be some edits old: others may still be open on it for a moment.
    const card = leading.locator('.mp-conflict', { hasText: 'Move CL' });
    await card.getByRole('button', { name: /Use Planner B’s/ }).click();
    await becomes(isSettled(id), 'resolved');
    await becomes(
      () => reading.locator('.mp-settled li', { hasText: 'Move CL' }).innerText(),
      /Move CL by an hour \(Planner B\)\s+used mine, Lead/,
    );
  } finally {
    await other.remove();
    await lead.remove();
  }
});

test('a decision is made with no network too', async () => {
  const id = await bothMove('CO');
  const page = await open();
  const screen = new Screen(page);
  await becomes(() => screen.chip(), '1 needs you');
  await profile.setOffline(true);
  await page.locator('.mp-conflict').focus();
  await page.keyboard.press('2');
  await becomes(() => screen.chip(), /1 kept on this device$/, 60);
  expect(await isSettled(id)()).toBe('open');
  await profile.setOffline(false);
  await becomes(isSettled(id), 'resolved', 60);
  await page.close();
});

test('axe finds nothing on open conflicts, light or dark', async () => {
  await bothMove('CB');
  const seen = await scheduleIn(host, DR1, 'CA');
  await a.edit('Note', setFields('chapter_schedules', seen, { note: 'One' }));
  await b.edit('Note', setFields('chapter_schedules', seen, { note: 'Two' }));
  const page = await open();
  await page.locator('.mp-conflict').first().focus();
  await page.keyboard.press('3');
  await axeFindsNothing(page);
  await page.close();
});
