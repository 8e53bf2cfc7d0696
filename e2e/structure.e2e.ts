/** Changing what the plan is made of: by keyboard and by mouse, offline, beside others. */
import { expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes as becomesIn, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const PLAN = `${APP}?macroplan-iteration=DR2&macroplan-layout=table`;

const stage = setStage();

const becomes = <T>(read: () => Promise<T>, expected: T | RegExp) => becomesIn(read, expected, 30);

const open = (user: string) => stage.person(user, PLAN);

/** The codes of the rows that are on screen, in order. */
const codes = async ({ page }: Screen) => {
  const rows = page.locator('.mp-body .mp-row');
  const found = await rows.evaluateAll((elements) =>
    elements.map((row) => [
      Number(row.getAttribute('aria-rowindex')),
      row.querySelector('[data-col="code"]')?.textContent ?? '',
    ]),
  );
  return found
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, code]) => code)
    .slice(0, 8)
    .join(' ');
};

const said = ({ page }: Screen) => page.locator('[role=status][aria-live]').first().textContent();
const focused = ({ page }: Screen) => page.locator('.mp-row:focus [data-col="code"]').innerText();
const title = (screen: Screen, code: string) => screen.row(code).locator('[data-col="title"]');
const choose = async ({ page }: Screen, name: string) => {
  await page.getByRole('button', { name: 'Plan…' }).click();
  await page.getByRole('menuitem', { name }).click();
};

test('a lead adds a chapter by keyboard, moves it, and undo takes each step back', async () => {
  const { screen, page } = await open('lead');
  await screen.row('AB').focus();
  await page.keyboard.press('a');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Tidy up');
  await page.keyboard.press('Enter');
  await becomes(() => codes(screen), 'A AA AB AG AC AD AE AF');
  await becomes(() => focused(screen), 'AG');
  await becomes(() => said(screen), 'Add chapter AG');
  await page.keyboard.press('Alt+ArrowUp');
  await becomes(() => codes(screen), 'A AA AG AB AC AD AE AF');
  await becomes(() => focused(screen), 'AG');
  await page.keyboard.press('Alt+ArrowUp');
  await becomes(() => codes(screen), 'A AG AA AB AC AD AE AF');
  // What was done is said once it is kept; after that nothing speaks over the next words.
  await becomes(() => screen.chip(), 'Saved');
  await page.keyboard.press('Alt+ArrowUp');
  await becomes(() => said(screen), /^(Move AG up\. )?AG is the first\.$/);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await becomes(() => codes(screen), 'A AA AB AG AC AD AE AF');
  await page.getByRole('button', { name: 'Undo add chapter AG' }).click();
  await becomes(() => codes(screen), 'A AA AB AC AD AE AF C');
  await becomes(() => screen.chip(), 'Saved');
});

test('a chapter is changed in one dialog, which says what is wrong beside the field and keeps what was typed', async () => {
  const { screen, page } = await open('lead');
  await title(screen, 'AC').dblclick();
  const dialog = page.getByRole('dialog', { name: 'Chapter AC' });
  await dialog.getByLabel('Title').fill('Back up everything');
  await dialog.getByLabel('Team').selectOption({ label: 'NET – Network and data centre' });
  await dialog.getByLabel('Success criterion').fill('Restored once');
  await dialog.getByLabel('Code').fill('AA');
  await axeFindsNothing(page);
  await dialog.getByRole('button', { name: 'Save chapter' }).click();
  await dialog.getByText('The code "AA" is taken by another chapter.').waitFor();
  expect(await dialog.getByLabel('Code').getAttribute('aria-invalid')).toBe('true');
  expect(await dialog.getByLabel('Title').inputValue()).toBe('Back up everything');
  await dialog.getByLabel('Code').fill('AC');
  await dialog.getByLabel('Code').press('Enter');
  await becomes(() => title(screen, 'AC').innerText(), /Back up everything/);
  await becomes(() => screen.chip(), 'Saved');
  const { rows } = await stage.host.database.admin.query(
    `select label, after ->> 'success_criterion' as text from macroplan.event_log order by rev desc limit 1`,
  );
  expect(rows).toEqual([{ label: 'Chapter AC: title, team and success criterion', text: 'Restored once' }]);
});

