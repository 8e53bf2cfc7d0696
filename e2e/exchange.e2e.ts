/** The plan leaves as files and comes back, with and without a network. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const TAB = `${APP}?macroplan-tab=exchange&macroplan-iteration=DR2`;

const stage = setStage();

async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test('every file is saved with no network, under a name that says what it is', async () => {
  const { profile, page } = await stage.person('viewer', TAB);
  await profile.setOffline(true);
  const csv = await saved(page, 'Save CSV');
  expect(csv.name).toMatch(/^DEMO-DR2-r\d+\.csv$/);
  expect(csv.text).toContain('\r\nAB,A,');
  expect((await saved(page, 'Save TSV')).text).toContain('\r\nAB\tA\t');
  expect((await saved(page, 'Save ICS')).text).toMatch(/^BEGIN:VCALENDAR\r\n.*END:VCALENDAR\r\n$/s);
  expect((await saved(page, 'Save XML')).text).toContain('<Value>AB</Value>');
  const plan = await saved(page, 'Save JSON');
  expect(plan.name).toMatch(/^DEMO-r\d+\.json$/);
  expect(JSON.parse(plan.text)).toMatchObject({ format: 'macroplan', version: 1 });
});

test('axe finds nothing', async () => {
  const { page } = await stage.person('lead', TAB);
  await axeFindsNothing(page);
  if (process.env.SHOT) await page.screenshot({ path: '/tmp/exchange.png' });
});
