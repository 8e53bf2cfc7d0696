/** Keys of one letter can be switched off, for whoever speaks to the device or meets them by accident (WCAG 2.1.4). */
import { expect, test } from 'vitest';
import { moveTo } from '../src/store/ops.ts';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const stage = setStage();
const DR2 = `${APP}?macroplan-iteration=DR2`;

const openHelp = async ({ page }: Screen) => {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Keys' }).click();
  return page.getByRole('dialog', { name: 'Keys' });
};

const switchKeys = async (screen: Screen, isOn: boolean) => {
  const help = await openHelp(screen);
  await help.getByRole('switch', { name: 'Keys of one letter' }).setChecked(isOn);
  await screen.page.keyboard.press('Escape');
};

const isVarianceShown = ({ page }: Screen) =>
  page.getByRole('button', { name: 'Variance' }).getAttribute('aria-pressed');

test('switched off they do nothing, on this device and after a reload, while all other keys do what they did', async () => {
  const { screen, page, profile } = await stage.person('planner-a', DR2);
  await screen.cell('AB', 'start').focus();
  await page.keyboard.press('v');
  await becomes(() => isVarianceShown(screen), 'true');
  await page.keyboard.press('v');
  await becomes(() => isVarianceShown(screen), 'false');
  await switchKeys(screen, false);

  await screen.cell('AB', 'start').focus();
  for (const key of ['v', 's', 'm', 't', 'a', '?', '/', '7']) await page.keyboard.press(key);
  expect(await isVarianceShown(screen)).toBe('false');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.locator('.mp-body input:not([type="checkbox"])').count()).toBe(0);
  const start = await screen.text('AB', 'start');
  await page.keyboard.press('Alt+ArrowRight');
  await becomes(async () => (await screen.text('AB', 'start')) !== start, true);
  await page.keyboard.press('Control+z');
  await becomes(() => screen.text('AB', 'start'), start);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.locator('.mp-selection').getByText('1 selected').waitFor();
  // What no key does now is not offered as one.
  expect(await page.locator('.mp-selection kbd:visible').allInnerTexts()).toEqual(['Esc']);
  expect(await page.locator('[aria-keyshortcuts]').count()).toBe(0);
  await page.keyboard.press('F2');
  await screen.cell('AC', 'start').getByRole('textbox').press('Escape');
  await becomes(() => screen.chip(), 'Saved');

  await page.close();
  const next = new Screen(await profile.open(DR2));
  await next.row('AB').focus();
  await next.page.keyboard.press('v');
  await next.page.keyboard.press('Shift+F10');
  await next.page.getByRole('menuitem', { name: 'Times…', exact: true }).waitFor();
  expect(await isVarianceShown(next)).toBe('false');
  await next.page.keyboard.press('Escape');

  // At once in force in the other pages too.
  const other = new Screen(await profile.open(DR2));
  await switchKeys(other, true);
  await other.page.keyboard.press('?');
  await other.page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await becomes(() => next.page.locator('.mp-root').getAttribute('data-letter-keys').then(String), 'null');
  await next.row('AB').focus();
  await next.page.keyboard.press('v');
  await becomes(() => isVarianceShown(next), 'true');
});

test('the list of keys says which are off', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  const help = await openHelp(screen);
  const keys = (act: string) => help.locator('div:has(> dd)').filter({ hasText: act }).locator('dt');
  expect(await keys('Select everything from here on').innerText()).toBe('H');
  for (const key of ['Shift+Tab', 'Shift+Tab', 'Space']) await page.keyboard.press(key);
  await becomes(() => keys('Select everything from here on').innerText(), 'H off');
  expect(await keys('Add a chapter after the row').innerText()).toBe('A off or Ins');
  expect(await keys('This list').innerText()).toBe('? off');
  expect(await keys('Undo · redo').innerText()).toBe('Ctrl+Z · Ctrl+Y');
  await help.getByText('Off on this device').waitFor();
  await axeFindsNothing(page);
});