test('what somebody else changes meanwhile neither resets the dialog nor is overwritten by it', async () => {
  const { screen, page, profile } = await open('lead');
  const other = await open('lead');
  await screen.row('AD').focus();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Chapter AD' });
  await dialog.getByLabel('Title').fill('Grant rights');
  await other.screen.row('AD').focus();
  await other.page.keyboard.press('c');
  await other.page.getByLabel('Rollback action').fill('Revoke them');
  await other.page.keyboard.press('Shift+Tab');
  await other.page.getByRole('button', { name: 'Save chapter' }).click();
  await becomes(() => other.screen.chip(), 'Saved');
  await screen.lookAgain();
  expect(await dialog.getByLabel('Title').inputValue()).toBe('Grant rights');
  await profile.setOffline(true);
  await dialog.getByRole('button', { name: 'Save chapter' }).click();
  await becomes(() => screen.chip(), /1 kept on this device/);
  await profile.setOffline(false);
  await becomes(() => screen.chip(), 'Saved');
  const { rows } = await stage.host.database.admin.query(
    `select title, rollback_action from macroplan.chapters where code = 'AD' and not removed`,
  );
  expect(rows).toEqual([{ title: 'Grant rights', rollback_action: 'Revoke them' }]);
});

test('phases are added, ordered, renamed and removed by mouse; one with chapters says why it stays', async () => {
  const { screen, page } = await open('lead');
  await choose(screen, 'Phases…');
  const list = page.getByRole('dialog', { name: 'Phases' });
  await list.getByRole('button', { name: 'Add a phase' }).click();
  const form = page.getByRole('dialog', { name: 'Add a phase' });
  await form.getByLabel('Code').fill('0');
  await form.getByLabel('Name').fill('Before all');
  await form.getByRole('button', { name: 'Add phase' }).click();
  const up = list.getByRole('button', { name: 'Up 0 Before all' });
  for (let step = 0; step < 5; step += 1) await up.click();
  expect(await up.getAttribute('aria-disabled')).toBe('true');
  await list.getByRole('button', { name: 'Change 0 Before all' }).click();
  await page.getByRole('dialog', { name: 'Phase 0' }).getByLabel('Name').fill('Preparation');
  await page.keyboard.press('Enter');
  await list.getByRole('button', { name: 'Remove A Pre-migration' }).click({ force: true });
  await list.getByText(/^A Pre-migration: used by chapter/).waitFor();
  await axeFindsNothing(page);
  await list.getByRole('button', { name: 'Close' }).click();
  await becomes(() => codes(screen), /^0 A AA/);
  await choose(screen, 'Phases…');
  await list.getByRole('button', { name: 'Remove 0 Preparation' }).click();
  await page.keyboard.press('Escape');
  await becomes(() => codes(screen), /^A AA/);
  await becomes(() => screen.chip(), 'Saved');
});

test('a chapter with a record in a finished iteration stays, and the dialog says why; from one to come it is taken out', async () => {
  const { screen, page } = await open('lead');
  await screen.row('AE').focus();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Remove chapter AE?' });
  await dialog.getByText(/is done: its schedules stay as they are/).waitFor();
  await dialog.getByRole('button', { name: 'Remove chapter AE' }).click({ force: true });
  await axeFindsNothing(page);
  await page.keyboard.press('Escape');
  await screen.row('AE').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Take AE out of DR2' }).click();
  await screen.row('AE').getByRole('button', { name: 'Schedule AE' }).waitFor();
  await page.keyboard.press('Control+z');
  await becomes(() => screen.text('AE', 'duration'), '2h30');
});

test('a planner is told that only a lead changes the plan', async () => {
  const { screen, page } = await open('planner-a');
  await screen.row('AB').focus();
  for (const key of ['a', 'c', 'Delete', 'Alt+ArrowDown']) await page.keyboard.press(key);
  await becomes(() => said(screen), 'Only a lead changes what the plan is made of.');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('button', { name: 'Plan…' }).click();
  expect(await page.getByRole('menuitem', { name: 'Add a phase…' }).getAttribute('aria-disabled')).toBe('true');
});

