/** On the night many read, and some report, on a phone or a tablet: everything that can be pressed is in reach. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { moveTo } from '../src/store/ops.ts';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const stage = setStage();

beforeAll(async () => {
  const [a, b] = ['planner-a', 'planner-b'].map((user) => new WirePerson(stage.host, user));
  const seen = await scheduleIn(stage.host, 'DR1', 'CC');
  await a?.edit('Move CC', moveTo(seen, seen.planned_start + 30));
  await b?.edit('Move CC by an hour', moveTo(seen, seen.planned_start + 60));
});

async function onPhone(where: string): Promise<Page> {
  const profile = await stage.profile('planner-b');
  const page = await profile.open(`${APP}?${where}`);
  await page.setViewportSize({ width: 390, height: 844 });
  return page;
}

/** Buttons, tabs and fields that stand out of the page sideways, and that no scrolling brings in. */
function outOfReach(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const isOut = (element: Element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < -0.5 || right > innerWidth + 0.5) && !scrolls(element.parentElement);
    };
    const controls = document.querySelectorAll('.mp-root :is(button, input, select, textarea, iframe, [role="tab"])');
    return [...controls].filter(isOut).map((element) => element.outerHTML.slice(0, 120));
  });
}

test.each([
  ['planner', '.mp-row'],
  ['live', '.mp-line, .mp-gate-line'],
  ['conflicts', '.mp-conflict'],
  ['report', '.mp-report-table'],
  ['share', 'iframe'],
  ['exchange', 'textarea'],
])('%s: everything is in reach, and it says how old it is', async (tab, sign) => {
  const page = await onPhone(`macroplan-tab=${tab}&macroplan-iteration=DR1`);
  await page.locator(sign).first().waitFor();
  expect(await outOfReach(page)).toEqual([]);
  for (const part of ['.mp-age', '.mp-chip']) {
    const box = await page.locator(part).boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 390, part).toBe(true);
  }
  await axeFindsNothing(page);
  for (const width of [820, 1024]) {
    await page.setViewportSize({ width, height: 1180 });
    expect(await outOfReach(page), `${width} px`).toEqual([]);
  }
});

/** Texts that stand out of the view sideways, or that are cut off. */
function cutOff(page: Page, view: string): Promise<readonly string[]> {
  return page.locator(view).evaluate((root) => {
    const right = root.getBoundingClientRect().left + root.clientWidth;
    const isCut = (element: HTMLElement) =>
      element.checkVisibility() &&
      element.closest('.mp-unseen, thead') === null &&
      [...element.childNodes].some(({ nodeType }) => nodeType === 3) &&
      (element.getBoundingClientRect().right > right || element.scrollWidth > element.clientWidth + 1);
    return [...root.querySelectorAll<HTMLElement>('p, td, h2, h3')].filter(isCut).map(({ innerText }) => innerText);
  });
}

test.each([
  ['report', '.mp-report', '.mp-report-table'],
  ['live', '.mp-dashboard', '.mp-feed-line'],
])('%s: nothing that is to be read is cut off, or read by scrolling sideways', async (tab, view, sign) => {
  const page = await onPhone(`macroplan-tab=${tab}&macroplan-iteration=RUN3`);
  await page.locator(sign).first().waitFor();
  expect(await page.locator(view).evaluate((root) => root.scrollWidth - root.clientWidth)).toBe(0);
  expect(await cutOff(page, view)).toEqual([]);
  const tabs = page.getByRole('tablist', { name: 'Views' });
  expect(await tabs.evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
});

test('a table whose columns a phone has no room for says in each line what it is, and stays a table', async () => {
  const page = await onPhone('macroplan-tab=report&macroplan-iteration=RUN2');
  await page.getByRole('columnheader', { name: 'Planned' }).first().waitFor({ state: 'attached' });
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
    .first();
  const said = () =>
    row
      .getByRole('cell')
      .evaluateAll((cells) =>
        cells.filter((cell) => cell.checkVisibility()).map((cell) => getComputedStyle(cell, '::before').content),
      );
  await expect
    .poll(async () => (await said()).slice(0, 3).map((each) => each.replace(/"/g, '')))
    .toEqual(['none', 'Planned', 'Actual']);
  await page.setViewportSize({ width: 1024, height: 800 });
  const cell = row.getByRole('cell').nth(1);
  await expect.poll(() => cell.evaluate((each) => getComputedStyle(each, '::before').content)).toBe('none');
});

test('progress is reported with a finger', async () => {
  const page = await onPhone('macroplan-tab=live&macroplan-iteration=RUN3');
  const act = page.getByRole('button', { name: /^(Start|Done|Resume) / }).first();
  await act.waitFor();
  const [box, title] = [await act.boundingBox(), await page.locator('.mp-line-title').first().boundingBox()];
  expect(box?.height).toBeGreaterThanOrEqual(40);
  expect(title?.width).toBeGreaterThan(100);
  const said = (await act.getAttribute('aria-label')) ?? '';
  await act.click();
  await expect.poll(() => page.getByRole('button', { name: said, exact: true }).count()).toBe(0);
});

test('the table to share is read without scrolling sideways, and has its hours where there is room', async () => {
  const page = await onPhone('macroplan-tab=share&macroplan-iteration=DR1');
  const preview = page.frameLocator('.mp-share-preview');
  const sideways = () =>
    preview.locator('html').evaluate(({ scrollWidth, clientWidth, ownerDocument: { body } }) => {
      return Math.max(scrollWidth, body.scrollWidth) - clientWidth;
    });
  await preview.getByRole('cell', { name: /^AB / }).waitFor();
  await becomes(sideways, 0);
  expect(await preview.getByRole('columnheader').locator('visible=true').allInnerTexts()).toContain('Status');
  await preview.getByText('This screen has no room for the hours').first().waitFor();
  await page.getByRole('button', { name: 'Gates and phases' }).click();
  await preview.getByRole('columnheader', { name: 'Duration' }).waitFor();
  await becomes(sideways, 0);
  expect(await preview.getByText('This screen has no room for the hours').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: 'Every chapter' }).click();
  await preview.getByRole('cell', { name: /^AB / }).waitFor();
  await page.setViewportSize({ width: 1024, height: 800 });
  await preview.getByRole('columnheader', { name: '23', exact: true }).first().waitFor();
  expect(await preview.getByText('This screen has no room for the hours').isVisible()).toBe(false);
});
