/** What everybody watches on the night: told the same to all, reported from where it is seen, never older than it looks. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { setFields } from '../src/store/ops.ts';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const LIVE = `${APP}?macroplan-tab=live&macroplan-iteration=RUN3`;

/** Of ten minutes in a night on a wall. */
const STEPS = 48;

const stage = setStage();

const open = (user: string, where = LIVE) => stage.person(user, where);

const line = ({ page }: Screen, code: string): Locator =>
  page.locator('.mp-line').filter({ has: page.locator('.mp-code').getByText(code, { exact: true }) });

/** A chapter that is still to start; which ones are depends on the time of day. */
const next = ({ page }: Screen, place = 0): Promise<string> =>
  page
    .locator('.mp-line')
    .filter({ has: page.getByRole('button', { name: /^Start / }) })
    .nth(place)
    .locator('.mp-code')
    .innerText();

/** By its words: whether it is late, begun or not, depends on the time of day. */
const hasBegun = async (screen: Screen, code: string): Promise<boolean> =>
  (await line(screen, code).innerText()).includes('began');

test('what a planner reports is on every screen, with what follows from it', async () => {
  const planner = await open('planner-a');
  const viewer = await open('viewer');
  expect(await viewer.page.locator('.mp-line-acts button').count()).toBe(0);
  expect(await viewer.page.getByRole('button', { name: /Decide/ }).count()).toBe(0);

  const code = await next(planner.screen);
  await line(planner.screen, code)
    .getByRole('button', { name: `Block… ${code}` })
    .click();
  const dialog = planner.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Report as blocked' }).click();
  await dialog.getByText('Write a few words.').waitFor();
  await dialog.getByRole('textbox').fill('No tape drive');
  await planner.page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: 'Report as blocked' }).click();
  await becomes(() => line(viewer.screen, code).innerText(), /Blocked[\s\S]*No tape drive/);

  await line(planner.screen, code)
    .getByRole('button', { name: `Resume ${code}` })
    .press('Enter');
  const focused = () => planner.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  await becomes(focused, new RegExp(`^Why is ${code} at`));
  await line(planner.screen, code)
    .getByRole('button', { name: `Done ${code}` })
    .press('Enter');
  await viewer.page.getByRole('button', { name: /Done/ }).press('Enter');
  await becomes(() => line(viewer.screen, code).innerText(), /ended \d\d:\d\d/);
});

test('a gate is decided from its card, and everybody reads how', async () => {
  const lead = await open('lead');
  const viewer = await open('viewer');
  const card = viewer.page.locator('.mp-gate-line').first();
  const title = await card.locator('strong').innerText();
  expect(await card.innerText()).toMatch(/decides; waits for .+\nGo if: .+\nIf no go: .+/);
  await lead.page.getByRole('button', { name: `Decide ${title}` }).press('Enter');
  await lead.page.keyboard.press('ArrowDown');
  await lead.page.keyboard.press('ArrowDown');
  await lead.page.keyboard.press('Enter');
  await becomes(() => viewer.page.locator('.mp-rag').first().innerText(), /^Red: \w\w was decided: no go$/);
  await becomes(() => viewer.page.locator('.mp-feed-line').first().innerText(), /Lead \w\w: no go/);
  // Who opens the page now, on a device that never heard of it.
  const later = await open('planner-a');
  await becomes(() => later.page.locator('.mp-feed-line').first().innerText(), /Lead \w\w: no go/);
});

test('who comes back is told what happened meanwhile, once', async () => {
  const viewer = await open('viewer');
  const planner = await open('planner-b');
  const code = await next(planner.screen);
  await line(planner.screen, code)
    .getByRole('button', { name: `Start ${code}` })
    .click();
  await becomes(() => line(viewer.screen, code).innerText(), /Running/);
  // A snapshot may be some edits old; what was seen last is what came after it.
  const done = await stage.host.database.admin.query(
    `select count(*)::text as n from macroplan.chapter_schedules s
       join macroplan.iterations i on (i.plan_id, i.id) = (s.plan_id, s.iteration_id)
      where i.code = 'RUN3' and s.status = 'done'`,
  );
  await becomes(() => viewer.page.locator('.mp-counter[data-status="done"] .mp-count').innerText(), done.rows[0].n);
  await viewer.profile.close();
  await line(planner.screen, code)
    .getByRole('button', { name: `Done ${code}` })
    .click();
  await becomes(() => planner.screen.chip(), 'Saved');

  const page = await viewer.profile.open(LIVE);
  const digest = page.locator('.mp-digest');
  await becomes(
    () => digest.innerText(),
    /^Since you last looked, .* ago\): 1 change by Planner B · 1 chapter changed here · 1 more done/,
  );
  await digest.getByRole('button', { name: 'Seen' }).click();
  expect(await digest.isVisible()).toBe(false);
  await page.reload();
  await becomes(() => new Screen(page).chip(), 'Saved');
  expect(await digest.isVisible()).toBe(false);
});

