/** Views are files of their own: they come before the network goes, and one that cannot come is said in words. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { APP, becomes, Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const IN_CONFLUENCE = '/confluence?macroplan-iteration=DR2';
/** The code that answers clicks and keys. */
const HANDS = /\/assets\/hands-/;
const TABS = ['Live', 'Conflicts', 'Report', 'Share', 'Planner'];

test('the page waits for one script alone', async () => {
  const app = `${stage.host.url}/rest/scriptrunner/latest/custom/macroplan`;
  const [, script] = /<script type="module" src="([^"]+)"/.exec(await (await fetch(`${app}/app`)).text()) ?? [];
  const reply = await fetch(`${app}/${script}`);
  expect(reply.headers.get('content-type')).toContain('javascript');
  // What it fetches later is `import("./…")`.
  expect(await reply.text()).not.toMatch(/(?:from|import)\s*["']\.\//);
});

test('a view brings its style with it, and is dressed from the moment it stands', async () => {
  const { page } = await stage.person('planner-a', APP);
  // The code of other views comes after the plan.
  await becomes(async () => JSON.stringify(await rulesFor(page, '.mp-exchange')), '{"linked":0,"adopted":1}');
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const view = document.querySelector<HTMLElement>('.mp-exchange');
      if (view === null) return;
      document.documentElement.dataset.dressed = getComputedStyle(view).display;
      observer.disconnect();
    }).observe(document.body, { childList: true, subtree: true });
  });
  await new Screen(page).openTab('Files');
  await becomes(() => page.evaluate(() => document.documentElement.dataset.dressed ?? ''), 'grid');
});

/** How many of the page's own style sheets name a class: such that a tag brings, and such that a script does. */
function rulesFor(page: Page, name: string) {
  return page.evaluate((wanted) => {
    const naming = (sheets: Iterable<CSSStyleSheet>) =>
      [...sheets].filter(({ cssRules }) => [...cssRules].some(({ cssText }) => cssText.includes(wanted))).length;
    return { linked: naming(document.styleSheets), adopted: naming(document.adoptedStyleSheets) };
  }, name);
}

test('every view of a page in Confluence opens with no network, also for the first time', async () => {
  const { profile, page } = await stage.person('planner-a', IN_CONFLUENCE);
  const fetched = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => /share-\w+\.js/.test(name)).length,
    );
  await becomes(fetched, 1);
  await page.waitForLoadState('networkidle');

  await profile.setOffline(true);
  for (const name of TABS) {
    await page.getByRole('tab', { name }).click();
    await becomes(() => page.getByRole('tabpanel', { name }).locator(':scope > *').count().then(Boolean), true);
    expect(await page.getByText('cannot be fetched').count()).toBe(0);
  }
});

test('until the plan was read nothing is said of it, and the code of other views lets it go first', async () => {
  const profile = await stage.profile('planner-a');
  const blank = await profile.open('/nothing');
  const release = await hold(blank, /\/snapshot\/[^/]+\/0$/);
  const asked: string[] = [];
  blank.context().on('request', (request) => asked.push(request.url()));
  const screen = new Screen(await profile.open(IN_CONFLUENCE));
  const panel = screen.page.getByRole('tabpanel');
  await becomes(() => panel.innerText(), 'Reading the plan for the first time: 0 %');
  await screen.page.getByRole('heading', { name: 'Core banking migration' }).waitFor();
  await screen.page.getByText('Not read yet').waitFor();
  await screen.openTab('Live');
  expect(await panel.innerText()).toBe('Reading the plan for the first time: 0 %');
  expect(asked.filter((url) => /\/assets\/(share|report)-/.test(url))).toEqual([]);
  release();
  await screen.page.getByRole('group', { name: 'Chapters by status' }).waitFor();
  await becomes(async () => asked.filter((url) => /\/assets\/(share|report)-/.test(url)).length, 2);
});

