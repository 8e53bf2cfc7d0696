/** The macro inside a page that belongs to somebody else: its style, its colours, and what a screen reader finds. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { startTestHost, type TestHost } from './support/test-host.ts';

let host: TestHost;
let profile: Profile;

beforeAll(async () => {
  host = await startTestHost();
  profile = await Profile.create(host.url, 'lead');
});

afterAll(async () => {
  await profile?.remove();
  await host?.close();
});

const open = async (where: string) => {
  // A planned iteration opens at its first chapters; a live one at what is under way.
  const screen = new Screen(await profile.open(`${where}?macroplan-iteration=DR1`));
  await screen.row('AB').waitFor();
  await becomes(() => screen.chip(), 'Saved');
  return screen;
};

/** Looks of the macro's parts that a page's own style sheet likes to change. Colours are the page's to give. */
const looks = (page: Page) =>
  page.evaluate(() => {
    const names = [
      'fontSize',
      'fontWeight',
      'paddingLeft',
      'marginTop',
      'borderTopWidth',
      'borderRadius',
      'boxSizing',
      'textTransform',
      'display',
      'lineHeight',
      'float',
    ] as const;
    const parts = [
      '.mp-chip',
      '[role="tab"]',
      '.mp-row[data-kind="chapter"] [data-col="title"]',
      '.mp-row[data-kind="head"] [data-col="start"]',
      '.mp-row[data-kind="phase"] [data-col="title"]',
      '.mp-check',
      'button[data-do="more"]',
      '.mp-user-name',
    ];
    return parts.map((part) => {
      const element = document.querySelector(`.mp-root ${part}`);
      if (!element) return `${part} is missing`;
      const style = getComputedStyle(element);
      return `${part}: ${names.map((name) => `${name} ${style[name]}`).join(', ')}`;
    });
  });

test('the style of the page around it does not reach into the macro', async () => {
  const alone = await looks((await open(APP)).page);
  const inside = await looks((await open('/confluence')).page);
  expect(inside).toEqual(alone);
});

test('the macro follows the colour mode of the page, else of the system', async () => {
  const { page } = await open('/confluence');
  const surface = () =>
    page.evaluate(() => getComputedStyle(document.querySelector('.mp-root') as Element).backgroundColor);
  const light = await surface();
  await page.getByRole('button', { name: /dark/i }).click();
  expect(await page.locator('html').getAttribute('data-color-mode')).toBe('dark');
  await becomes(async () => (await surface()) !== light, true);
  // Paper is white, and a page that says no mode follows the reader's system.
  const dark = await surface();
  await page.emulateMedia({ media: 'print' });
  await becomes(surface, light);
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await page.getByRole('button', { name: /light/i }).click();
  await becomes(surface, light);
  await page.evaluate(() => document.documentElement.removeAttribute('data-color-mode'));
  await becomes(surface, dark);
  await page.emulateMedia({ colorScheme: 'light' });
  await becomes(surface, light);
});

test.each(['Planner', 'Live', 'Conflicts', 'Share'] as const)(
  'axe finds nothing on the %s, light or dark',
  async (tab) => {
    const { page } = await open('/confluence');
    await new Screen(page).openTab(tab);
    await axeFindsNothing(page);
  },
);

test('the macro tells where the page is that opens with no network', async () => {
  const screen = await open('/confluence');
  await screen.page.locator('.mp-chip').click();
  const link = screen.page.getByRole('link', { name: 'its own page' });
  expect(await link.getAttribute('href')).toBe(`${APP}?macroplan-plan=DEMO`);
  const own = await open(APP);
  await own.page.locator('.mp-chip').click();
  await own.page.locator('.mp-chip-popup').waitFor();
  expect(await own.page.getByRole('link', { name: 'its own page' }).count()).toBe(0);
});
