/** Keys that hands know from MS Project and from browsers, and ways to a time. */
import { expect, test } from 'vitest';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const DR2 = `${APP}?macroplan-iteration=DR2`;

test('Ctrl+F2 opens the links of the row, Shift+F2 what the chapter is, and F2 edits the cell', async () => {
  const { screen, page } = await stage.person('lead', DR2);
  for (const at of [screen.row('AC'), screen.cell('AC', 'start')]) {
    await at.focus();
    await page.keyboard.press('Control+F2');
    await page.getByRole('dialog', { name: 'Dependencies of AC' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+F2');
    await page.getByRole('dialog', { name: 'Chapter AC' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.keyboard.press('F2');
  await screen.cell('AC', 'start').getByRole('textbox').press('Escape');
  await screen.row('A').focus();
  await page.keyboard.press('Shift+F2');
  await page.getByRole('dialog', { name: 'Phase A' }).waitFor();
});

test('F5 is left to the browser, which loads the page anew; a time is gone to from the menu of the plan too', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await screen.row('AC').focus();
  await page.evaluate(() => {
    addEventListener('keydown', (event) => {
      document.documentElement.setAttribute('data-left', `${event.key} ${!event.defaultPrevented}`);
      event.preventDefault();
    });
  });
  await page.keyboard.press('F5');
  await becomes(() => page.evaluate(() => document.documentElement.getAttribute('data-left')), 'F5 true');
  const shown = () => page.locator('.mp-scroll').evaluate(({ scrollLeft }) => scrollLeft);
  const before = await shown();
  await page.getByRole('button', { name: 'Plan…' }).click();
  await page.getByRole('menuitem', { name: 'Go to a time…' }).click();
  await page.getByRole('textbox', { name: 'Time' }).fill('T+40h');
  await page.keyboard.press('Enter');
  await becomes(async () => (await shown()) > before, true);
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('where now lies outside the axis, N says in view how far away it is, each time', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await screen.row('AC').focus();
  const said = page.locator('.mp-said');
  await page.keyboard.press('n');
  await becomes(() => said.innerText(), /^Now is \w{3} .+, \d+ days before the window: not on this axis\.$/);
  await said.evaluate((element) => {
    for (const fading of element.getAnimations()) fading.finish();
  });
  await becomes(() => said.count(), 0);
  await page.getByRole('button', { name: 'Now', exact: true }).click();
  await becomes(() => said.count(), 1);
  await page.goto(`${stage.host.url}${APP}?macroplan-iteration=RUN1`);
  await screen.row('AC').focus();
  await page.keyboard.press('n');
  await becomes(() => said.innerText(), /, \d+ \w+ after the window: not on this axis\.$/);
});
