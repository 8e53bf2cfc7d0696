/** What stands behind the address changes under open pages: the database of an older backup, a newer version of the macro. */
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoEdits } from '../infra/demo/demo-plan.ts';
import { seedDemo } from '../infra/demo/seed.ts';
import { freshBrowserBuild } from '../infra/host/browser-build.ts';
import { type Host, startHost } from '../infra/host/server.ts';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { setFields } from '../src/store/ops.ts';
import { axeFindsNothing } from './support/axe.ts';
import { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const PLAN = `${APP}?macroplan-iteration=DR2`;

let database: TestDatabase;
let dist: string;
let host: Host;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  dist = await freshBrowserBuild();
  database = await createDatabase();
  const client = await database.host.connect();
  await seedDemo(client, demoEdits({ seed: 1, now: Date.now() })).finally(() => client.release(true));
});

afterEach(async () => {
  await host.close();
  for (const end of ends.splice(0)) await end();
  await database.drop();
});

/** Another one in place of the host that runs, at the same address. */
async function replaceHost(by: { readonly databaseUrl?: string; readonly dist?: string }): Promise<void> {
  const port = Number(new URL(host.url).port);
  await host.close();
  host = await startHost({ databaseUrl: database.hostUrl, dist, ...by, port });
}

async function person(user: string): Promise<{ profile: Profile; screen: Screen; context: BrowserContext }> {
  const profile = await Profile.create(host.url, user);
  ends.push(() => profile.remove());
  const screen = new Screen(await profile.open(PLAN));
  await becomes(() => screen.chip(), 'Saved');
  return { profile, screen, context: screen.page.context() };
}

/** Edits stay on the device until they may go. */
async function heldBack(context: BrowserContext): Promise<() => Promise<void>> {
  const pattern = /\/sync$/;
  await context.route(pattern, (route) => route.abort());
  return () => context.unroute(pattern);
}

test('a database restored under open pages loses nothing that was sent, waits or is being typed, and undo goes on', async () => {
  const older = await createDatabase({ template: new URL(database.url).pathname.slice(1) });
  ends.push(() => older.drop());
  host = await startHost({ databaseUrl: database.hostUrl, dist });
  const { profile, screen, context } = await person('planner-a');
  const { screen: lead } = await person('lead');
  const site = { url: host.url, database, close: host.close };
  const first = await screen.noteText('AB');
  await screen.note('AB', 'sent before');
  const seen = await scheduleIn(site, 'DR2', 'AC');
  await profile.setOffline(true);
  await screen.note('AC', 'mine');
  const other = new WirePerson(site, 'planner-b');
  await other.edit('Theirs', setFields('chapter_schedules', seen, { note: 'theirs' }));
  await profile.setOffline(false);
  await becomes(() => screen.chip(), '1 needs you');
  await becomes(() => lead.noteText('AC'), 'theirs');
  await lead.row('AE').locator('[data-col="title"]').dblclick();
  const dialog = lead.page.getByRole('dialog', { name: 'Chapter AE' });
  await dialog.getByLabel('Title').fill('Typed over the restore');
  const letGo = await heldBack(context);
  await screen.note('AD', 'waits');
  await becomes(() => screen.chip(), /1 kept on this device/);
  await screen.cell('AE', 'note').dblclick();
  const editor = screen.page.getByRole('textbox', { name: 'Note on AE' });
  await editor.fill('being typed');

  await replaceHost({ databaseUrl: older.hostUrl });
  await letGo();
  await screen.lookAgain();
  // Whoever wrote theirs has not come back: nothing stands against mine.
  await becomes(() => screen.chip(), 'Saved');
  expect(await editor.inputValue()).toBe('being typed');
  await screen.page.getByRole('button', { name: 'Save note' }).click();
  const notes = () => Promise.all(['AB', 'AC', 'AD', 'AE'].map((code) => screen.noteText(code)));
  await becomes(async () => (await notes()).join(', '), 'sent before, mine, waits, being typed');
  for (const code of ['AE', 'AD', 'AC', 'AB']) {
    await screen.page.getByRole('button', { name: `Undo note on ${code}` }).click();
    await becomes(() => screen.page.locator('.mp-said').innerText(), `Undone: Note on ${code}.`);
  }
  expect((await notes())[0]).toBe(first);
  expect(await dialog.getByLabel('Title').inputValue()).toBe('Typed over the restore');
  await dialog.getByRole('button', { name: 'Save chapter' }).click();
  await becomes(() => lead.row('AE').locator('[data-col="title"]').innerText(), 'Typed over the restore');
  await becomes(() => lead.chip(), 'Saved');

  // Everybody is told, until they have seen it.
  const told = ({ page }: Screen) => page.locator('.mp-notice-line[data-kind="restored"]');
  const text = (of: Screen) => told(of).locator('p').innerText();
  await becomes(() => text(lead), /^\s*The server went back to an older state(, of .+)?\.$/);
  await becomes(() => text(screen), / Of your 2 edits of the last two weeks on this device 2 were made again\.$/);
  await axeFindsNothing(screen.page);
  await screen.page.reload();
  await becomes(() => text(screen), /^\s*The server went back .* 2 were made again\.$/);
  await told(screen).getByRole('button', { name: 'Dismiss' }).click();
  await becomes(() => told(screen).count(), 0);
  await screen.page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await screen.page.locator('.mp-notices').waitFor({ state: 'hidden' });
  await told(lead).waitFor();
});

