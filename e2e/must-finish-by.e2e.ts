/** What a chapter must finish by: typed with its times, marked on the axis, and told before and after somebody plans past it. */
import { expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes as becomesIn, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

const becomes = <T>(read: () => Promise<T>, expected: T | RegExp) => becomesIn(read, expected, 30);
const open = (user: string, more = '') => stage.person(user, `${APP}?macroplan-iteration=DR2${more}`);

/** The dialog of its times, by keyboard. */
async function timesOf(screen: Screen, code: string) {
  const { page } = screen;
  await screen.row(code).focus();
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: `Times of ${code}` });
  await dialog.waitFor();
  return { dialog, field: dialog.getByLabel('Must finish by') };
}
const flag = (screen: Screen, code: string) => screen.row(code).locator('.mp-deadline');
const farFlag = (screen: Screen, code: string) =>
  screen.row(code).getByRole('button', { name: /^Must finish by .*: .* ›$/ });
const said = async (screen: Screen, code: string) => {
  const mark = screen.row(code).locator('.mp-finding');
  return (await mark.isVisible()) ? ((await mark.getAttribute('title')) ?? '') : '';
};
const end = (screen: Screen, code: string) => screen.text(code, 'end');

test('a deadline is set by keyboard, found where it is missed, undone, and there after a reload', async () => {
  const { screen, page } = await open('planner-a');
  await becomes(() => flag(screen, 'AB').count(), 0);
  let { dialog, field } = await timesOf(screen, 'AB');
  expect(await field.inputValue()).toBe('');
  // It is none of the three.
  await dialog.getByText(/Set any two of start, end and duration; the dashed one follows\.$/).waitFor();
  await field.focus();
  await page.keyboard.type('someday');
  await page.keyboard.press('Enter');
  await becomes(() => field.getAttribute('aria-invalid'), 'true');
  await field.fill(await end(screen, 'AB'));
  await axeFindsNothing(page);
  await page.keyboard.press('Enter');
  await becomes(() => dialog.count(), 0);
  await becomes(() => screen.chip(), 'Saved');
  await becomes(() => screen.row('AB').getAttribute('aria-description'), `Must finish by ${await end(screen, 'AB')}`);
  await becomes(() => flag(screen, 'AB').count(), 1);
  await screen.cell('AB', 'end').hover();
  await becomes(() => screen.cell('AB', 'end').getAttribute('title'), `Must finish by ${await end(screen, 'AB')}`);
  expect(await screen.row('AC').getAttribute('aria-description')).toBeNull();
  expect(await said(screen, 'AB')).not.toContain('must finish');
  await axeFindsNothing(page);

  ({ dialog, field } = await timesOf(screen, 'AB'));
  await field.fill('-20m');
  await field.press('Tab');
  await dialog.getByText(/AB ends 20m after it must finish/).waitFor();
  await dialog.getByRole('button', { name: 'Set times' }).click();
  await becomes(() => said(screen, 'AB'), /ends 20m after it must finish/);
  await page.getByRole('button', { name: /finding/ }).click();
  await page.getByText('After it must finish · 1').waitFor();
  await page.getByRole('button', { name: /AB.*ends 20m after it must finish/ }).click();
  await becomes(() => page.locator('.mp-row:focus [data-col="code"]').innerText(), 'AB');
  await becomes(() => flag(screen, 'AB').getAttribute('data-missed'), '');

  await page.keyboard.press('Control+z');
  await becomes(() => said(screen, 'AB'), /^(?!.*must finish)/);
  await becomes(() => screen.chip(), 'Saved');
  await page.reload();
  await becomes(() => screen.row('AB').getAttribute('aria-description'), `Must finish by ${await end(screen, 'AB')}`);
  await page.getByRole('searchbox').fill('is:deadline');
  await becomes(() => page.locator('.mp-row[data-kind="chapter"]').count(), 1);

  ({ field } = await timesOf(screen, 'AB'));
  await field.fill('');
  await page.keyboard.press('Enter');
  await becomes(() => page.locator('.mp-deadline').count(), 0);
});

