/** What has to be told apart by eye is, in every look: measured on the pixels of the screen, and on the ink of letters. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

const LOOKS = [
  { name: 'light', colorScheme: 'light' },
  { name: 'dark', colorScheme: 'dark' },
  { name: 'light, more contrast', colorScheme: 'light', contrast: 'more' },
  { name: 'dark, more contrast', colorScheme: 'dark', contrast: 'more' },
  { name: 'forced colours', colorScheme: 'dark', forcedColors: 'active' },
] as const;

/** The most that two pixels beside the left edge of an element differ, as a contrast (WCAG 1.4.11). */
async function edgeContrast(page: Page, element: Locator): Promise<number> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('not on screen');
  const clip = { x: box.x - 2, y: box.y + box.height / 2, width: 6, height: 1 };
  const png = (await page.screenshot({ clip, animations: 'disabled' })).toString('base64');
  return page.evaluate(async (data) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(image.width, 1).getContext('2d');
    if (canvas === null) throw new Error('no canvas');
    canvas.drawImage(image, 0, 0);
    const lights = Array.from({ length: image.width }, (_, x) => {
      const [r = 0, g = 0, b = 0] = Array.from(canvas.getImageData(x, 0, 1, 1).data, (value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
  }, png);
}

test('the chosen one of several stands out from those beside it', async () => {
  const { page, screen } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2`);
  await screen.row('AA').waitFor();
  await page.getByRole('button', { name: 'Variance' }).click();
  await page.mouse.move(0, 0);
  for (const { name, ...media } of LOOKS) {
    await page.emulateMedia({ contrast: null, forcedColors: 'none', ...media });
    const chosen = page.locator(':is(.mp-segment, .mp-toolbar .mp-button)[aria-pressed="true"]');
    expect(await chosen.count()).toBe(3);
    for (const each of await chosen.all()) {
      const what = `${name}: ${await each.innerText()}`;
      expect(await edgeContrast(page, each), what).toBeGreaterThanOrEqual(3);
    }
  }
});

test('how much later an end is than in what is compared covers nothing of the time', async () => {
  const { page, screen } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2`);
  await page.setViewportSize({ width: 1280, height: 800 });
  await screen.type('AA', 'start', '+1d');
  await screen.type('AA', 'duration', '23h57');
  await page.getByRole('button', { name: 'Plan…' }).click();
  await page.getByRole('menuitem', { name: /^Compare DR2 with/ }).click();
  await page.getByRole('listitem').filter({ hasText: 'DR1' }).getByRole('button', { name: 'Compare' }).click();
  await page.keyboard.press('Escape');
  const chip = screen.cell('AA', 'end').locator('.mp-variance');
  await becomes(() => chip.innerText(), /^\+1d 2\dh/);
  const gap = await screen.cell('AA', 'end').evaluate((cell) => {
    const text = [...cell.childNodes].find((node) => node instanceof Text) as Text;
    const range = document.createRange();
    range.selectNodeContents(text);
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    if (canvas === null) throw new Error('no canvas');
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(cell);
    canvas.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const { fontBoundingBoxAscent, actualBoundingBoxAscent } = canvas.measureText(text.data.slice(-5));
    const ink = range.getBoundingClientRect().top + fontBoundingBoxAscent - actualBoundingBoxAscent;
    return ink - (cell.querySelector('.mp-variance')?.getBoundingClientRect().bottom ?? 0);
  });
  expect(gap).toBeGreaterThanOrEqual(0);
  // In a column of its own it needs no room there.
  await page.getByRole('button', { name: 'Variance', exact: true }).click();
  await becomes(() => chip.isVisible(), false);
  const padding = (column: 'start' | 'end') =>
    screen.cell('AA', column).evaluate((cell) => getComputedStyle(cell).paddingBlockStart);
  expect(await padding('end')).toBe(await padding('start'));
});
