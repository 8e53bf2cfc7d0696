/** Pending edits as a file: saved on one device, loaded on another, in effect once. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { startTestHost, type TestHost } from './support/test-host.ts';

const PLAN = `${APP}?macroplan-iteration=DR2`;

let host: TestHost;
let profiles: Profile[];

beforeAll(async () => {
  host = await startTestHost();
});

afterAll(() => host?.close());

beforeEach(() => {
  profiles = [];
});

afterEach(async () => {
  for (const profile of profiles) await profile.remove();
});

const open = async (user: string) => {
  const profile = await Profile.create(host.url, user);
  profiles.push(profile);
  const screen = new Screen(await profile.open(PLAN));
  await screen.row('AB').waitFor();
  await becomes(() => screen.chip(), 'Saved');
  return { profile, screen };
};

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

const timesLogged = async (note: string) => {
  const sql = `select count(*)::int as n from macroplan.event_log where after ->> 'note' = $1`;
  return (await host.database.admin.query<{ n: number }>(sql, [note])).rows[0]?.n;
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
  expect(await timesLogged('carried in a file')).toBe(1);

  await profile.setOffline(false);
  await screen.lookAgain();
  await becomes(() => screen.chip(), 'Saved', 60);
  expect(await timesLogged('carried in a file')).toBe(1);
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
  expect(await timesLogged('mine alone')).toBe(0);
});
