/** What stands typed in a form and is not saved is there again after a reload, a closed or a killed browser. */
import { randomUUID } from 'node:crypto';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { insertRow, removeRow, setFields } from '../src/store/ops.ts';
import { scheduleId } from '../src/store/rows.ts';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { type Person, setStage } from './support/stage.ts';
import { chapterIn, scheduleIn, WirePerson } from './support/wire-person.ts';

const PLAN = `${APP}?macroplan-iteration=DR2&macroplan-layout=table`;

const stage = setStage();

const UNSAVED = /^You had typed this and not saved it\./;

/** The page of a person after the browser was closed, or killed, and opened again. */
async function reopened({ profile }: Person, end: 'close' | 'kill' = 'close'): Promise<Screen> {
  // The browser learns of the last letter a moment after the page.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await profile[end]();
  const screen = new Screen(await profile.open(PLAN));
  await becomes(() => screen.chip(), 'Saved');
  return screen;
}

async function chapterDialog(screen: Screen, code: string): Promise<Locator> {
  await screen.row(code).locator('[data-col="title"]').dblclick();
  const dialog = screen.page.getByRole('dialog', { name: `Chapter ${code}` });
  await dialog.waitFor();
  return dialog;
}

const chapterNow = (code: string) => chapterIn(stage.host, code);

test('a chapter that was half changed is there again, and what was not touched is as others have it now', async () => {
  const lead = await stage.person('lead', PLAN);
  let dialog = await chapterDialog(lead.screen, 'AB');
  await dialog.getByLabel('Title').fill('Back up all disks');
  await dialog.getByLabel('Rollback action').fill('Start the old servers again');
  const before = await chapterNow('AB');
  const changed = { success_criterion: 'Restored once', rollback_action: 'Call the vendor' };
  const another = new WirePerson(stage.host, 'lead');
  await another.look();
  expect((await another.edit('Chapter AB', setFields('chapters', before, changed))).outcome).toBe('applied');

  let screen = await reopened(lead);
  dialog = await chapterDialog(screen, 'AB');
  await dialog.getByText(UNSAVED).waitFor();
  expect(await dialog.getByLabel('Title').inputValue()).toBe('Back up all disks');
  expect(await dialog.getByLabel('Success criterion').inputValue()).toBe('Restored once');
  expect(await dialog.getByLabel('Rollback action').inputValue()).toBe('Start the old servers again');
  // Nobody writes over what they have not seen.
  expect(await dialog.getByText(UNSAVED).innerText()).toBe(
    'You had typed this and not saved it. Rollback action became “Call the vendor” since; saving puts yours in its place.',
  );
  await axeFindsNothing(screen.page);
  await dialog.getByRole('button', { name: 'Save chapter' }).click();
  await becomes(() => screen.chip(), 'Saved');
  expect(await chapterNow('AB')).toMatchObject({
    title: 'Back up all disks',
    success_criterion: 'Restored once',
    rollback_action: 'Start the old servers again',
  });

  // Saved is saved: nothing comes back.
  screen = await reopened(lead);
  dialog = await chapterDialog(screen, 'AB');
  expect(await dialog.getByText(UNSAVED).count()).toBe(0);
});

test('Cancel, Escape and Start again drop what was typed', async () => {
  const { page, screen } = await stage.person('lead', PLAN);
  const title = (await chapterNow('AC')).title;
  const typeAndReload = async () => {
    const dialog = await chapterDialog(screen, 'AC');
    expect(await dialog.getByText(UNSAVED).count()).toBe(0);
    expect(await dialog.getByLabel('Title').inputValue()).toBe(title);
    await dialog.getByLabel('Title').fill('Something else');
    await dialog.getByLabel('Team').selectOption({ label: 'NET – Network and data centre' });
    await page.reload();
    await becomes(() => screen.chip(), 'Saved');
    const again = await chapterDialog(screen, 'AC');
    await again.getByText(UNSAVED).waitFor();
    return again;
  };
  await (await typeAndReload()).getByRole('button', { name: 'Cancel' }).click();
  await typeAndReload();
  await page.keyboard.press('Escape');
  const dialog = await typeAndReload();
  await dialog.getByRole('button', { name: 'Start again' }).click();
  expect(await dialog.getByLabel('Title').inputValue()).toBe(title);
  expect(await dialog.getByText(UNSAVED).count()).toBe(0);
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await typeAndReload();
});

