/** Everything that can be done, by its name: Ctrl+K. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const DR2 = `${APP}?macroplan-iteration=DR2`;

const field = (page: Page) => page.getByRole('combobox', { name: 'What do you want to do?' });
const chosen = (page: Page) => page.getByRole('option', { selected: true }).locator('.mp-menu-label').innerText();

test('Ctrl+K offers what can be done to the row, and does it for the chosen one by keys alone', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await screen.row('AC').focus();
  await page.keyboard.press('Control+k');
  await becomes(() => chosen(page), 'Start of AC…');
  await axeFindsNothing(page);
  expect(await page.getByRole('option', { name: 'Start of AC… S' }).count()).toBe(1);
  await page.keyboard.press('ArrowUp');
  await becomes(() => chosen(page), 'Keys…');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('move ac');
  await becomes(() => chosen(page), 'Move AC…');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /^Move AC/ }).waitFor();
  await page.keyboard.press('Escape');
  await becomes(() => screen.row('AC').evaluate((row) => row === document.activeElement), true);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('ac runn');
  await becomes(() => chosen(page), /AC: running/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await becomes(() => screen.row('AC').evaluate((row) => row === document.activeElement), true);
});

test('it leads to chapters, iterations and other views, and says where there is no such command', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await screen.row('AC').focus();
  const code = await screen.row('CB').locator('[data-col="title"]').innerText();
  await page.keyboard.press('Control+k');
  await field(page).fill(`cb ${code.slice(0, 6)}`);
  await becomes(() => chosen(page), new RegExp(`^CB ${code.slice(0, 6)}`));
  await page.keyboard.press('Enter');
  await becomes(() => screen.row('CB').evaluate((row) => row === document.activeElement), true);

  await page.keyboard.press('Control+k');
  await field(page).fill('zzzz');
  await becomes(() => page.locator('.mp-palette-reason').innerText(), 'Nothing here is called that.');
  await page.keyboard.press('Enter');
  await field(page).fill('DR1');
  await becomes(() => chosen(page), /^DR1 – /);
  await page.keyboard.press('Enter');
  await becomes(async () => new URL(page.url()).searchParams.get('macroplan-iteration'), 'DR1');

  await page.keyboard.press('Control+k');
  await field(page).fill('conflicts');
  await page.keyboard.press('Enter');
  await becomes(() => page.getByRole('tab', { selected: true }).innerText(), /Conflicts/);
  // There the view has none of its own, and Live has.
  await page.keyboard.press('Control+k');
  await becomes(() => chosen(page), 'Planner');
  await field(page).fill('live');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Replay' }).waitFor();
  await page.keyboard.press('Control+k');
  await becomes(() => chosen(page), 'Replay');
  await field(page).fill('DR2');
  await page.keyboard.press('Enter');
  await becomes(async () => new URL(page.url()).searchParams.get('macroplan-iteration'), 'DR2');
});

test('by mouse from More, for all that are selected, as one act', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await screen.row('AE').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Commands… Ctrl+K' }).click();
  await page.getByText('2 selected chapters').waitFor();
  await page.getByRole('option', { name: 'Move 2 chapters…' }).click();
  await page.getByRole('dialog', { name: /^Move 2 chapters/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.mouse.click(5, 5);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('who may not is told why, and nothing changes', async () => {
  const { screen, page } = await stage.person('viewer', DR2);
  await screen.row('AC').focus();
  await page.keyboard.press('Control+k');
  await field(page).fill('start of ac');
  const option = page.getByRole('option', { name: /^Start of AC/ });
  await option.waitFor();
  expect(await option.getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Enter');
  await becomes(() => page.locator('.mp-palette-reason').innerText(), /^Not now: /);
  await option.click({ force: true });
  expect(await page.getByRole('dialog').count()).toBe(1);
  await axeFindsNothing(page);
  await page.keyboard.press('Escape');
  expect(await screen.chip()).toBe('Saved');
});
