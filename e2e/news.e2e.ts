/** What a planner who comes back is told of what others changed meanwhile. */
import { expect, test } from 'vitest';
import { APP, becomes, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const PLAN = `${APP}?macroplan-iteration=DR2`;

const stage = setStage();

/** As if this reader had left the plan so long ago. The last look lies in the profile, so no page of the plan is open. */
async function longAgo(screen: Screen, minutes: number): Promise<void> {
  // It is kept once what answers clicks is here.
  await becomes(
    () => screen.page.evaluate(() => Object.keys(localStorage).some((name) => name.endsWith(' look'))),
    true,
  );
  await screen.page.goto(`${stage.host.url}${APP.replace('/app', '/version')}`);
  await screen.page.evaluate((ms) => {
    const key = Object.keys(localStorage).find((name) => name.endsWith(' look')) ?? '';
    const look = JSON.parse(localStorage.getItem(key) ?? '');
    localStorage.setItem(key, JSON.stringify({ ...look, at: look.at - ms }));
  }, minutes * 60_000);
}

test('who was away reads what others changed, finds the rows, and says when it is known', async () => {
  const { screen, page } = await stage.person('planner-a', PLAN);
  const other = await stage.person('planner-b', PLAN);
  await longAgo(screen, 90);
  await other.screen.type('AD', 'start', '+30m');
  await becomes(() => other.screen.chip(), 'Saved');
  await page.goto(`${stage.host.url}${PLAN}`);
  const line = page.locator('.mp-digest');
  const told = /^Since you last looked, .* \(1h\d\d ago\): 1 change by Planner B · 1 chapter changed here/;
  await becomes(() => line.locator('p').innerText(), told);
  await page.reload();
  await becomes(() => line.locator('p').innerText(), told);
  const rows = () => page.locator('.mp-body [role="row"][aria-level="2"] [data-col="code"]').allInnerTexts();
  await line.getByRole('button', { name: 'Show' }).press('Enter');
  await becomes(async () => (await rows()).join(), 'AD');
  expect(await line.getByRole('button', { name: 'Show' }).getAttribute('aria-pressed')).toBe('true');
  await screen.row('AD').locator('.mp-changed').waitFor();

  // Of another iteration's rows there is nothing to show here.
  await page.getByRole('button', { name: 'Previous iteration' }).click();
  await becomes(() => line.getByRole('button', { name: 'Show' }).isVisible(), false);
  expect(await line.locator('p').innerText()).not.toContain('changed here');
  await page.getByRole('button', { name: 'Next iteration' }).click();
  await becomes(async () => (await rows()).join(), 'AD');

  // What comes while the line stands belongs to it, and what the reader does is no news.
  await other.screen.note('AE', 'told too');
  await becomes(async () => (await rows()).join(), 'AD,AE');
  expect(await line.locator('p').innerText()).toContain('2 changes by Planner B · 2 chapters changed here');
  await screen.note('AE', 'known');
  await becomes(() => screen.chip(), 'Saved');
  await line.getByRole('button', { name: 'Seen' }).click();
  await becomes(async () => (await rows()).length > 2, true);
  expect(await line.isVisible()).toBe(false);
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await page.getByRole('searchbox').fill('is:changed');
  await page.getByText('Nothing is marked as changed by others since you last looked.').waitFor();
  expect(await line.isVisible()).toBe(false);
});

test('who was away for minutes finds it on the rows alone, and Live knows that it was seen', async () => {
  const { screen, page } = await stage.person('planner-a', PLAN);
  const other = await stage.person('planner-b', PLAN);
  await longAgo(screen, 3);
  await other.screen.note('AC', 'for minutes');
  await becomes(() => other.screen.chip(), 'Saved');
  await page.goto(`${stage.host.url}${PLAN}`);
  await screen
    .row('AC')
    .getByRole('img', { name: /^Planner B, / })
    .waitFor();
  await becomes(() => screen.chip(), 'Saved');
  await screen.openTab('Live');
  await page.locator('.mp-feed-line').first().waitFor();
  expect(await page.locator('.mp-digest:visible').count()).toBe(0);
});

test('what is told begins when the page was left, not when something changed last', async () => {
  const { page } = await stage.person('planner-a', PLAN);
  const look = () =>
    page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.endsWith(' look')) ?? '';
      return JSON.parse(localStorage.getItem(key) ?? '').at as number;
    });
  await becomes(async () => (await look()) > 0, true);
  const first = await look();
  await page.goto(`${stage.host.url}${APP.replace('/app', '/version')}`);
  expect(await look()).toBeGreaterThan(first);
});

test('whoever listens to the page can have it be silent about what others change', async () => {
  const { screen, page } = await stage.person('planner-a', PLAN);
  const other = await stage.person('planner-b', PLAN);
  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: item }).press('Enter');
  };
  await choose('Stop saying aloud what others change');
  await other.screen.note('AB', 'in silence');
  await becomes(() => screen.noteText('AB'), 'in silence');
  expect(await page.getByRole('status').first().innerText()).toBe('What others change is no longer said aloud.');
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await choose('Say aloud what others change');
  await other.screen.note('AB', 'aloud');
  await becomes(() => page.getByRole('status').first().innerText(), '1 row changed by Planner B.');
});