test('what is new is there again too, with what is proposed for the rest by now', async () => {
  const lead = await stage.person('lead', PLAN);
  const { page, screen } = lead;
  await screen.row('AB').focus();
  await page.keyboard.press('a');
  const proposed = await page.getByRole('dialog').getByLabel('Code').inputValue();
  await page.getByRole('dialog').getByLabel('Title').fill('Tidy up');
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await screen.row('CB').focus();
  await page.keyboard.press('a');
  await page.getByText(UNSAVED).waitFor();
  expect(await page.getByRole('dialog').getByLabel('Title').inputValue()).toBe('Tidy up');
  expect(await page.getByRole('dialog').getByLabel('Code').inputValue()).not.toBe(proposed);
  await page.getByRole('button', { name: 'Add chapter' }).click();
  await becomes(() => screen.chip(), 'Saved');
});

test('times are there again as they were typed, and the third follows what is true now', async () => {
  const planner = await stage.person('planner-a', PLAN);
  let screen = planner.screen;
  const openTimes = async () => {
    await screen.row('CA').focus();
    await screen.page.keyboard.press('t');
    return screen.page.getByRole('dialog', { name: 'Times of CA' });
  };
  let dialog = await openTimes();
  const end = await dialog.getByLabel('End').inputValue();
  await dialog.getByLabel('Duration').fill('2h15');
  await dialog.getByLabel('Start', { exact: true }).fill('+30');
  const start = await screen.text('CA', 'start');

  screen = await reopened(planner);
  dialog = await openTimes();
  await dialog.getByText(UNSAVED).waitFor();
  expect(await dialog.getByLabel('Duration').inputValue()).toBe('2h15');
  expect(await dialog.getByLabel('Start', { exact: true }).inputValue()).not.toBe(start);
  expect(await dialog.getByLabel('End').inputValue()).not.toBe(end);
  await dialog.getByRole('button', { name: 'Start again' }).click();
  expect(await dialog.getByLabel('End').inputValue()).toBe(end);
  await dialog.getByLabel('End').fill('sat 2');

  // Half a time means nothing yet, and is there as it is.
  screen = await reopened(planner);
  dialog = await openTimes();
  expect(await dialog.getByLabel('End').inputValue()).toBe('sat 2');
  await screen.page.keyboard.press('Escape');

  await screen.row('CA').focus();
  await screen.page.keyboard.press('m');
  await screen.page.getByRole('dialog').getByRole('textbox').fill('+90m');
  await screen.page.getByRole('dialog').getByLabel('What comes after').selectOption('only');
  screen = await reopened(planner);
  await screen.row('CA').focus();
  await screen.page.keyboard.press('m');
  await screen.page.getByText(UNSAVED).waitFor();
  await screen.page.getByRole('button', { name: 'Move +1h30' }).click();
  await becomes(() => screen.text('CA', 'start'), /./);
  expect(await screen.text('CA', 'start')).not.toBe(start);
});

test('a half-typed cell is there again, Escape drops it, and a figure typed over it begins anew', async () => {
  const planner = await stage.person('planner-a', PLAN);
  const { page, screen } = planner;
  const input = screen.cell('AD', 'start').getByRole('textbox');
  const start = await screen.text('AD', 'start');
  const typeAndReload = async () => {
    await screen.cell('AD', 'start').dblclick();
    expect(await input.inputValue()).toBe(start);
    await input.fill('sun 2');
    await page.reload();
    await becomes(() => screen.chip(), 'Saved');
  };
  await typeAndReload();
  await screen.cell('AD', 'start').dblclick();
  expect(await input.inputValue()).toBe('sun 2');
  await page.getByText(UNSAVED).waitFor();
  await axeFindsNothing(page);
  await page.keyboard.press('Escape');
  await typeAndReload();
  await screen.cell('AD', 'start').focus();
  await page.keyboard.press('3');
  expect(await input.inputValue()).toBe('3');
  expect(await page.getByText(UNSAVED).count()).toBe(0);
  await page.keyboard.press('Escape');
});

