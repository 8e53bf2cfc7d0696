/** Pending edits as a file: saved on one device, loaded on another, in effect once. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { APP, becomes, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const PLAN = `${APP}?macroplan-iteration=DR2`;

const stage = setStage();

const open = (user: string) => stage.person(user, PLAN);

const saved = async ({ page }: Screen): Promise<string> => {
  await page.getByRole('button', { name: 'More' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('Download my pending edits').first().click(),
  ]);
  return file.path();
};

const load = async ({ page }: Screen, path: string) => {
  await page.getByRole('button', { name: 'More' }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Load pending edits').click()]);
  // Downloads lie under names without an ending.
  await chooser.setFiles({ name: 'pending.json', mimeType: 'application/json', buffer: await readFile(path) });
};

test('what one device could not send, another sends, and it takes effect once', async () => {
  const { profile, screen } = await open('planner-a');
  await profile.setOffline(true);
  await screen.note('AB', 'carried in a file');
  await becomes(() => screen.chip(), /1 kept on this device/);
  const path = await saved(screen);

  const { screen: other } = await open('planner-a');
  await load(other, path);
  await becomes(() => other.page.locator('.mp-said').innerText(), /^1 edit loaded/);
  await becomes(() => other.noteText('AB'), 'carried in a file');
  await becomes(() => other.chip(), 'Saved');
  expect(await stage.timesLogged('carried in a file')).toBe(1);

  await profile.setOffline(false);
  await screen.lookAgain();
  await becomes(() => screen.chip(), 'Saved', 60);
  expect(await stage.timesLogged('carried in a file')).toBe(1);
});

test('somebody else cannot load it, and is told why', async () => {
  const { profile, screen } = await open('planner-a');
  await profile.setOffline(true);
  await screen.note('AC', 'mine alone');
  await becomes(() => screen.chip(), /1 kept on this device/);
  const path = await saved(screen);
  const { screen: other } = await open('planner-b');
  await load(other, path);
  await other.page.getByText('Somebody else typed these edits.').first().waitFor();
  expect(await stage.timesLogged('mine alone')).toBe(0);
});