test('dependencies are added by a part of a title, changed and removed; a circle is said at once', async () => {
  const { screen, page } = await open('lead');
  await screen.row('AB').focus();
  await page.keyboard.press('l');
  const list = page.getByRole('dialog', { name: 'Dependencies of AB' });
  await list.getByText('After AA').waitFor();
  await axeFindsNothing(page);
  await list.getByRole('button', { name: 'Add a dependency' }).click();
  const form = page.getByRole('dialog', { name: 'Add a dependency of AB' });
  await form.getByLabel('Chapter').fill('AF');
  await form.getByText('That would close a circle: AB → AF → AB.').waitFor();
  await form.getByRole('button', { name: 'Add dependency' }).click();
  expect(await form.getByLabel('Chapter').getAttribute('aria-invalid')).toBe('true');
  await axeFindsNothing(page);
  await form.getByLabel('Which way').selectOption('after');
  await form.getByLabel('Chapter').fill('start of weekend 1');
  await form.getByLabel('Lag').fill('+30m');
  await page.keyboard.press('Enter');
  await list.getByText(/^Before CA/).waitFor();
  await list.getByRole('button', { name: /^Change Before CA/ }).click();
  await page.getByRole('dialog', { name: 'AB → CA' }).getByLabel('Kind').selectOption('SS');
  await page.getByRole('button', { name: 'Save dependency' }).click();
  await list.getByText('SS +30m').waitFor();
  await list.getByRole('button', { name: /^Remove Before CA/ }).press('Enter');
  await becomes(() => list.getByText(/^Before CA/).count(), 0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('l');
  await list.getByText(/^Before CA/).waitFor();
  await page.keyboard.press('Escape');
  await becomes(() => screen.chip(), 'Saved');
});

test('a chapter is removed offline with its times and dependencies, and one undo brings them all back', async () => {
  const { screen, page, profile } = await open('lead');
  await screen.row('AF').focus();
  await page.keyboard.press('Insert');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Extra');
  await page.keyboard.press('Enter');
  await becomes(() => focused(screen), 'AG');
  await profile.setOffline(true);
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Add a dependency' }).click();
  await page.getByRole('dialog', { name: 'Add a dependency of AG' }).getByLabel('Chapter').fill('AA');
  await page.keyboard.press('Enter');
  await page.getByText(/^After AA/).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Remove chapter AG?' });
  await dialog.getByText('Goes too: the times in DR2.').waitFor();
  await dialog.getByText('Goes too: the dependency AA → AG.').waitFor();
  await dialog.getByRole('button', { name: 'Remove chapter AG' }).click();
  await becomes(() => codes(screen), 'A AA AB AC AD AE AF C');
  await page.keyboard.press('Control+z');
  await becomes(() => codes(screen), 'A AA AB AC AD AE AF AG');
  expect(await screen.text('AG', 'duration')).toBe('1h');
  await profile.setOffline(false);
  await becomes(() => screen.chip(), 'Saved');
  const { rows } = await stage.host.database.admin.query(
    `select count(*)::int as n from macroplan.dependencies d
       join macroplan.chapters c on (c.plan_id, c.id) = (d.plan_id, d.successor_id)
      where c.code = 'AG' and not c.removed and not d.removed`,
  );
  expect(rows).toEqual([{ n: 1 }]);
});

test('teams and sites are kept; one that is in use says by whom, and a zone that is none is refused', async () => {
  const { screen, page } = await open('lead');
  await choose(screen, 'Teams…');
  const teams = page.getByRole('dialog', { name: 'Teams' });
  await teams.getByRole('button', { name: 'Remove CMO Cutover office' }).click({ force: true });
  await teams.getByText(/^CMO Cutover office: used by chapter/).waitFor();
  await teams.getByRole('button', { name: 'Add a team' }).click();
  const form = page.getByRole('dialog', { name: 'Add a team' });
  await form.getByLabel('Code').fill('ZZZ');
  await form.getByLabel('Name').fill('Night shift');
  await form.getByLabel('Mail address').fill('night');
  await page.keyboard.press('Enter');
  await form.getByText('The email must be one mail address.').waitFor();
  await form.getByLabel('Mail address').fill('');
  await page.keyboard.press('Enter');
  await teams.getByRole('button', { name: 'Change ZZZ Night shift' }).waitFor();
  await axeFindsNothing(page);
  await teams.getByRole('button', { name: 'Remove ZZZ Night shift' }).click();
  await becomes(() => teams.getByText('Night shift').count(), 0);
  await page.keyboard.press('Escape');
  await choose(screen, 'Sites…');
  const sites = page.getByRole('dialog', { name: 'Sites' });
  await sites.getByRole('button', { name: 'Add a site' }).click();
  const site = page.getByRole('dialog', { name: 'Add a site' });
  await site.getByLabel('Code').fill('TYO');
  await site.getByLabel('Name').fill('Tokyo');
  await site.getByLabel('Time zone').fill('Tokyo time');
  await page.keyboard.press('Enter');
  await site.getByText('The time zone must be the name of a time zone, such as Europe/Berlin.').waitFor();
  await site.getByLabel('Time zone').fill('Asia/Tokyo');
  await page.keyboard.press('Enter');
  await sites.getByText(/Asia\/Tokyo/).waitFor();
  await page.keyboard.press('Escape');
  await becomes(() => screen.chip(), 'Saved');
});

test('an iteration is cloned offline at a new start with what it really took, as one edit that undo takes back', async () => {
  const { screen, page, profile } = await open('lead');
  await profile.setOffline(true);
  await choose(screen, 'Iterations…');
  const list = page.getByRole('dialog', { name: 'Iterations' });
  await list.getByRole('button', { name: /^Clone RUN2/ }).click();
  const form = page.getByRole('dialog', { name: 'Clone RUN2' });
  await form.getByText(/chapters, \d+ with what they really took\.$/).waitFor();
  await form.getByLabel('Durations').selectOption('planned');
  await form.getByText(/chapters, all as long as planned\.$/).waitFor();
  const ends = () => form.getByText(/^The clone ends /).innerText();
  const planned = await ends();
  await form.getByLabel('Durations').selectOption({ label: 'The middle of what it took in all iterations' });
  await form.getByText(/chapters, \d+ with what they really took\.$/).waitFor();
  const middle = await ends();
  await form.getByLabel('Durations').selectOption({ label: 'What was enough in nine of ten iterations' });
  await becomes(async () => new Set([planned, middle, await ends()]).size, 3);
  await form.getByLabel('Durations').selectOption('actual');
  await form.getByLabel('Window starts').fill('half past');
  await form.getByLabel('Code').fill('DR2');
  await form.getByRole('button', { name: 'Clone', exact: true }).click();
  expect(await form.getByLabel('Window starts').getAttribute('aria-invalid')).toBe('true');
  await form.getByLabel('Window starts').fill('2027-05-28 20:00');
  await form.getByRole('button', { name: 'Clone', exact: true }).click();
  await form.getByText('The code "DR2" is taken by another iteration.').waitFor();
  await axeFindsNothing(page);
  await form.getByLabel('Code').fill('RUN4');
  await form.getByLabel('Code').press('Enter');
  await list.getByText(/^RUN4/).waitFor();
  await page.keyboard.press('Escape');
  await becomes(() => page.locator('.mp-iteration strong').innerText(), 'RUN4');
  await becomes(() => screen.text('AA', 'start'), 'Fri 28 May 20:00');
  await becomes(() => screen.chip(), /1 kept on this device/);
  await profile.setOffline(false);
  await becomes(() => screen.chip(), 'Saved');
  const clones = async () =>
    (
      await stage.host.database.admin.query<{ label: string; n: number }>(
        `select label, count(*)::int as n from macroplan.event_log group by rev, label order by rev desc limit 1`,
      )
    ).rows[0];
  const { label, n } = (await clones()) ?? { label: '', n: 0 };
  expect(label).toBe('Clone RUN2 as RUN4');
  expect(n).toBeGreaterThan(50);
  await page.keyboard.press('Control+z');
  await becomes(async () => (await clones())?.label ?? '', 'Undo clone RUN2 as RUN4');
  expect((await clones())?.n).toBe(n);
  await becomes(async () => (await page.locator('.mp-iteration strong').innerText()) === 'RUN4', false);
});

test('an iteration is added, changed and removed; one with times says what it holds', async () => {
  const { screen, page } = await open('lead');
  await choose(screen, 'Iterations…');
  const list = page.getByRole('dialog', { name: 'Iterations' });
  await list.getByRole('button', { name: 'Add an iteration' }).click();
  const form = page.getByRole('dialog', { name: 'Add an iteration' });
  await form.getByLabel('Code').fill('DR3');
  await form.getByLabel('Name').fill('Third dress rehearsal');
  await form.getByLabel('Window starts').fill('2027-06-12 20:00');
  await form.getByLabel('Window ends').fill('2027-06-12 19:00');
  await form.getByRole('button', { name: 'Add iteration' }).click();
  await form.getByText('Iteration DR3: the window end lies before the window start.').waitFor();
  await form.getByLabel('Window ends').fill('+12h');
  await form.getByLabel('A rollback takes').fill('1h30');
  await page.keyboard.press('Enter');
  await list.getByRole('button', { name: /^Change DR3/ }).click();
  const change = page.getByRole('dialog', { name: 'Iteration DR3' });
  expect(await change.getByLabel('Window starts').inputValue()).toBe('Sat 12 Jun 20:00');
  expect(await change.getByLabel('A rollback takes').inputValue()).toBe('1h30');
  await change.getByLabel('State').selectOption('frozen');
  await axeFindsNothing(page);
  await change.getByRole('button', { name: 'Save iteration' }).click();
  await list.getByText(/^Frozen · Sat 12 Jun 20:00/).waitFor();
  await list.getByRole('button', { name: /^Remove DR2/ }).click({ force: true });
  await list.getByText(/^DR2 .*: it holds the times of \d+ chapters\.$/).waitFor();
  await list.getByRole('button', { name: /^Remove DR3/ }).click();
  await becomes(() => list.getByText(/^DR3/).count(), 0);
  await page.keyboard.press('Escape');
  await becomes(() => screen.chip(), 'Saved');
});

test('an iteration that others look at stays in their sight under another code, and no other takes its place once it is gone', async () => {
  const { screen, page } = await open('lead');
  await choose(screen, 'Iterations…');
  const list = page.getByRole('dialog', { name: 'Iterations' });
  await list.getByRole('button', { name: 'Add an iteration' }).click();
  const form = page.getByRole('dialog', { name: 'Add an iteration' });
  await form.getByLabel('Code').fill('DR7');
  await form.getByLabel('Name').fill('One more, with a name as long as a name may be '.repeat(9));
  await form.getByLabel('Window starts').fill('2027-06-12 20:00');
  await form.getByLabel('Window ends').fill('+12h');
  await form.getByRole('button', { name: 'Add iteration' }).click();
  await list.getByText(/^DR7/).waitFor();
  await becomes(() => screen.chip(), 'Saved');
  const other = await stage.person('planner-a', `${APP}?macroplan-iteration=DR7`);
  const shown = () => other.page.locator('.mp-iteration strong').innerText();
  await becomes(shown, 'DR7');
  // A long name takes nothing off the side of the page, or of the paper.
  for (const [tab, view] of [
    ['Report', '.mp-report'],
    ['Files', '.mp-exchange'],
    ['Planner', '.mp-planner'],
  ] as const) {
    await other.page.getByRole('tab', { name: tab }).click();
    await becomes(shown, 'DR7');
    const isCut = (element: Element) => element.scrollWidth > element.clientWidth;
    expect(await other.page.locator(view).evaluate(isCut), tab).toBe(false);
  }
  await list.getByRole('button', { name: /^Change DR7/ }).click();
  await page.getByRole('dialog', { name: 'Iteration DR7' }).getByLabel('Code').fill('DR8');
  await page.keyboard.press('Enter');
  await list.getByText(/^DR8/).waitFor();
  await becomes(() => screen.chip(), 'Saved');
  await other.screen.lookAgain();
  await becomes(shown, 'DR8');
  expect(other.page.url()).toContain('macroplan-iteration=DR8');
  await list.getByRole('button', { name: /^Remove DR8/ }).click();
  await becomes(() => screen.chip(), 'Saved');
  await other.screen.lookAgain();
  await other.page.getByText('This plan has no iteration DR8, or no longer. Choose one above.').waitFor();
  expect(await other.page.locator('.mp-body .mp-row:visible').count()).toBe(0);
  for (const name of ['Live', 'Report', 'Share', 'Files'] as const) {
    await other.page.getByRole('tab', { name }).click();
    await becomes(shown, 'No iteration');
    await axeFindsNothing(other.page);
  }
  await other.page.locator('.mp-iteration:visible').click();
  await other.page.getByRole('menuitemradio', { name: /^DR2/ }).click();
  await becomes(shown, 'DR2');
});

test('a baseline is taken by a lead and compared with by a planner, behind the bars and beside the times', async () => {
  const { screen, page } = await open('lead');
  await choose(screen, 'Baselines of DR2…');
  await page.getByRole('button', { name: 'Take a baseline' }).click();
  await page.keyboard.type('As approved');
  await page.keyboard.press('Enter');
  await page.getByText(/chapters, all where they were$/).waitFor();
  await page.keyboard.press('Escape');
  await becomes(() => screen.chip(), 'Saved');
  const planner = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2`);
  await choose(planner.screen, 'Baselines of DR2…');
  expect(await planner.page.getByRole('button', { name: 'Remove As approved' }).count()).toBe(0);
  await planner.page.getByRole('button', { name: 'Compare As approved' }).click();
  await planner.page.keyboard.press('Escape');
  await planner.screen.type('AB', 'start', '+45m');
  const row = planner.screen.row('AB');
  await becomes(() => row.locator('.mp-variance').innerText(), '+45m');
  const [ghost, bar] = [await row.locator('.mp-ghost').boundingBox(), await row.locator('.mp-bar').boundingBox()];
  expect(ghost?.x).toBeLessThan(bar?.x ?? 0);
  const column = row.locator('[data-col="variance"]');
  expect(await column.isVisible()).toBe(false);
  await planner.page.getByRole('button', { name: 'Variance' }).click();
  await becomes(() => column.innerText(), '+45m');
  await column.hover();
  await becomes(() => column.getAttribute('title'), 'Planned to end 45m later than in the baseline');
  await axeFindsNothing(planner.page);
  await planner.screen.row('AB').focus();
  await planner.page.keyboard.press('v');
  await becomes(() => column.isVisible(), false);
  await planner.page.getByRole('button', { name: /^Compared with “As approved”/ }).click();
  await becomes(() => row.locator('.mp-ghost').isVisible(), false);
  await planner.page.keyboard.press('Control+z');
  await choose(screen, 'Baselines of DR2…');
  await page.getByRole('button', { name: 'Remove As approved' }).click();
  await page.getByText('DR2 has no baseline yet.').waitFor();
});

test('a baseline that somebody removes while it is compared is said to be gone, once, and is compared no more', async () => {
  const lead = await open('lead');
  await choose(lead.screen, 'Baselines of DR2…');
  await lead.page.getByRole('button', { name: 'Take a baseline' }).click();
  await lead.page.keyboard.type('For a while');
  await lead.page.keyboard.press('Enter');
  await lead.page.getByRole('button', { name: 'Remove For a while' }).waitFor();
  await becomes(() => lead.screen.chip(), 'Saved');
  const { screen, page } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2`);
  await choose(screen, 'Baselines of DR2…');
  await page.getByRole('button', { name: 'Compare For a while' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Compared with “For a while”/ }).waitFor();
  const link = page.url();
  expect(link).toContain('macroplan-baseline=');
  // Another iteration has nothing to do with it, and takes nothing away.
  await page.goto(link.replace('macroplan-iteration=DR2', 'macroplan-iteration=DR1'));
  await screen.row('AB').waitFor();
  await becomes(() => screen.chip(), 'Saved');
  expect(page.url()).toContain('macroplan-baseline=');
  await page.goto(link);
  await page.getByRole('button', { name: /^Compared with “For a while”/ }).waitFor();
  await lead.page.getByRole('button', { name: 'Remove For a while' }).click();
  await becomes(() => lead.screen.chip(), 'Saved');
  await screen.lookAgain();
  await page.getByText('“For a while” is not in the plan any more: nothing is compared now.').first().waitFor();
  expect(page.url()).not.toContain('macroplan-baseline=');
  // Who comes later by a link is told too; the name went with it.
  await page.goto(link);
  await page.getByText('What was compared is not in the plan any more: nothing is compared now.').first().waitFor();
  expect(page.url()).not.toContain('macroplan-baseline=');
});

