/** Windows as small as text of two and four times its size makes them: every end of every view can be reached, and nothing is cut off. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { APP } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

const VIEWS = ['Planner', 'Live', 'Conflicts', 'Report', 'Share', 'Files'] as const;

/** How far the view ends below the window once all that scrolls was scrolled to its end; pixels. */
const belowTheEnd = (page: Page) =>
  page.locator('.mp-panel:not([hidden])').evaluate((panel) => {
    const view = panel.firstElementChild ?? panel;
    for (const element of [...view.querySelectorAll('*'), view, document.documentElement]) {
      element.scrollTop = element.scrollHeight;
    }
    const ends = [view, ...view.children].map((element) => element.getBoundingClientRect().bottom);
    return Math.max(...ends) - innerHeight;
  });

const wideOnes = (page: Page) =>
  page.locator('.mp-panel:not([hidden])').evaluate((panel) => {
    const wide = (element: Element) => element.getBoundingClientRect().right > innerWidth + 1;
    // A table is as wide as it is, and scrolls.
    const ours = [...panel.querySelectorAll('p, h1, h2, h3, label, button, input')].filter(
      (element) => element.closest('table, .mp-scroll, .mp-toolbar-more') === null,
    );
    return ours.filter(wide).map((element) => element.outerHTML.slice(0, 120));
  });

test.each([
  [1440, 900],
  [1024, 600],
  [640, 400],
  [320, 256],
])('a window of %d × %d reaches the end of every view', async (width, height) => {
  const { screen, page } = await stage.person('lead', `${APP}?macroplan-iteration=DR1`);
  await page.setViewportSize({ width, height });
  for (const view of VIEWS) {
    await screen.openTab(view as 'Planner');
    await page.locator('.mp-panel:not([hidden]) > *').first().waitFor();
    await page.getByRole('tab', { name: view, selected: true }).waitFor();
    await expect.poll(() => belowTheEnd(page), { message: view }).toBeLessThanOrEqual(1);
    expect(await wideOnes(page), view).toEqual([]);
  }
  await screen.openTab('Planner');
  await screen.row('CA').scrollIntoViewIfNeeded();
  const rows = await page
    .locator('.mp-scroll')
    .evaluate((grid) => Math.min(grid.getBoundingClientRect().height, innerHeight));
  expect(rows, 'room for rows').toBeGreaterThan(150);
});

test('no dialog of the planner is wider than the smallest window', async () => {
  const { screen, page } = await stage.person('lead', `${APP}?macroplan-iteration=DR1`);
  await page.setViewportSize({ width: 320, height: 256 });
  for (const key of ['t', 'm', 'a', 'c', 'l', 'Delete', 'g', '?']) {
    await screen.row('CC').focus();
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth), key).toBe(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
});

test('the list of who gets mails scrolls once, and what adds and leaves stays in sight', async () => {
  const { screen, page } = await stage.person('lead', `${APP}?macroplan-iteration=DR1`);
  for (const [width, height] of [
    [1440, 900],
    [320, 256],
  ] as const) {
    await page.setViewportSize({ width, height });
    await screen.openTab('Share');
    await page.getByRole('button', { name: 'Who gets mails…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Gates that are due' }).waitFor();
    const scrolling = await dialog.evaluate((element) =>
      [element, ...element.querySelectorAll('*')]
        .filter(
          (each) => /auto|scroll/.test(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight + 1,
        )
        .map((each) => each.tagName),
    );
    expect(scrolling).toEqual(['DIALOG']);
    expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    for (const name of ['Close', 'Add']) {
      const box = await dialog.getByRole('button', { name, exact: true }).boundingBox();
      expect((box?.y ?? height) + (box?.height ?? 0), name).toBeLessThanOrEqual(height);
    }
    await page.keyboard.press('Escape');
  }
});