test('a page goes on beside a newer version, and where that has taken its data it says to reload and holds up no tab', async () => {
  host = await startHost({ databaseUrl: database.hostUrl, dist });
  const { profile, screen: older, context } = await person('planner-a');
  await older.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const letGo = await heldBack(context);
  await older.note('AB', 'waits over the deployment');
  const next = await newVersion(dist);
  ends.push(() => rm(next, { recursive: true }));
  await replaceHost({ dist: next });
  await older.page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await becomes(() => older.page.evaluate(async () => (await caches.keys()).length), 1);
  for (const tab of ['Live', 'Conflicts', 'Share', 'Files', 'Planner'] as const) {
    await older.openTab(tab);
    await becomes(
      () => older.page.getByRole('tabpanel', { name: tab }).locator(':scope > *').count().then(Boolean),
      true,
    );
  }
  const newer = new Screen(await profile.open(PLAN));
  await becomes(() => newer.noteText('AB'), 'waits over the deployment');
  await newer.note('AC', 'from the newer page');
  await becomes(() => older.noteText('AC'), 'from the newer page');

  // As a version does whose data has another form.
  const blank = await profile.open('/nothing');
  await blank.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    await new Promise((resolve) => {
      const opening = indexedDB.open(names.find((name) => / planner-a /.test(name)) ?? '', 99);
      opening.onsuccess = () => resolve(opening.result.close());
    });
  });
  await letGo();
  await older.page.bringToFront();
  await older.lookAgain();
  await becomes(() => older.chip(), 'Reload needed · 2 kept on this device');
  await older.note('AD', 'typed too late');
  const notices = older.page.getByRole('list', { name: 'What needs your eye' });
  await notices.getByText('“Note on AD” was not kept: Your edit could not be kept: a newer Macroplan').waitFor();
  await older.page.locator('.mp-chip').click();
  await older.page.getByText('A newer Macroplan was opened in another tab.').waitFor();
  await older.page.getByRole('button', { name: 'Download my pending edits' }).waitFor();
});

test('code that the server has no more is said to be a newer version’s, and a reload brings that', async () => {
  host = await startHost({ databaseUrl: database.hostUrl, dist });
  const profile = await Profile.create(host.url, 'planner-a');
  ends.push(() => profile.remove());
  const context = (await profile.open('/nothing')).context();
  const later = /\/assets\/(hands|dashboard)-/;
  await context.route(later, (route) => route.abort());
  const screen = new Screen(await profile.open('/confluence?macroplan-iteration=DR2'));
  await becomes(() => screen.chip(), 'Saved');
  const next = await newVersion(dist);
  ends.push(() => rm(next, { recursive: true }));
  await replaceHost({ dist: next });
  await context.unroute(later);
  await screen.page.getByRole('button', { name: 'Filter…' }).click();
  const notices = screen.page.getByRole('list', { name: 'What needs your eye' });
  await notices.getByText('the server has a newer version, which a reload brings').waitFor();
  await screen.openTab('Live');
  await screen.page.getByText('Live was not opened yet on this page').waitFor();
  await notices.getByRole('button', { name: 'Reload' }).click();
  await screen.page.getByRole('group', { name: 'Chapters by status' }).waitFor();
  await screen.openTab('Planner');
  await screen.page.getByRole('button', { name: 'Filter…' }).click();
  await screen.page.getByRole('listbox', { name: 'Filter' }).waitFor();
});

/** The same build under other names, as the next one has them. */
async function newVersion(build: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'macroplan-build-'));
  await cp(build, folder, { recursive: true });
  const backwards = (text: string) => [...text].reverse().join('');
  const names = await readdir(folder);
  const renamed = names.map((name) => [name, name.replace(/-([0-9a-f]{10})\./, (_, hash) => `-${backwards(hash)}.`)]);
  const { version } = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  for (const [name = '', becomes = ''] of renamed) {
    let text = await readFile(path.join(folder, name), 'utf8');
    for (const [from = '', to = ''] of renamed) text = text.replaceAll(from, to);
    await writeFile(path.join(folder, name), text.replaceAll(version, backwards(version)));
    await rename(path.join(folder, name), path.join(folder, becomes));
  }
  return folder;
}
