/** Windows in which nothing may start: kept by a lead, shaded on the axis, and told before and after somebody plans into one. */
import { expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes as becomesIn, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

const becomes = <T>(read: () => Promise<T>, expected: T | RegExp) => becomesIn(read, expected, 30);
const open = (user: string, more = '') => stage.person(user, `${APP}?macroplan-iteration=DR2${more}`);

const openWindows = async ({ page }: Screen) => {
  await page.getByRole('button', { name: 'Plan…' }).click();
  await page.getByRole('menuitem', { name: 'No-start windows…' }).click();
};
/** What the mark of a chapter says of a window; '' where it says nothing of it. */
const marked = async (screen: Screen, code: string, name: string) => {
  const mark = screen.row(code).locator('.mp-finding');
  const said = (await mark.isVisible()) ? ((await mark.getAttribute('title')) ?? '') : '';
  return said.split('; ').find((each) => each.includes(name)) ?? '';
};
const strip = ({ page }: Screen, name: string) => page.locator(`.mp-axis-no-starts .mp-no-start[title^="${name}. "]`);
const shades = ({ page }: Screen) => page.locator('.mp-no-starts .mp-no-start').count();

test('a lead adds one by keyboard alone, and whoever plans into it is told and not stopped', async () => {
  const { screen, page } = await open('lead');
  const [start] = [await screen.text('AB', 'start')];
  await openWindows(screen);
  // The demo has one in the shown iteration already.
  await page.getByText('Branches open, DR2').waitFor();
  const before = await shades(screen);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  for (let i = 0; i < 20 && (await focused()) !== 'Add a window'; i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Add a no-start window' });
  await form.waitFor();
  await axeFindsNothing(page);
  await page.keyboard.press('Enter');
  await becomes(() => form.getByLabel('Name').getAttribute('aria-invalid'), 'true');
  await page.keyboard.type('Bank hours');
  await form.getByLabel('Starts', { exact: true }).fill(start);
  await form.getByLabel('Ends', { exact: true }).fill('-1h');
  await page.keyboard.press('Enter');
  await form.getByText('the window end lies before the window start').waitFor();
  await form.getByLabel('Ends', { exact: true }).fill('+20m');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Change Bank hours' }).waitFor();
  await axeFindsNothing(page);
  await page.keyboard.press('Escape');
  await becomes(() => screen.chip(), 'Saved');
  await becomes(() => strip(screen, 'Bank hours').getAttribute('title'), /Nothing may start, .* → /);
  expect(await shades(screen)).toBe(before + 1);

  const planner = await open('planner-a');
  await becomes(() => marked(planner.screen, 'AB', 'Bank hours'), /starts 20m before “Bank hours” is over/);
  await planner.page.getByRole('button', { name: /finding/ }).click();
  await planner.page.getByText('In a no-start window · ').waitFor();
  await planner.page.getByRole('button', { name: /AB.*starts 20m before “Bank hours” is over/ }).click();
  await becomes(() => planner.page.locator('.mp-row:focus [data-col="code"]').innerText(), 'AB');
  await planner.screen.cell('AB', 'start').dblclick();
  const editor = planner.screen.cell('AB', 'start').getByRole('textbox');
  await editor.fill('+10m');
  await planner.page.getByText(/AB starts in “Bank hours”/).waitFor();
  await editor.fill('+20m');
  await becomes(() => planner.page.getByText(/AB starts in “Bank hours”/).count(), 0);
  await planner.page.keyboard.press('Enter');
  await becomes(() => marked(planner.screen, 'AB', 'Bank hours'), '');
});

test('a drag says that it would start in one before it is let go', async () => {
  const { screen, page } = await open('lead', '&macroplan-zoom=1h');
  const start = await screen.text('AB', 'start');
  await openWindows(screen);
  await page.getByRole('button', { name: 'Add a window' }).click();
  const form = page.getByRole('dialog', { name: 'Add a no-start window' });
  await form.getByLabel('Name').fill('Settlement');
  await form.getByLabel('Starts', { exact: true }).fill(start);
  await form.getByLabel('Starts', { exact: true }).press('Tab');
  await form.getByLabel('Ends', { exact: true }).fill('+30m');
  await form.getByRole('button', { name: 'Add window' }).click();
  await page.keyboard.press('Escape');
  await screen.type('AB', 'start', '-2h');
  await becomes(() => marked(screen, 'AB', 'Settlement'), '');
  const [x, y] = await screen.holdBar('AB');
  await page.mouse.move(x + 144, y, { steps: 4 });
  const tip = page.locator('.mp-drag-tip');
  await becomes(() => tip.innerText(), /AB starts in “Settlement”/);
  await page.mouse.move(x + 188, y, { steps: 4 });
  await becomes(async () => /Settlement/.test(await tip.innerText()), false);
  await page.keyboard.press('Escape');
  await page.mouse.up();
});

test('one of a site is kept offline, changed and removed, and everybody reads it', async () => {
  const { screen, page, profile } = await open('lead');
  await profile.setOffline(true);
  await openWindows(screen);
  await page.getByRole('button', { name: 'Add a window' }).click();
  const form = page.getByRole('dialog', { name: 'Add a no-start window' });
  await form.getByLabel('Name').fill('Counters open');
  await form.getByLabel('What it forbids').selectOption({ label: 'Nothing may start or end' });
  await form.getByLabel('Where').selectOption({ index: 1 });
  const site = await form.getByLabel('Where').locator('option:checked').innerText();
  await form.getByLabel('Ends', { exact: true }).fill('+4h');
  await form.getByRole('button', { name: 'Add window' }).click();
  await page.getByText(/^Nothing may start or end, .*, at /).waitFor();
  await page.reload();
  await becomes(() => screen.chip(), /1 kept on this device/);
  await becomes(() => strip(screen, 'Counters open').count(), 1);
  await profile.setOffline(false);
  await becomes(() => screen.chip(), 'Saved');
  await openWindows(screen);
  await page.getByRole('button', { name: 'Change Counters open' }).click();
  const change = page.getByRole('dialog', { name: 'No-start window Counters open' });
  await becomes(() => change.getByLabel('Where').locator('option:checked').innerText(), site);
  await change.getByLabel('What it forbids').selectOption({ label: 'Nothing may end' });
  await change.getByLabel('Where').selectOption({ label: 'At all sites' });
  await change.getByRole('button', { name: 'Save window' }).click();
  await page.getByText(/^Nothing may end, [^,]*$/).waitFor();

  const viewer = await open('viewer');
  await openWindows(viewer.screen);
  await viewer.page.getByText(/^Nothing may end, /).waitFor();
  expect(await viewer.page.getByRole('button', { name: /Counters open|Add a window/ }).count()).toBe(0);

  await page.getByRole('button', { name: 'Remove Counters open' }).click();
  await becomes(() => page.getByRole('button', { name: 'Remove Counters open' }).count(), 0);
  await page.keyboard.press('Escape');
  await becomes(() => strip(screen, 'Counters open').count(), 0);
  await page.keyboard.press('Control+z');
  await becomes(() => strip(screen, 'Counters open').count(), 1);
  await becomes(() => strip(viewer.screen, 'Counters open').count(), 1);
});

test('what is half typed about one is there again after a reload', async () => {
  const { screen, page } = await open('lead');
  await openWindows(screen);
  await page.getByRole('button', { name: 'Add a window' }).click();
  await page.getByRole('dialog', { name: 'Add a no-start window' }).getByLabel('Name').fill('Half of a name');
  await becomes(() => page.evaluate(() => Object.keys(localStorage).join(' ')), /no-start window/);
  await page.reload();
  await page.getByText('1 draft waits: a new no-start window.').first().waitFor();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('button', { name: 'Add a window' }).click();
  await becomes(() => page.getByLabel('Name').inputValue(), 'Half of a name');
});