test('switched off, no letter settles a conflict', async () => {
  const a = new WirePerson(stage.host, 'planner-a');
  const b = new WirePerson(stage.host, 'planner-b');
  const seen = await scheduleIn(stage.host, 'DR1', 'CC');
  await a.edit('Move CC', moveTo(seen, seen.planned_start + 30));
  const { conflict } = await b.edit('Move CC by an hour', moveTo(seen, seen.planned_start + 60));
  expect(conflict).toBeTruthy();
  const profile = await stage.profile('planner-b');
  const screen = new Screen(await profile.open(`${APP}?macroplan-tab=conflicts`));
  const { page } = screen;
  const card = page.locator('.mp-conflict', { hasText: 'Move CC' });
  await card.waitFor();
  await page.getByText('J K next and previous').waitFor();
  await switchKeys(screen, false);
  await becomes(() => page.getByText('J K next and previous').isVisible(), false);
  await card.focus();
  await page.keyboard.press('1');
  await page.keyboard.press('3');
  expect(await card.locator('kbd:visible').count()).toBe(0);
  expect(await card.locator('.mp-conflict-form').innerText()).toBe('');
  await card.locator('[data-choice="theirs"]').click();
  await page.getByText('No decision waits.').waitFor();
});

test('an act gets another key, on this device and after a reload, and the old one does nothing', async () => {
  const { screen, page, profile } = await stage.person('planner-a', DR2);
  const help = await openHelp(screen);
  await help.getByRole('button', { name: 'Give acts other keys…' }).click();
  const form = page.getByRole('dialog', { name: 'Other keys' });
  await axeFindsNothing(page);
  await form.getByRole('textbox', { name: 'Variance' }).fill('m');
  await page.keyboard.press('Enter');
  await form.getByText('M is the key of “Move” already.').waitFor();
  await form.getByRole('textbox', { name: 'Variance' }).fill('x');
  await form.getByRole('textbox', { name: 'Fit', exact: true }).fill('');
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  const keys = (act: string) => help.locator('div:has(> dd)').filter({ hasText: act }).locator('dt');
  await becomes(() => keys('Search · next and previous finding').innerText(), '/ · J K · X');
  await becomes(() => keys('Now · fit').innerText(), 'N · – · + − · [ ] · G');
  await page.keyboard.press('Escape');

  await screen.row('AB').focus();
  await page.keyboard.press('v');
  expect(await isVarianceShown(screen)).toBe('false');
  await page.keyboard.press('x');
  await becomes(() => isVarianceShown(screen), 'true');
  expect(await page.getByRole('button', { name: 'Variance' }).getAttribute('aria-keyshortcuts')).toBe('X');
  await page.keyboard.press('Space');
  await becomes(() => page.locator('.mp-selection kbd:visible').allInnerTexts().then(String), 'M,T,H,Esc');

  await page.close();
  const next = new Screen(await profile.open(DR2));
  await next.row('AB').focus();
  await becomes(() => next.page.locator('.mp-root').getAttribute('data-own-keys').then(String), '{"f":"","v":"x"}');
  const shown = await isVarianceShown(next);
  await next.page.keyboard.press('X');
  await becomes(async () => (await isVarianceShown(next)) !== shown, true);
});

test('a sign that a keyboard types with Alt is that sign, unless such keys are off', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await screen.row('AB').focus();
  const typeWithAlt = () =>
    screen
      .row('AB')
      .evaluate((row) =>
        row.dispatchEvent(new KeyboardEvent('keydown', { key: '/', altKey: true, bubbles: true, cancelable: true })),
      );
  await switchKeys(screen, false);
  await typeWithAlt();
  expect(await page.getByRole('searchbox').evaluate((field) => field === document.activeElement)).toBe(false);
  await switchKeys(screen, true);
  await typeWithAlt();
  await becomes(() => page.getByRole('searchbox').evaluate((field) => field === document.activeElement), true);
});