test('a note that is half typed on a chapter which somebody removes is said with its words', async () => {
  const { phase_id } = await chapterNow('AB');
  const { iteration_id, planned_start, planned_end } = await scheduleIn(stage.host, 'DR2', 'AB');
  const id = randomUUID();
  const chapter = { phase_id, code: 'AX', title: 'Soon gone' };
  const schedule = { iteration_id, chapter_id: id, planned_start, planned_end };
  const another = new WirePerson(stage.host, 'lead');
  const made = [
    insertRow('chapters', id, chapter),
    insertRow('chapter_schedules', scheduleId(iteration_id, id), schedule),
  ];
  expect((await another.edit('Add', ...made)).outcome).toBe('applied');
  const { page, screen } = await stage.person('planner-a', PLAN);
  // No other row comes in its place.
  await page.getByRole('searchbox', { name: 'Search chapters' }).fill('Soon gone');
  await becomes(() => screen.row('AB').count(), 0);
  await screen.cell('AX', 'note').dblclick();
  await page.getByRole('textbox', { name: 'Note on AX' }).fill('Call the vendor first');
  const gone = [
    removeRow('chapter_schedules', await scheduleIn(stage.host, 'DR2', 'AX')),
    removeRow('chapters', await chapterNow('AX')),
  ];
  expect((await another.edit('Remove', ...gone)).outcome).toBe('applied');
  await page
    .getByRole('list', { name: 'What needs your eye' })
    .getByText('Note on AX is not shown any more; you had typed “Call the vendor first”.')
    .waitFor({ timeout: 60_000 });
});

test('a killed browser has what was typed until then', async () => {
  const lead = await stage.person('lead', PLAN);
  let screen = lead.screen;
  for (const [round, code] of ['AF', 'CA', 'CB'].entries()) {
    const dialog = await chapterDialog(screen, code);
    await dialog.getByLabel('Success criterion').fill(`typed before kill ${round}`);
    screen = await reopened(lead, 'kill');
    const again = await chapterDialog(screen, code);
    await again.getByText(UNSAVED).waitFor();
    expect(await again.getByLabel('Success criterion').inputValue()).toBe(`typed before kill ${round}`);
    await again.getByLabel('Success criterion').fill(`and after kill ${round}`);
    // The first one is typed in once more when the next kill comes.
    if (round > 0) await screen.page.keyboard.press('Escape');
    else screen = await reopened(lead, 'kill');
  }
  screen = await reopened(lead, 'kill');
  const first = await chapterDialog(screen, 'AF');
  expect(await first.getByLabel('Success criterion').inputValue()).toBe('and after kill 0');
});

test('what one person typed is not shown to another in the same browser, and waits for the one who typed it', async () => {
  const lead = await stage.person('lead', PLAN);
  const dialog = await chapterDialog(lead.screen, 'AE');
  await dialog.getByLabel('Title').fill('Not for other eyes');
  await lead.profile.signInAs('admin');
  const other = await reopened(lead);
  expect(await other.page.evaluate(() => document.body.innerText)).not.toContain('Not for other eyes');
  const theirs = await chapterDialog(other, 'AE');
  expect(await theirs.getByLabel('Title').inputValue()).not.toBe('Not for other eyes');
  await other.page.keyboard.press('Escape');
  await lead.profile.signInAs('lead');
  const again = await chapterDialog(await reopened(lead), 'AE');
  expect(await again.getByLabel('Title').inputValue()).toBe('Not for other eyes');
});