test('a plan that never was on this device and cannot be had is not said to have been kept here', async () => {
  const profile = await stage.profile('planner-a');
  const blank = await profile.open('/nothing');
  await blank.context().route(/\/snapshot$/, (route) => route.abort());
  const screen = new Screen(await profile.open(IN_CONFLUENCE));
  const panel = screen.page.getByRole('tabpanel');
  const sentence = 'This device has not read this plan yet. It is shown once the server answers.';
  await becomes(() => panel.innerText(), sentence);
  expect(await screen.page.getByText('kept on this device').count()).toBe(0);
  await blank.context().unroute(/\/snapshot$/);
  await screen.page.getByRole('treegrid').waitFor({ timeout: 60_000 });
});

test('a view whose code cannot be fetched says so and opens once it can', async () => {
  const { profile, page } = await stage.person('planner-a', '/confluence');
  await page.context().route(/\/assets\/dashboard-/, (route) => route.abort());
  const screen = new Screen(await profile.open(IN_CONFLUENCE));
  await becomes(() => screen.chip(), 'Saved');

  await screen.openTab('Live');
  const sentence = screen.page.getByRole('alert').filter({ hasText: 'Live was not opened yet' });
  await sentence.waitFor();
  await screen.openTab('Planner');
  await screen.page.getByRole('treegrid').waitFor();
  expect(await sentence.count()).toBe(0);

  await screen.openTab('Live');
  await page.context().unroute(/\/assets\/dashboard-/);
  await sentence.getByRole('button', { name: 'Try again' }).click();
  await screen.page.getByRole('group', { name: 'Chapters by status' }).waitFor();
});

test('what is clicked and typed before the code that answers it is here is done once it is, and once', async () => {
  const { profile, page } = await stage.person('lead', '/confluence');
  const release = await hold(page, HANDS);
  const screen = new Screen(await profile.open(IN_CONFLUENCE));
  await becomes(() => screen.chip(), 'Saved');
  await screen.row('AB').getByRole('checkbox').click();
  await screen.row('AC').getByRole('checkbox').click();
  await screen.row('AC').press('v');
  await screen.row('AC').press('?');
  const search = screen.page.getByRole('searchbox', { name: 'Search chapters' });
  await search.fill('systems in full');
  expect(await screen.page.locator('.mp-selection, .mp-dialog').count()).toBe(0);

  release();
  await screen.page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await screen.page.keyboard.press('Escape');
  const selected = () => screen.page.locator('.mp-selection strong').innerText();
  await becomes(selected, '1 selected');
  expect(await screen.row('AB').count()).toBe(0);
  await search.fill('');
  await becomes(selected, '2 selected');
  expect(await screen.page.getByRole('button', { name: 'Variance' }).getAttribute('aria-pressed')).toBe('true');
});

test('a time that is typed before the code that answers keys is here is the one that is kept', async () => {
  const { profile, page } = await stage.person('planner-a', '/confluence');
  const release = await hold(page, HANDS);
  const screen = new Screen(await profile.open(IN_CONFLUENCE));
  await becomes(() => screen.chip(), 'Saved');
  await screen.cell('AE', 'duration').focus();
  await screen.page.keyboard.type('77');
  await screen.page.keyboard.press('Enter');
  release();
  await becomes(() => screen.text('AE', 'duration'), '1h17');
  await becomes(() => screen.chip(), 'Saved');
});

test('with no network for the code that answers clicks the page says so, and a click works once it came', async () => {
  const { profile, page } = await stage.person('planner-a', '/confluence');
  await page.context().route(HANDS, (route) => route.abort());
  const screen = new Screen(await profile.open(IN_CONFLUENCE));
  await becomes(() => screen.chip(), 'Saved');
  await screen.page.getByRole('button', { name: 'Filter…' }).click();
  const notices = screen.page.getByRole('list', { name: 'What needs your eye' });
  await notices.getByText('What answers clicks and keys could not be fetched yet.').waitFor();

  await page.context().unroute(HANDS);
  await notices.getByRole('button', { name: 'Try again' }).click();
  await notices.waitFor({ state: 'hidden' });
  await screen.page.getByRole('button', { name: 'Filter…' }).click();
  await screen.page.getByRole('listbox', { name: 'Filter' }).waitFor();
});

/** Keeps an answer on its way until it is released. */
async function hold(page: Page, path: RegExp): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.context().route(path, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}
