/** What is said to those who listen: what a move by keys did, and never more at once than anybody could hear. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const DR2 = `${APP}?macroplan-iteration=DR2&macroplan-zoom=1h`;

interface Heard {
  readonly at: number;
  readonly text: string;
}

/** Hears what is said from now on. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const heard: Heard[] = [];
    Object.assign(window, { heard });
    const region = document.querySelector('.mp-root > [role="status"]') as Element;
    new MutationObserver(() => {
      const text = region.lastElementChild?.textContent ?? '';
      if (text !== '') heard.push({ at: performance.now(), text });
    }).observe(region, { childList: true });
  });

const heardOn = (page: Page) => page.evaluate(() => (window as unknown as { readonly heard: readonly Heard[] }).heard);

test('a move by keys says where the bar stands now, what that breaks and how near the gate is', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await listen(page);
  const last = async () => (await heardOn(page)).at(-1)?.text ?? '';
  await screen.row('AB').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  const time = '\\w+day \\d\\d:\\d\\d';
  await becomes(last, new RegExp(`^Open network paths .+ moved to ${time}, ends \\d\\d:\\d\\d, .*breaks AB`));
  await page.keyboard.press('Alt+ArrowRight');
  await becomes(last, new RegExp(`moved to ${time}, ends \\d\\d:\\d\\d, gate AF slack \\d+ (day|hour|minute)s?`));
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await becomes(last, new RegExp(`^Open network paths .+ ends ${time}, takes 2 hours 5 minutes`));
  await becomes(() => screen.chip(), 'Saved');
});

test('of a key that is held, no more than one message a second is said, and the last one is true', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await listen(page);
  const start = await screen.text('CA', 'start');
  await screen.row('CA').focus();
  await page.keyboard.down('Alt');
  for (let i = 0; i < 24; i += 1) await page.keyboard.down('ArrowRight');
  for (const key of ['ArrowRight', 'Alt']) await page.keyboard.up(key);
  await becomes(async () => (await screen.text('CA', 'start')) !== start, true);
  const clock = async () => (await screen.text('CA', 'start')).slice(-5);
  await becomes(() => screen.chip(), 'Saved');
  await becomes(async () => (await heardOn(page)).at(-1)?.text ?? '', new RegExp(`moved to \\w+ ${await clock()}`));
  const heard = await heardOn(page);
  for (const [i, { at }] of heard.entries()) if (i > 0) expect(at - (heard[i - 1]?.at ?? 0)).toBeGreaterThan(990);
  expect(heard.length).toBeLessThan(24);
});

test('what else is said meanwhile is said too, after what was said first', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await listen(page);
  await screen.row('AC').focus();
  for (const key of ['v', 'v', 'Control+a']) await page.keyboard.press(key);
  const all = async () => (await heardOn(page)).map(({ text }) => text).join(' ');
  await becomes(all, /^Variance shown\. Variance hidden\. \d+ selected\.$/);
});

test('an undo is the last that is said of the moves before it', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  await listen(page);
  await screen.row('AD').focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Control+z');
  const last = async () => (await heardOn(page)).at(-1)?.text ?? '';
  await becomes(last, /^Undone: Slip of AD/);
  // What is said next comes after all that waited.
  await page.keyboard.press('v');
  await becomes(last, 'Variance shown.');
  const heard = (await heardOn(page)).map(({ text }) => text);
  const undone = heard.findIndex((text) => text.startsWith('Undone'));
  expect(heard.slice(undone + 1)).toEqual(['Variance shown.']);
});