test('a pasted table that was not imported is there again, until it is taken away', async () => {
  const { page, screen } = await stage.person('lead', `${APP}?macroplan-iteration=DR2&macroplan-tab=exchange`);
  const area = page.getByRole('textbox', { name: 'Paste a table' });
  const table = 'Task\tTask ID\tEst. Duration\nPack the crates\tNEW-1\t45\n';
  const isBack = async () => {
    await page.reload();
    await becomes(() => screen.chip(), 'Saved');
    await page.getByText('You had pasted this and not imported it.').waitFor();
  };
  await area.fill(table.slice(0, 30));
  await page.reload();
  await page.getByText(UNSAVED).waitFor();
  expect(await area.inputValue()).toBe(table.slice(0, 30));
  await axeFindsNothing(page);
  await area.fill(table);
  await area.blur();
  await page.getByRole('button', { name: 'Import 1 chapter' }).waitFor();
  expect(await page.getByText(UNSAVED).count()).toBe(0);
  await isBack();
  await isBack();
  await page.getByRole('button', { name: 'Import 1 chapter' }).click();
  await page.getByText('Imported: 1 new. Undo takes all of it back.').waitFor();
  await area.fill(table);
  await area.blur();
  await page.getByText('Nothing to import').waitFor();
  await isBack();
  await page.getByRole('button', { name: 'Take it away' }).click();
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await area.waitFor();
  expect(await page.getByText('You had pasted this and not imported it.').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Take it away' }).count()).toBe(0);
});

test('the words of a mail, an address for the list and why a chapter is blocked are there again', async () => {
  await stage.host.database.admin.query(
    `select macroplan.begin_edit(plan_id, 'lead', 'Lead', null, null, null, 'Mail'),
       macroplan.write_row(plan_id, 'iterations', id, '{"mail_mode":"on"}')
     from macroplan.iterations where code = 'DR1'`,
  );
  const { page, screen } = await stage.person('lead', `${APP}?macroplan-iteration=DR1&macroplan-tab=share`);
  const reload = async () => {
    await page.reload();
    await becomes(() => screen.chip(), 'Saved');
  };
  const ticked = async () => {
    await page.getByRole('checkbox', { name: 'Conflicts' }).waitFor();
    const boxes = await page.getByRole('dialog').getByRole('checkbox', { checked: true }).all();
    return Promise.all(
      boxes.map((box) => box.evaluate((each) => (each as HTMLInputElement).labels?.[0]?.innerText.trim())),
    );
  };
  await page.getByRole('button', { name: 'Send by mail…' }).click();
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('board@example.com');
  await page.getByLabel('Words before the table').fill('As discussed:\nthe plan');
  await reload();
  await page.getByRole('button', { name: 'Send by mail…' }).click();
  await page.getByText(UNSAVED).waitFor();
  expect(await page.getByRole('textbox', { name: 'To', exact: true }).inputValue()).toBe('board@example.com');
  expect(await page.getByLabel('Words before the table').inputValue()).toBe('As discussed:\nthe plan');
  await axeFindsNothing(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Who gets mails…' }).click();
  await page.getByRole('textbox', { name: 'Mail address' }).fill('night@example.com');
  await reload();
  await page.getByRole('button', { name: 'Who gets mails…' }).click();
  await page.getByText(UNSAVED).waitFor();
  expect(await page.getByRole('textbox', { name: 'Mail address' }).inputValue()).toBe('night@example.com');
  await page.getByRole('checkbox', { name: 'Conflicts' }).check();
  await page.getByRole('checkbox', { name: 'Chapters started, done and blocked' }).check();
  await page.getByLabel('Whose address it is').selectOption('planner-a');
  await reload();
  await page.getByRole('button', { name: 'Who gets mails…' }).click();
  await page.getByText(UNSAVED).waitFor();
  expect(await ticked()).toEqual(['Conflicts', 'Chapters started, done and blocked']);
  expect(await page.getByLabel('Whose address it is').inputValue()).toBe('planner-a');
  await axeFindsNothing(page);
  await page.getByRole('button', { name: 'Start again' }).click();
  expect(await ticked()).toEqual([]);
  expect(await page.getByLabel('Whose address it is').inputValue()).toBe('');
  await page.getByRole('textbox', { name: 'Mail address' }).fill('night@example.com');
  await page.getByRole('checkbox', { name: 'Conflicts' }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Added.').waitFor();
  await reload();
  await page.getByRole('button', { name: 'Who gets mails…' }).click();
  await page.getByRole('button', { name: 'Remove night@example.com' }).waitFor();
  expect(await page.getByText(UNSAVED).count()).toBe(0);
  await page.keyboard.press('Escape');

  await screen.openTab('Live');
  const block = page.getByRole('button', { name: /^Block… / }).first();
  await block.click();
  await page.getByRole('dialog').getByRole('textbox').fill('No tape drive');
  await reload();
  await block.click();
  await page.getByText(UNSAVED).waitFor();
  expect(await page.getByRole('dialog').getByRole('textbox').inputValue()).toBe('No tape drive');
});

test('what was said of the columns and dates of a table is there again, until it is taken away or said anew', async () => {
  const { page, screen } = await stage.person('lead', `${APP}?macroplan-iteration=DR2&macroplan-tab=exchange`);
  const told = page.getByText('Columns and dates are read as you had said of this table before.');
  const file = {
    name: 'us.csv',
    mimeType: 'text/plain',
    buffer: Buffer.from('Zeichen,Wann,Note\nAB,3/4/2027 22:00,seen\n'),
  };
  const load = () => page.getByLabel('File to import').setInputFiles(file);
  const reload = async () => {
    await page.reload();
    await becomes(() => screen.chip(), 'Saved');
  };
  await load();
  await page.getByLabel('Zeichen').selectOption('code');
  await page.getByLabel('Wann').selectOption('start');
  await page.getByRole('button', { name: 'Month first' }).click();
  expect(await told.isVisible()).toBe(false);
  await reload();
  await load();
  await told.waitFor();
  expect(await page.getByLabel('Wann').inputValue()).toBe('start');
  expect(await page.getByRole('button', { name: 'Month first' }).getAttribute('aria-pressed')).toBe('true');
  await axeFindsNothing(page);
  await page.getByRole('button', { name: 'Start again' }).click();
  expect(await page.getByLabel('Wann').inputValue()).toBe('');
  expect(await told.isVisible()).toBe(false);
  await page.getByLabel('Zeichen').selectOption('title');

  // Another table has said nothing yet, and this one keeps what it said.
  await page.getByLabel('File to import').setInputFiles({ ...file, buffer: Buffer.from('Nummer,Wann\nAB,1\n') });
  await page.getByLabel('Nummer').waitFor();
  expect(await told.isVisible()).toBe(false);
  await load();
  await told.waitFor();
  expect(await page.getByLabel('Zeichen').inputValue()).toBe('title');
  await page.getByRole('button', { name: 'Take it away' }).click();
  await load();
  await page.getByLabel('Zeichen').waitFor();
  expect(await told.isVisible()).toBe(false);
});

test('on opening the page tells once which drafts wait, leads to each, and drops one that is not wanted', async () => {
  const lead = await stage.person('lead', PLAN);
  let { page, screen } = lead;
  await page.locator('[data-do="dismiss"][data-id="drafts"]').waitFor({ state: 'detached' });
  const dialog = await chapterDialog(screen, 'CD');
  await dialog.getByLabel('Title').fill('Half a title');
  screen = await reopened(lead);
  page = screen.page;
  const notice = page.getByRole('list', { name: 'What needs your eye' });
  await notice.getByText('1 draft waits: chapter CD.').waitFor();
  // It takes the focus from nobody.
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  await axeFindsNothing(page);
  await notice.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('dialog', { name: 'Chapter CD' }).getByText(UNSAVED).waitFor();
  expect(await notice.isVisible()).toBe(false);

  // Left as it is, and two more.
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await notice.getByRole('button', { name: 'Later' }).click();
  await notice.waitFor({ state: 'hidden' });
  await screen.cell('CE', 'start').dblclick();
  await screen.cell('CE', 'start').getByRole('textbox').fill('sun 2');
  await page.goto(page.url().replace('DR2', 'DR1').replace('layout=table', 'tab=share'));
  await becomes(() => screen.chip(), 'Saved');
  await notice.getByText('2 drafts wait: CE, start in DR2; chapter CD.').waitFor();
  await notice.getByRole('button', { name: 'Drop…' }).click();
  await page.getByRole('menuitem', { name: 'chapter CD' }).click();
  await notice.getByText('1 draft waits: CE, start in DR2.').waitFor();
  await notice.getByRole('button', { name: 'Open', exact: true }).click();
  const input = screen.cell('CE', 'start').getByRole('textbox');
  await input.waitFor();
  expect(await input.inputValue()).toBe('sun 2');
  expect(page.url()).toContain('macroplan-iteration=DR2');
  await page.keyboard.press('Escape');
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await screen.cell('CE', 'start').waitFor();
  expect(await notice.isVisible()).toBe(false);
});

test('what is being typed in another tab waits for nobody until that tab is gone', async () => {
  const { page, profile } = await stage.person('lead', PLAN);
  const first = new Screen(page);
  await (await chapterDialog(first, 'CD')).getByLabel('Title').fill('Left as it is');
  await page.reload();
  await becomes(() => first.chip(), 'Saved');
  await (await chapterDialog(first, 'CF')).getByLabel('Title').fill('Being typed');
  const second = await profile.open(PLAN);
  const notice = second.getByRole('list', { name: 'What needs your eye' });
  await notice.getByText('1 draft waits: chapter CD.').waitFor();
  await page.close();
  // In either order: within a second the server's clock, as each page knows it, may not tell which came later.
  await notice.getByText(/^2 drafts wait: chapter (CF; chapter CD|CD; chapter CF)\.$/).waitFor();
});
