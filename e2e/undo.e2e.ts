/** Undo and redo as a planner uses them: by key and by button, offline, over a reload, beside another planner. */
import { expect, test } from 'vitest';
import type { Op } from '../src/store/edit.ts';
import { setFields } from '../src/store/ops.ts';
import type { Plan } from '../src/store/rows.ts';
import { APP, becomes, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const PLAN = `${APP}?macroplan-iteration=DR2`;

const stage = setStage();

const open = (user: string) => stage.person(user, PLAN);

const said = (screen: Screen) => screen.page.locator('.mp-said').innerText();

test('what was typed offline is undone after a reload, and sent as it stands', async () => {
  const { profile, screen } = await open('planner-a');
  await screen.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const before = await screen.noteText('AB');
  await profile.setOffline(true);
  await screen.note('AB', 'first');
  await screen.note('AE', 'second');
  await becomes(() => screen.chip(), /2 kept on this device/);
  await screen.page.reload();
  await becomes(() => screen.noteText('AE'), 'second');
  await screen.page.keyboard.press('Control+z');
  await becomes(() => said(screen), 'Undone: Note on AE.');
  await screen.page.getByRole('button', { name: 'Undo note on AB' }).click();
  await becomes(() => screen.noteText('AB'), before);
  await screen.page.getByRole('button', { name: 'Nothing to undo' }).waitFor();
  await screen.page.keyboard.press('Control+y');
  await screen.page.keyboard.press('Control+Shift+z');
  await becomes(() => screen.noteText('AE'), 'second');
  await profile.setOffline(false);
  await becomes(() => screen.chip(), 'Saved', 60);
  expect(await screen.noteText('AB')).toBe('first');
  const { rows } = await stage.host.database.admin.query(
    `select s.note from macroplan.chapter_schedules s
       join macroplan.chapters c on (c.plan_id, c.id) = (s.plan_id, s.chapter_id)
       join macroplan.iterations i on (i.plan_id, i.id) = (s.plan_id, s.iteration_id)
      where c.code = 'AB' and i.code = 'DR2'`,
  );
  expect(rows).toEqual([{ note: 'first' }]);
});

test('a key inside an editor undoes typing, not the plan', async () => {
  const { screen } = await open('planner-a');
  await screen.note('AC', 'on the plan');
  await screen.cell('AC', 'note').dblclick();
  const editor = screen.page.getByRole('textbox', { name: 'Note on AC' });
  await editor.fill('typed further');
  await screen.page.keyboard.press('Control+z');
  await screen.page.keyboard.press('Escape');
  expect(await screen.noteText('AC')).toBe('on the plan');
});

test('what the other planner changed since stays, and it is said whose it is', async () => {
  const { screen: mine } = await open('planner-a');
  const { screen: theirs } = await open('planner-b');
  await mine.note('AD', 'from A');
  await becomes(() => theirs.noteText('AD'), 'from A', 60);
  await theirs.note('AD', 'from B');
  await becomes(() => mine.noteText('AD'), 'from B', 60);
  await mine.page.keyboard.press('Control+z');
  await becomes(
    () => said(mine),
    /^Not undone: Note on AD\. Schedule of chapter AD in DR2: Planner B changed it after you: kept\.$/,
  );
  expect(await mine.noteText('AD')).toBe('from B');
});

test('undo withdraws a conflict, redo brings the question back, and theirs stands all the while', async () => {
  const { profile, screen: mine } = await open('planner-a');
  const { screen: theirs } = await open('planner-b');
  await profile.setOffline(true);
  await mine.note('AF', 'mine');
  await theirs.note('AF', 'theirs');
  await becomes(() => theirs.chip(), 'Saved', 60);
  await profile.setOffline(false);
  await becomes(() => mine.chip(), '1 needs you', 60);
  await mine.page.keyboard.press('Control+z');
  await becomes(() => said(mine), 'Undone: Note on AF. Its conflict is withdrawn: what stands stays.');
  await becomes(() => mine.chip(), 'Saved', 60);
  await mine.page.getByRole('button', { name: 'Redo note on AF' }).click();
  await becomes(() => said(mine), /^Done again: Note on AF\. It still meets what others changed/);
  await becomes(() => mine.chip(), '1 needs you', 60);
  expect(await mine.noteText('AF')).toBe('theirs');
  await mine.page.getByRole('button', { name: 'Undo note on AF' }).click();
  await becomes(() => mine.chip(), 'Saved', 60);
  const { rows } = await stage.host.database.admin.query(
    "select state, label from macroplan.conflicts where label like '%ote on AF' order by rev",
  );
  expect(rows).toEqual([
    { state: 'withdrawn', label: 'Note on AF' },
    { state: 'withdrawn', label: 'Redo note on AF' },
  ]);
});

test('undo in a closed plan says why not, and works when the plan is open again', async () => {
  const { screen } = await open('planner-a');
  const lead = new WirePerson(stage.host, 'lead');
  const become = async (state: Plan['state'], ...before: readonly Op[]) => {
    await lead.look();
    const sql = 'select macroplan.wire(p) as row from macroplan.plans p';
    const plan = (await stage.host.database.admin.query<{ row: Plan }>(sql)).rows[0]?.row as Plan;
    await lead.edit(`Make the plan ${state}`, ...before, setFields('plans', plan, { state }));
  };
  const before = await screen.noteText('CA');
  await screen.note('CA', 'before the plan was closed');
  await becomes(() => screen.chip(), 'Saved');
  const schedule = await scheduleIn(stage.host, 'DR2', 'CB');
  await become('closed', setFields('chapter_schedules', schedule, { note: 'All is done' }));
  await becomes(() => screen.noteText('CB'), 'All is done', 60);
  await screen.page.keyboard.press('Control+z');
  await becomes(() => said(screen), 'Not undone yet: Note on CA. This plan is closed.');
  await screen.page.reload();
  await becomes(() => screen.noteText('CA'), 'before the plan was closed');
  await become('draft');
  // Until the page has heard of it, a press says again why not.
  const undo = screen.page.getByRole('button', { name: 'Undo note on CA' });
  await becomes(async () => {
    if (await undo.count()) await undo.click();
    return said(screen);
  }, 'Undone: Note on CA.');
  await becomes(() => screen.noteText('CA'), before);
});

test('notes that were sent as one edit and became a conflict go back once, and none is told as kept', async () => {
  const { screen: mine } = await open('planner-a');
  const { screen: theirs } = await open('planner-b');
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  await mine.page.route('**/sync', (route) => held.then(() => route.abort()), { times: 1 });
  // While this is on its way, what follows waits.
  await mine.note('AE', 'on its way');
  for (const text of ['one', 'one, and two', 'one, and two, and three']) await mine.note('CB', text);
  await becomes(() => mine.chip(), '2 kept on this device');
  await mine.page.keyboard.press('Control+z');
  await becomes(() => mine.noteText('CB'), 'one, and two');
  await theirs.note('CB', 'theirs');
  await becomes(() => theirs.chip(), 'Saved', 60);
  end();
  await becomes(() => mine.chip(), '1 needs you', 60);
  await mine.page.getByRole('button', { name: 'Undo note on CB' }).click();
  await becomes(() => said(mine), 'Undone: Note on CB. Its conflict is withdrawn: what stands stays.');
  await mine.page.getByRole('button', { name: 'Undo note on AE' }).waitFor();
  await becomes(() => mine.chip(), 'Saved', 60);
  expect(await mine.noteText('CB')).toBe('theirs');
});
