/** What cannot be pressed now can be read all the same, in every view, colour scheme and contrast. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

/** Contrast that a text needs (WCAG 1.4.3), and a drawing that stands for one (1.4.11). */
const TEXT = 4.5;
const DRAWING = 3;

interface Found {
  readonly name: string;
  readonly isDrawing: boolean;
  readonly contrast: number;
}

/** Every control in sight that cannot be pressed, with the contrast of what it says to what is behind it. */
const disabledOn = (page: Page): Promise<readonly Found[]> =>
  page.evaluate(() => {
    type Colour = readonly [number, number, number, number];
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const colour = (text: string): Colour => {
      if (canvas === null) throw new Error('no canvas');
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a]: Colour, [br, bg, bb]: Colour, opacity = 1): Colour => {
      const part = a * opacity;
      return [r * part + br * (1 - part), g * part + bg * (1 - part), b * part + bb * (1 - part), 1];
    };
    const light = ([r, g, b]: Colour) => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((c) =>
        c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1];
      return over(colour(getComputedStyle(element).backgroundColor), behind(element.parentElement));
    };
    const opacityOf = (element: Element | null): number =>
      element === null ? 1 : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement);
    return [...document.querySelectorAll<HTMLElement>('.mp-root :is(:disabled, [aria-disabled="true"])')]
      .filter((element) => element.checkVisibility())
      .map((element) => {
        const ground = behind(element);
        const ink = over(colour(getComputedStyle(element).color), ground, opacityOf(element));
        const [a, b] = [light(ink), light(ground)];
        return {
          name: element.ariaLabel ?? element.innerText,
          isDrawing: element.innerText.trim() === '',
          contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
        };
      });
  });

const LOOKS = [
  { name: 'light', mode: 'light', media: {} },
  { name: 'dark', mode: 'dark', media: {} },
  { name: 'light, more contrast', mode: 'light', media: { contrast: 'more' } },
  { name: 'dark, more contrast', mode: 'dark', media: { contrast: 'more' } },
  { name: 'forced colours', mode: 'light', media: { forcedColors: 'active' } },
] as const;

/** The names of what cannot be pressed, all of which can be read in every look. */
async function readable(page: Page): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const { name, mode, media } of LOOKS) {
    await page.emulateMedia({ contrast: null, forcedColors: null, ...media });
    await page.evaluate(async (value) => {
      document.documentElement.setAttribute('data-color-mode', value);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    }, mode);
    const found = await disabledOn(page);
    for (const each of found) names.add(each.name);
    const dim = found.filter(({ isDrawing, contrast }) => contrast < (isDrawing ? DRAWING : TEXT));
    expect(dim, name).toEqual([]);
  }
  return [...names];
}

test('the buttons of views without an iteration, and of a device with nothing to undo', async () => {
  const { page, screen } = await stage.person('lead', `${APP}?macroplan-iteration=NONE&macroplan-tab=share`);
  expect(await readable(page)).toEqual(
    expect.arrayContaining([
      'Copy for Outlook or Confluence',
      'Save as file',
      'Print',
      'Previous iteration',
      'Next iteration',
      'Nothing to undo',
      'Nothing to redo',
    ]),
  );
  await screen.openTab('Files');
  expect(await readable(page)).toEqual(expect.arrayContaining(['Save CSV', 'Copy table']));
});

test('an import that has nothing to import, and a menu and a list in which something cannot be done', async () => {
  const { page, screen } = await stage.person('lead', `${APP}?macroplan-iteration=DR2&macroplan-tab=exchange`);
  await page.getByRole('textbox', { name: 'Paste a table' }).fill('Code\tNote\n');
  await page.getByRole('textbox', { name: 'Paste a table' }).blur();
  await page.getByRole('button', { name: 'Nothing to import' }).waitFor();
  expect(await readable(page)).toContain('Nothing to import');

  await screen.openTab('Planner');
  await page.getByRole('button', { name: 'Plan…' }).click();
  await page.getByRole('menuitem', { name: 'Teams…' }).click();
  await page.getByRole('dialog', { name: 'Teams' }).waitFor();
  expect((await readable(page)).some((name) => name.startsWith('Remove'))).toBe(true);
  await page.keyboard.press('Escape');

  // Whoever only plans may not change the plan itself.
  const planner = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2`);
  await planner.page.getByRole('button', { name: 'Plan…' }).click();
  await becomes(() => planner.page.getByRole('menuitem', { name: 'Add a phase…' }).count(), 1);
  expect((await readable(planner.page)).some((name) => name.startsWith('Add a phase…'))).toBe(true);
});

test('mail that cannot be sent, and a list of recipients with no network', async () => {
  await stage.host.database.admin.query(
    `select macroplan.begin_edit(plan_id, 'lead', 'Lead', null, null, null, 'Mail'),
       macroplan.write_row(plan_id, 'iterations', id, '{"mail_mode":"off"}')
     from macroplan.iterations where code = 'DR1'`,
  );
  const { page, profile } = await stage.person('lead', `${APP}?macroplan-iteration=DR1&macroplan-tab=share`);
  expect(await readable(page)).toContain('Send by mail…');
  await profile.setOffline(true);
  await page.getByRole('button', { name: 'Who gets mails…' }).click();
  await page.getByText(/cannot be read now/).waitFor();
  expect(await readable(page)).toContain('Add');
});