test('another iteration is compared with, as it went, from the start of its window', async () => {
  const { screen, page } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2`);
  const row = screen.row('AB');
  const at = await row.locator('.mp-bar').boundingBox();
  await choose(screen, 'Compare DR2 with…');
  const dialog = page.getByRole('dialog', { name: 'Compare DR2 with' });
  await dialog
    .getByText(/^as it went · /)
    .first()
    .waitFor();
  await axeFindsNothing(page);
  await dialog.getByRole('button', { name: /^Compare RUN2 / }).click();
  await dialog.getByRole('button', { name: /^Hide RUN2 / }).waitFor();
  await page.keyboard.press('Escape');
  await becomes(() => row.locator('.mp-ghost').isVisible(), true);
  // Whatever the other one adds to the axis, the plan stays where it was seen.
  await becomes(async () => Math.abs(((await row.locator('.mp-bar').boundingBox())?.x ?? 0) - (at?.x ?? 0)) < 2, true);
  const [ghost, bar] = [await row.locator('.mp-ghost').boundingBox(), await row.locator('.mp-bar').boundingBox()];
  expect(Math.abs((ghost?.x ?? 0) - (bar?.x ?? 0))).toBeLessThan(200);
  await page.keyboard.press('v');
  const column = row.locator('[data-col="variance"]');
  await column.hover();
  await becomes(() => column.getAttribute('title'), / in RUN2/);
  expect(page.url()).toContain('macroplan-baseline=');
  await page.getByRole('button', { name: /^Compared with “RUN2”/ }).click();
  await becomes(() => row.locator('.mp-ghost').isVisible(), false);
});

test('arrows show what the chapter under the cursor waits for and what waits for it, broken ones apart', async () => {
  const { screen, page } = await stage.person('lead', `${APP}?macroplan-iteration=DR1&macroplan-zoom=4h`);
  const drawn = async (kind: string) => {
    const path = await page.locator(`.mp-arrows [data-kind="${kind}"][data-part="line"]`).getAttribute('d');
    return (path ?? '').split('M').length - 1;
  };
  await screen.row('CC').focus();
  // CB before it, CF and CG after it.
  await becomes(() => drawn('kept'), 3);
  await page.keyboard.press('ArrowUp');
  // CA before CB; CC, CD and CE after it.
  await becomes(() => drawn('kept'), 4);
  await screen.row('CC').focus();
  for (const key of ['m', '+3h']) await page.keyboard.type(key);
  await page.getByLabel('What comes after').selectOption('only');
  await page.getByRole('button', { name: /^Move \+3h/ }).click();
  await becomes(() => drawn('broken'), 2);
  expect(await drawn('kept')).toBe(1);
});

test('in forced colours what a background alone would tell is still there', async () => {
  const { page } = await stage.person('lead', `${APP}?macroplan-iteration=DR2`);
  await page.emulateMedia({ forcedColors: 'active' });
  const colours = await page
    .locator('.mp-phase-bar')
    .first()
    .evaluate((bar) => ({
      bar: getComputedStyle(bar).backgroundColor,
      page: getComputedStyle(bar.closest('.mp-root') ?? bar).backgroundColor,
    }));
  expect(colours.bar).not.toBe(colours.page);
});

test('in forced colours no line of the hours runs through the words of a buffer', async () => {
  const { page } = await stage.person('lead', `${APP}?macroplan-iteration=DR2`);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await page.getByLabel('Search').fill('Reserve');
  const backgroundOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await backgroundOf('.mp-bar[data-kind="buffer"]')).toBe(await backgroundOf('.mp-root'));
});

test('two leads who rename a chapter apart get one question, and no name is lost', async () => {
  const mine = await open('lead');
  const theirs = await open('admin');
  const rename = async ({ screen, page }: typeof mine, text: string) => {
    await screen.row('AB').focus();
    await page.keyboard.press('c');
    await page.getByLabel('Title').fill(text);
    await page.keyboard.press('Enter');
  };
  await mine.profile.setOffline(true);
  await rename(mine, 'Open the paths');
  await becomes(() => mine.screen.chip(), /1 kept on this device/);
  await rename(theirs, 'Connect the centres');
  await becomes(() => theirs.screen.chip(), 'Saved');
  await mine.profile.setOffline(false);
  await becomes(() => mine.screen.chip(), /1 need/);
  await mine.screen.openTab('Conflicts');
  await mine.page.getByText('You and Admin both changed AB.').waitFor();
  await mine.page.getByRole('button', { name: /Use mine/ }).click();
  await mine.screen.openTab('Planner');
  await becomes(() => title(mine.screen, 'AB').innerText(), /^Open the paths/);
  await becomes(() => title(theirs.screen, 'AB').innerText(), /^Open the paths/);
});
