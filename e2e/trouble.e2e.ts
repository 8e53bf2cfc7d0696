/** What can go wrong around a page: the session, the person, the other tab. Each is said in words, and nothing is lost. */
import { readFile } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import type { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const PLAN = `${APP}?macroplan-iteration=DR2`;

const stage = setStage();
let profile: Profile;

beforeEach(async () => {
  profile = await stage.profile('planner-a');
});

const open = async () => {
  const screen = new Screen(await profile.open(PLAN));
  await screen.row('AB').waitFor();
  await becomes(() => screen.chip(), 'Saved');
  return screen;
};

const actorsOf = async (note: string) => {
  const sql = `select actor from macroplan.event_log where after ->> 'note' = $1`;
  return (await stage.host.database.admin.query<{ actor: string }>(sql, [note])).rows.map(({ actor }) => actor);
};

test('a session that ended is said, the edit waits, and signing in again sends it', async () => {
  const screen = await open();
  await profile.signInAs('signed-out');
  await screen.note('AB', 'typed while signed out');
  await becomes(() => screen.chip(), 'Signed out · 1 kept on this device');
  expect(await screen.noteText('AB')).toBe('typed while signed out');
  await profile.signInAs('planner-a');
  await screen.lookAgain();
  await becomes(() => screen.chip(), 'Saved');
  expect(await actorsOf('typed while signed out')).toEqual(['planner-a']);
});

test('edits are never sent in the session of somebody else', async () => {
  const screen = await open();
  await profile.signInAs('planner-b');
  await screen.note('AB', 'typed by planner A');
  await becomes(() => screen.chip(), 'Somebody else is signed in · 1 kept on this device');
  await screen.lookAgain();
  expect(await actorsOf('typed by planner A')).toEqual([]);
  await profile.signInAs('planner-a');
  await screen.lookAgain();
  await becomes(() => screen.chip(), 'Saved');
  expect(await actorsOf('typed by planner A')).toEqual(['planner-a']);
});

test('the other person finds their own replica on the same browser', async () => {
  const screen = await open();
  await profile.setOffline(true);
  await screen.note('AC', 'kept by planner A');
  await becomes(() => screen.chip(), /1 kept on this device/);
  // Before the cable is back: in their own session the edit would be sent.
  await profile.signInAs('planner-b');
  await profile.setOffline(false);
  const other = new Screen(await profile.open(PLAN));
  await other.row('AC').waitFor();
  await becomes(() => other.chip(), 'Saved');
  expect(await other.noteText('AC')).not.toBe('kept by planner A');
});

test('what one tab keeps, the other shows, and a reload finds', async () => {
  const first = await open();
  const second = new Screen(await profile.open(PLAN));
  await second.row('AB').waitFor();
  await profile.setOffline(true);
  await first.note('AD', 'from the first tab');
  await becomes(() => second.noteText('AD'), 'from the first tab');
  await second.note('AE', 'from the second tab');
  await becomes(() => first.noteText('AE'), 'from the second tab');
  await becomes(() => first.chip(), /2 kept on this device/);
  await profile.setOffline(false);
  await becomes(() => first.chip(), 'Saved', 60);
  await becomes(() => second.chip(), 'Saved', 60);
  await first.page.reload();
  await becomes(() => first.noteText('AE'), 'from the second tab');
  expect(await actorsOf('from the first tab')).toEqual(['planner-a']);
  expect(await actorsOf('from the second tab')).toEqual(['planner-a']);
});

test('what is pending can be downloaded, also without a network', async () => {
  const screen = await open();
  await profile.setOffline(true);
  await screen.note('AF', 'only here');
  await becomes(() => screen.chip(), /1 kept on this device/);
  await screen.page.getByRole('button', { name: 'More' }).click();
  const [file] = await Promise.all([
    screen.page.waitForEvent('download'),
    screen.page.getByText('Download my pending edits').first().click(),
  ]);
  const { format, pending } = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(format).toBe('macroplan-edits');
  expect(pending[0].ops[0].set.note).toBe('only here');
});

test('a reader is told why nothing can be edited', async () => {
  await profile.signInAs('viewer');
  const screen = await open();
  await screen.cell('AB', 'start').dblclick();
  expect(await screen.row('AB').getByRole('textbox').count()).toBe(0);
  await screen.page
    .getByText(/only read|may read|viewer/i)
    .first()
    .waitFor();
});

test('what was refused stays in the order in which it was typed, and can be tried again when the rules allow it', async () => {
  const screen = await open();
  const lead = new WirePerson(stage.host, 'lead');
  const { rows } = await stage.host.database.admin.query<{ id: string }>(
    `select id from macroplan.iterations where code = 'DR2'`,
  );
  const become = (base: string, state: string) =>
    lead.edit('State', {
      op: 'set',
      table: 'iterations',
      id: rows[0]?.id ?? '',
      base: { state: base },
      set: { state },
    });
  const before = await scheduleIn(stage.host, 'DR2', 'AB');
  await profile.setOffline(true);
  for (const code of ['AB', 'AD', 'AE']) await screen.type(code, 'start', '+10m');
  expect((await become('planned', 'frozen')).outcome).toBe('applied');
  await profile.setOffline(false);
  await becomes(() => screen.chip(), '3 need you', 60);
  const refused = screen.page.locator('.mp-notice-line[data-kind="refused"]');
  expect((await refused.allInnerTexts()).map((text) => /Move (\w+)/.exec(text)?.[1])).toEqual(['AB', 'AD', 'AE']);
  expect((await become('frozen', 'planned')).outcome).toBe('applied');
  await refused.filter({ hasText: 'Move AB' }).getByRole('button', { name: 'Try again' }).click();
  await becomes(() => screen.chip(), '2 need you');
  await becomes(async () => (await scheduleIn(stage.host, 'DR2', 'AB')).planned_start, before.planned_start + 10);

  // Two are seen off one by one; of many, all at once, also after a reload.
  const all = screen.page.getByRole('button', { name: 'Dismiss all' });
  expect(await all.count()).toBe(0);
  await profile.setOffline(true);
  await screen.type('AC', 'start', '+10m');
  expect((await become('planned', 'frozen')).outcome).toBe('applied');
  await profile.setOffline(false);
  await becomes(() => screen.chip(), '3 need you', 60);
  await screen.page.getByText('3 edits were refused and changed nothing').waitFor();
  await all.press('Enter');
  await becomes(() => screen.chip(), 'Saved');
  expect(await screen.page.locator('.mp-notice-line').count()).toBe(0);
  await screen.page.reload();
  await becomes(() => screen.chip(), 'Saved');
  expect(await screen.page.locator('.mp-notice-line').count()).toBe(0);
  expect((await become('frozen', 'planned')).outcome).toBe('applied');
});
