/** The filter of the planner, by keyboard and by mouse, also where there are more teams than anybody scrolls through. */
import { beforeAll, expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

beforeAll(async () => {
  await stage.host.database.admin.query(
    `do $$
     declare v_plan uuid := (select plan_id from macroplan.plans where code = 'DEMO');
     begin
       perform macroplan.begin_edit(v_plan, 'lead', 'Lead', null, null, null, 'Many teams');
       perform macroplan.write_row(
         v_plan, 'teams', gen_random_uuid(), jsonb_build_object('code', 'X' || i, 'name', 'Extra team ' || i)
       )
       from generate_series(1, 2000) as i;
     end $$`,
  );
});

test('of two thousand teams a few are shown at once, and any is found and chosen by keys alone', async () => {
  const { page, screen } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2&macroplan-layout=table`);
  const button = page.getByRole('button', { name: 'Filter…' });
  const list = page.getByRole('listbox', { name: 'Filter' });
  const field = page.getByRole('combobox', { name: 'Find a filter' });
  await button.press('Enter');
  expect(await list.getByRole('option').count()).toBe(40);
  await page.getByText(/^19\d\d more – type to find$/).waitFor();
  await axeFindsNothing(page);

  await page.keyboard.type('team 1734');
  expect(await list.getByRole('option').allInnerTexts()).toEqual([
    expect.stringMatching(/Extra team 1734\s+team:X1734/),
  ]);
  expect(await field.getAttribute('aria-activedescendant')).toBe(await list.getByRole('option').getAttribute('id'));
  await page.keyboard.press('Enter');
  await becomes(async () => new URL(page.url()).searchParams.get('macroplan-search'), 'team:X1734');
  expect(await list.getByRole('option', { name: /1734/ }).getAttribute('aria-selected')).toBe('true');
  await becomes(() => screen.row('AB').count(), 0);

  // It stays open: one more, and the first one away again.
  await field.fill('dba');
  await page.keyboard.press('Enter');
  await becomes(async () => new URL(page.url()).searchParams.get('macroplan-search'), 'team:X1734 team:DBA');
  await field.fill('1734');
  await page.keyboard.press('Enter');
  await becomes(async () => new URL(page.url()).searchParams.get('macroplan-search'), 'team:DBA');
  await field.fill('no such');
  await page.getByText('Nothing is called so.').waitFor();
  expect(await field.getAttribute('aria-expanded')).toBe('false');
  await axeFindsNothing(page);
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Filter…');
});

test('arrows lead through the choices and a click takes one away, with what is chosen first', async () => {
  const { page } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2&macroplan-search=team%3AX1999`);
  await page.getByRole('button', { name: 'Filter…' }).click();
  const active = page.locator('.mp-filter-list [data-active]');
  expect(await active.count()).toBe(0);
  await page.keyboard.press('ArrowDown');
  expect(await active.innerText()).toMatch(/^Of my teams/);
  await page.keyboard.press('ArrowUp');
  expect(await active.innerText()).not.toMatch(/^Of my teams/);
  await page.getByRole('option', { name: /team:X1999/ }).click();
  await becomes(async () => new URL(page.url()).searchParams.get('macroplan-search'), null);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Find a filter');
  await page.keyboard.press('Shift+Tab');
  await page.getByRole('listbox', { name: 'Filter' }).waitFor({ state: 'detached' });
});

test('statuses are found by the words that the plan shows, and sites too', async () => {
  const { page, screen } = await stage.person('planner-a', `${APP}?macroplan-iteration=RUN2&macroplan-layout=table`);
  await page.getByRole('button', { name: 'Filter…' }).click();
  const field = page.getByRole('combobox', { name: 'Find a filter' });
  await field.fill('planned');
  await page.keyboard.press('Enter');
  await becomes(async () => new URL(page.url()).searchParams.get('macroplan-search'), 'status:planned');
  await page.getByText('No chapter matches the search.').waitFor();
  await page.keyboard.press('Enter');
  await field.fill('done');
  await page.keyboard.press('Enter');
  await field.fill('london');
  await page.keyboard.press('Enter');
  await becomes(async () => new URL(page.url()).searchParams.get('macroplan-search'), 'status:done site:LON');
  await becomes(() => screen.row('GF').isVisible(), true);
  expect(await screen.row('AA').count()).toBe(0);
});

test('whoever says which teams are theirs finds their chapters, on this device and by keys alone', async () => {
  const { page, screen } = await stage.person('viewer', `${APP}?macroplan-iteration=DR2&macroplan-search=is%3Amine`);
  await page.getByText('Say first which teams are yours: Filter…, then My teams.').waitFor();
  await page.getByRole('button', { name: 'Filter…' }).press('Enter');
  const mine = page.getByRole('button', { name: /^My teams/ });
  await mine.waitFor();
  await page.keyboard.press('Tab');
  await becomes(() => mine.evaluate((button) => button === document.activeElement), true);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Your teams' });
  await dialog.waitFor();
  await page.keyboard.type('dba, nothing');
  await axeFindsNothing(page);
  await page.keyboard.press('Enter');
  await dialog.getByText(/^There is no team “.?nothing.?”\.$/).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('dba, NET');
  await page.keyboard.press('Enter');
  await becomes(() => screen.row('AC').isVisible(), true);
  expect([await screen.row('AB').count(), await screen.row('AA').count()]).toEqual([1, 0]);
  await page.reload();
  await becomes(() => screen.row('AC').isVisible(), true);
  await page.getByRole('button', { name: 'Filter…' }).click();
  await page.getByRole('button', { name: /^My teams: .*DBA, NET/ }).waitFor();
});