test('old data has no colour and says how old it is; the network back says what was missed', async () => {
  const { profile, screen, page } = await open('viewer');
  const look = () => page.locator('.mp-dashboard').evaluate((element) => getComputedStyle(element).filter);
  expect(await look()).toBe('none');
  await profile.setOffline(true);
  await becomes(() => page.locator('.mp-banner').innerText(), /Data is \d+ (s|min) old – not live/, 120);
  await becomes(look, 'grayscale(1)');
  expect(await page.locator('.mp-age').innerText()).toMatch(/^as of \d\d:\d\d:\d\d CET? ?.*\(\d+ (s|min)\)$/);

  const planner = await open('planner-b');
  const code = await next(planner.screen);
  await line(planner.screen, code)
    .getByRole('button', { name: `Start ${code}` })
    .click();
  await becomes(() => planner.screen.chip(), 'Saved');
  await profile.setOffline(false);
  await becomes(() => screen.chip(), 'Saved', 60);
  await becomes(look, 'none');
  await becomes(() => page.locator('.mp-digest').innerText(), /1 change by Planner B/);
});

test('a counter filters the list, also by keyboard, and the address keeps it', async () => {
  const { page } = await open('viewer');
  const late = page.getByRole('button', { name: /Late/ });
  await late.press('Enter');
  const count = Number(await late.locator('.mp-count').innerText());
  expect(count).toBeGreaterThan(0);
  await becomes(() => page.locator('.mp-line').count(), count);
  await page.reload();
  await becomes(() => page.locator('.mp-line').count(), count);
  await page.getByRole('button', { name: /Ready/ }).click();
  await page.getByText('No chapter stands here now; press Ready again for the others.').waitFor();
});

test('of an iteration that the plan has not, neither gates, phases, chapters nor a state are told, on a wall neither', async () => {
  const { page, screen } = await open('viewer', LIVE.replace('RUN3', 'RUN9'));
  await page.getByText('This plan has no iteration RUN9, or no longer. Choose one above.').waitFor();
  const titles = () => page.locator('.mp-card:visible .mp-card-title').allInnerTexts();
  expect(await titles()).toEqual(['Latest changes']);
  const replay = page.getByRole('button', { name: 'Replay' });
  expect(await replay.count()).toBe(0);
  expect(
    await page
      .getByText(/^No gate is left|^No chapter is scheduled/)
      .filter({ visible: true })
      .count(),
  ).toBe(0);
  for (const tab of ['Planner', 'Share', 'Files', 'Live'] as const) {
    await screen.openTab(tab);
    await page.locator('.mp-iteration:visible').getByText('No iteration').waitFor();
    expect(await page.locator('.mp-lozenge:visible').count(), tab).toBe(0);
  }
  await page.locator('.mp-iteration:visible').click();
  await page.getByRole('menuitemradio', { name: /^RUN3/ }).click();
  await becomes(async () => (await titles()).length, 4);
  expect(await replay.count()).toBe(1);
  expect(await page.locator('.mp-lozenge:visible').innerText()).toBe('Live');
  await page.goto(page.url().replace('RUN3', 'RUN9').concat('&macroplan-wall=1'));
  await becomes(titles, /^Latest changes$/);
});

test('a wall shows nothing to press, in letters for five metres, and stays the same size all night', async () => {
  const { page } = await open('viewer', `${LIVE}&macroplan-wall=1`);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.clock.install();
  await page.reload();
  await page.locator('.mp-rag').first().waitFor();
  expect(await page.locator('button:visible:not(.mp-counter, .mp-iteration, .mp-why)').count()).toBe(0);
  const smallest = await page.locator('.mp-dashboard').evaluate((root) => {
    const shown = [...root.querySelectorAll<HTMLElement>('*')].filter(
      (element) => element.checkVisibility() && [...element.childNodes].some(({ nodeType }) => nodeType === 3),
    );
    const zoom = (element: Element) => (element as Element & { readonly currentCSSZoom: number }).currentCSSZoom;
    return Math.min(...shown.map((element) => Number.parseFloat(getComputedStyle(element).fontSize) * zoom(element)));
  });
  expect(smallest).toBeGreaterThanOrEqual(24);

  const titles = new Set<string>();
  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
  for (let step = 0; step < STEPS; step += 1) {
    await page.clock.fastForward(10 * 60_000 + 15_000);
    titles.add(await page.locator('.mp-card:visible .mp-card-title').innerText());
  }
  expect([...titles].sort()).toEqual(['Latest changes', 'Next gates', 'Now and next', 'Phases']);
  // What a night leaves on screen is what a wall shows that is switched on now, but for a mark that came with the last minute.
  const afterTheNight = await nodes();
  await page.reload();
  await page.locator('.mp-rag').first().waitFor();
  await becomes(async () => Math.abs((await nodes()) - afterTheNight) < STEPS / 2, true);
});