test('a drag says what it would end after before it is let go, and leaves the deadline where it is', async () => {
  const { screen, page } = await open('lead', '&macroplan-zoom=1h');
  const due = await end(screen, 'AB');
  const { field } = await timesOf(screen, 'AB');
  await field.fill(due);
  await page.keyboard.press('Enter');
  await becomes(() => screen.row('AB').getAttribute('aria-description'), `Must finish by ${due}`);
  const bar = screen.row('AB').locator('.mp-bar');
  await bar.scrollIntoViewIfNeeded();
  const box = await bar.boundingBox();
  const [x, y] = await screen.holdBar('AB');
  await page.mouse.move(x + 72, y, { steps: 4 });
  await becomes(() => page.locator('.mp-drag-tip').innerText(), /AB ends 1h after it must finish/);
  await page.mouse.up();
  await becomes(() => said(screen, 'AB'), /ends 1h after it must finish/);
  expect(await screen.row('AB').getAttribute('aria-description')).toBe(`Must finish by ${due}`);
  // The flag stands over the end of the bar that it is the deadline of, and is not in its way.
  await page.keyboard.press('Control+z');
  await becomes(() => end(screen, 'AB'), due);
  const [left, right] = [box?.x ?? 0, (box?.x ?? 0) + (box?.width ?? 0)];
  const flagBox = await flag(screen, 'AB').boundingBox();
  expect(Math.abs((flagBox?.x ?? 0) + (flagBox?.width ?? 0) - right)).toBeLessThan(1.5);
  expect(flagBox?.x).toBeGreaterThan(left);
  await page.mouse.move(right - 3, y);
  await page.mouse.down();
  await page.mouse.move(right + 33, y, { steps: 4 });
  await becomes(() => page.locator('.mp-drag-tip').innerText(), /AB ends 30m after it must finish/);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await screen.cell('AB', 'start').dblclick();
  await screen.cell('AB', 'start').getByRole('textbox').fill('+10m');
  await page.getByText(/AB ends 10m after it must finish/).waitFor();
});

test('a time that clocks show twice is asked about, and the chosen one is kept', async () => {
  const { screen, page } = await open('lead');
  const { dialog, field } = await timesOf(screen, 'AD');
  await field.fill('2027-10-31 02:30');
  await page.keyboard.press('Enter');
  await dialog.getByText('Clocks show this time twice that night.').waitFor();
  await axeFindsNothing(page);
  await dialog.getByRole('button', { name: /02:30 CET$/ }).press('Enter');
  await becomes(() => dialog.getByText('Clocks show this time twice that night.').count(), 0);
  await dialog.getByRole('button', { name: 'Set times' }).click();
  // Far beyond the axis: no flag stands there, and a mark at its edge says how far.
  await becomes(() => screen.row('AD').getAttribute('aria-description'), /^Must finish by Sun 31 Oct.* 02:30/);
  expect(await flag(screen, 'AD').count()).toBe(0);
  const mark = farFlag(screen, 'AD');
  await screen.row('AD').getByRole('button', { name: /›$/ }).click();
  expect(await mark.innerText()).toMatch(/^\d+d( \d+h)? ›$/);
  await axeFindsNothing(page);
  await mark.click();
  await page.getByText(/^AD must finish by Sun 31 Oct.* 02:30.*: not on this axis\.$/).waitFor();
});

test('a deadline that is scrolled out of sight is pointed to, and so led to, but not beside its bar', async () => {
  const { screen, page } = await open('lead', '&macroplan-zoom=15m');
  const { field } = await timesOf(screen, 'AB');
  await field.fill(await end(screen, 'AF'));
  await page.keyboard.press('Enter');
  await becomes(() => screen.chip(), 'Saved');
  await screen.row('AB').locator('.mp-bar').scrollIntoViewIfNeeded();
  const mark = farFlag(screen, 'AB');
  await mark.click();
  await becomes(() => mark.count(), 0);
  expect(await flag(screen, 'AB').isVisible()).toBe(true);
  // The bar is out of sight now, on the other side of the screen than what comes after.
  await screen.row('AB').getByRole('button', { name: /^‹/ }).waitFor();
  await page.locator('.mp-scroll').evaluate((scroll) => scroll.scrollTo({ left: scroll.scrollWidth }));
  await becomes(() => screen.row('AB').locator('.mp-offscreen').allInnerTexts().then(String), /^‹ [^,]*$/);
});

test('what is half typed of it is there again after a reload', async () => {
  const { screen, page } = await open('lead');
  const { field } = await timesOf(screen, 'AC');
  await field.fill('+3h');
  await becomes(() => page.evaluate(() => Object.keys(localStorage).join(' ')), /times in/);
  await page.reload();
  await screen.row('AC').waitFor();
  const again = await timesOf(screen, 'AC');
  await again.dialog.getByText(/^You had typed this and not saved it\./).waitFor();
  await becomes(() => again.field.inputValue(), /\d\d:\d\d$/);
  await again.dialog.getByRole('button', { name: 'Set times' }).click();
  await becomes(() => flag(screen, 'AC').count(), 1);
});