test('a wall renews itself when the server has a new build', async () => {
  const { page } = await open('viewer', `${LIVE}&macroplan-wall=1`);
  let isNew = false;
  await page.context().route('**/version', async (route) => {
    const response = await route.fetch();
    const version = (await response.json()) as { build: string };
    await route.fulfill({ response, json: isNew ? { ...version, build: 'another' } : version });
  });
  await page.clock.install();
  await page.reload();
  await page.locator('.mp-rag').first().waitFor();
  await page.evaluate(() => Object.assign(globalThis, { isOldPage: true }));
  const isOld = () => page.evaluate(() => 'isOldPage' in globalThis);
  // In steps, because a request that waits for its answer has a timeout by the same clock.
  const answered = async () => {
    const answer = page.waitForResponse('**/version', { timeout: 0 });
    for (let isThere = false; !isThere; await page.clock.runFor(1_000)) {
      isThere = await Promise.race([answer.then(() => true), page.waitForTimeout(5).then(() => false)]);
    }
  };
  await answered();
  expect(await isOld()).toBe(true);
  isNew = true;
  await answered();
  await becomes(isOld, false);
});

test('any moment of the night can be looked at again, and any time says why', async () => {
  const planner = await open('planner-a');
  const [code, moved] = [await next(planner.screen), await next(planner.screen, 1)];
  await line(planner.screen, code)
    .getByRole('button', { name: `Start ${code}` })
    .click();
  await becomes(() => planner.screen.chip(), 'Saved');
  const lead = await open('lead', `${APP}?macroplan-iteration=RUN3`);
  await lead.screen.type(moved, 'start', '+10m');
  await becomes(() => lead.screen.chip(), 'Saved');

  const { page, screen } = await open('viewer');
  await becomes(() => hasBegun(screen, code), true);
  await line(screen, moved)
    .getByRole('button', { name: new RegExp(`^Why is ${moved} at`) })
    .click();
  await becomes(() => page.locator('.mp-history [data-cause]').innerText(), /^Lead .*\n+.* became .* – this is why$/);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Replay' }).click();
  await becomes(() => page.locator('.mp-replay-words').innerText(), /Lead: /);
  await page.keyboard.press('ArrowLeft');
  await becomes(() => page.locator('.mp-replay-words').innerText(), new RegExp(`Planner A: ${code}: running`));
  await becomes(() => hasBegun(screen, code), true);
  await page.keyboard.press('ArrowLeft');
  await becomes(() => hasBegun(screen, code), false);
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Back to now' }).click();
  await becomes(() => hasBegun(screen, code), true);
});

test('a long night can be looked at from its beginning', async () => {
  const planner = new WirePerson(stage.host, 'planner-b');
  const codes = ['CA', 'CB', 'CC', 'CD', 'CE', 'CF', 'CG', 'CH', 'CI', 'CJ'];
  let seen = await Promise.all(codes.map((code) => scheduleIn(stage.host, 'DR1', code)));
  for (let round = 1; round <= 105; round += 1) {
    const note = `Round ${round}`;
    await planner.edit(note, ...seen.map((row) => setFields('chapter_schedules', row, { note })));
    seen = seen.map((row) => ({ ...row, note }));
  }
  const { page } = await open('viewer');
  await page.getByRole('button', { name: 'Replay' }).click();
  const words = page.locator('.mp-replay-words');
  await becomes(() => words.innerText(), /Planner B: Round 105$/);
  await page.keyboard.press('Home');
  await becomes(() => words.innerText(), /Planner B: Round [56]$/);
  const first = await words.innerText();
  await page.getByRole('button', { name: 'Earlier edits' }).press('Enter');
  await page.getByRole('button', { name: 'Earlier edits' }).waitFor({ state: 'hidden' });
  expect(await words.innerText()).toBe(first);
  await page.keyboard.press('Home');
  await becomes(() => words.innerText(), /Admin: New plan/);
});

test('the report of a run is a page to print, and axe finds nothing on it', async () => {
  const { page } = await open('viewer', `${APP}?macroplan-tab=report&macroplan-iteration=RUN2`);
  await becomes(() => page.locator('.mp-report').innerText(), /53 of 53 chapters done; 0m blocked in all/);
  expect(await page.locator('.mp-report-table tbody tr').count()).toBe(53);
  await axeFindsNothing(page);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
  const whole = await page
    .locator('.mp-report')
    .evaluate((element) => element.scrollHeight <= element.clientHeight + 1);
  expect(whole).toBe(true);
});
