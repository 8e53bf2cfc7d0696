/** What a browser can do to the data of a page, and what becomes of what was typed. */
import { readFile } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import type { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
let profile: Profile;

beforeEach(async () => {
  profile = await stage.profile('planner-a');
});

/** How many edits the queues of this browser hold. A database that is going counts as none, and none is made by looking. */
const kept = ({ page }: Screen) =>
  page.evaluate(async () => {
    const queued = (name: string) =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open(name);
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onerror = () => resolve(0);
        opening.onsuccess = () => {
          const database = opening.result;
          const end = (count: number) => {
            database.close();
            resolve(count);
          };
          database.onclose = () => end(0);
          try {
            const counting = database.transaction('queue').objectStore('queue').count();
            counting.onsuccess = () => end(counting.result);
            counting.onerror = () => end(0);
          } catch {
            // It has no queue, or is closed already.
            end(0);
          }
        };
      });
    const databases = async (): Promise<readonly IDBDatabaseInfo[]> => {
      // Chromium forgets what it is asked while it clears, so it is asked again.
      const isForgotten = new Promise<null>((resolve) => setTimeout(resolve, 1_000, null));
      return (await Promise.race([indexedDB.databases(), isForgotten])) ?? databases();
    };
    let count = 0;
    for (const { name = '' } of await databases()) count += await queued(name);
    return count;
  });

test('a page in a browser without storage works from memory and says so', async () => {
  const page = await profile.open('/nowhere');
  await page.addInitScript(() => {
    for (const name of ['indexedDB', 'IDBKeyRange']) Object.defineProperty(globalThis, name, { value: undefined });
  });
  await page.goto(`${stage.host.url}${APP}?macroplan-iteration=DR2`);
  const screen = new Screen(page);
  await becomes(() => screen.chip(), 'Nothing is kept on this device');
  await screen.note('AB', 'typed without a storage');
  await becomes(() => stage.timesLogged('typed without a storage'), 1);
  await becomes(() => screen.chip(), 'Nothing is kept on this device');

  await profile.setOffline(true);
  await screen.note('AC', 'typed without storage and network');
  await becomes(() => screen.chip(), /Nothing is kept on this device · 1 only in this page/);
  const question = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  await (await question).dismiss();
  await profile.setOffline(false);
  await becomes(() => stage.timesLogged('typed without storage and network'), 1);
  await page.keyboard.press('Control+z');
  await becomes(() => screen.noteText('AC'), 'Add a note');
});

test('an edit that the disk damaged is told and can be saved, and the others are sent', async () => {
  const screen = new Screen(await profile.open(`${APP}?macroplan-iteration=DR2`));
  const { page } = screen;
  await becomes(() => screen.chip(), 'Saved');
  await profile.setOffline(true);
  await screen.note('AB', 'will be damaged');
  await screen.note('AC', 'stays whole');
  await becomes(() => kept(screen), 2);
  await page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
      });
      if (!database.objectStoreNames.contains('queue')) continue;
      const queue = database.transaction('queue', 'readwrite').objectStore('queue');
      queue.getAllKeys().onsuccess = ({ target }) => {
        const [first = 0] = (target as IDBRequest<IDBValidKey[]>).result;
        queue.put({ edit: 'will be damaged' }, first);
      };
      await new Promise((resolve) => queue.transaction.addEventListener('complete', resolve));
      database.close();
    }
  });
  await profile.setOffline(false);
  await page.reload();
  await becomes(() => stage.timesLogged('stays whole'), 1);
  await page.getByText(/^Damaged: 1 edit was kept on this device and cannot be read any more/).waitFor();
  await becomes(() => screen.chip(), 'Saved');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect(JSON.parse(await readFile(await (await saving).path(), 'utf8')).damaged).toEqual([
    { edit: 'will be damaged' },
  ]);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  expect(await page.getByText(/^Damaged:/).count()).toBe(0);
});

test('two pages without storage tell each other through the server', async () => {
  const pages = [await profile.open('/nowhere'), await profile.open('/nowhere')];
  const screens: Screen[] = [];
  for (const page of pages) {
    await page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
    await page.goto(`${stage.host.url}${APP}?macroplan-iteration=DR2`);
    const screen = new Screen(page);
    await screen.row('AB').waitFor();
    screens.push(screen);
  }
  const [one, other] = screens as [Screen, Screen];
  await one.note('AE', 'from the one page');
  await becomes(() => other.noteText('AE'), 'from the one page', 60);
});

test('a storage that does not answer is said, and the page goes on once it does', async () => {
  const page = await profile.open('/nowhere');
  await page.clock.install();
  await page.addInitScript(() => {
    const open = indexedDB.open.bind(indexedDB);
    const late = new Promise<void>((resolve) => Object.assign(globalThis, { answer: resolve }));
    indexedDB.open = (name, version) => {
      const request = version === undefined ? open(name) : open(name, version);
      const listen = request.addEventListener.bind(request);
      request.addEventListener = (type: string, listener: EventListener) =>
        listen(type, (event) => (type === 'success' ? void late.then(() => listener(event)) : listener(event)));
      Object.assign(globalThis, { isAsked: true });
      return request;
    };
  });
  await page.goto(`${stage.host.url}${APP}?macroplan-iteration=DR2`);
  await page.waitForFunction(() => 'isAsked' in globalThis);
  await page.clock.fastForward(21_000);
  await page.getByText('The storage of this browser does not answer.').waitFor();
  await page.evaluate(() => (globalThis as unknown as { answer: () => void }).answer());
  await new Screen(page).row('AB').waitFor();
});

test('a page that an older one in another tab keeps waiting says so until that is closed', async () => {
  const older = await profile.open('/nowhere');
  await older.evaluate(
    async ({ base, host }) => {
      const { plans } = await (await fetch(`${base}/plans`)).json();
      await new Promise((resolve) => {
        // Version 1, and deaf to what asks it to close.
        const request = indexedDB.open(`macroplan ${host}${base} planner-a ${plans[0].id}`, 1);
        request.onupgradeneeded = () => {
          for (const name of ['meta', 'segments', 'changed', 'queue', 'refused'])
            request.result.createObjectStore(name);
          request.result.createObjectStore('journal').createIndex('at', 'at');
        };
        request.onsuccess = resolve;
      });
    },
    { base: APP.replace('/app', ''), host: stage.host.url },
  );
  const page = await profile.open('/nowhere');
  await page.clock.install();
  await page.goto(`${stage.host.url}${APP}?macroplan-iteration=DR2`);
  const words = page.getByText('An older Macroplan is open in another tab of this browser.');
  await words.waitFor();
  await page.clock.fastForward(21_000);
  expect(await words.isVisible()).toBe(true);
  await older.close();
  await new Screen(page).row('AB').waitFor();
});

test('what a full disk does not take is tried again by one press', async () => {
  const screen = new Screen(await profile.open(`${APP}?macroplan-iteration=DR2`));
  await becomes(() => screen.chip(), 'Saved');
  // A quota set by the devtools lets writes as small as this pass.
  await screen.page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    const disk = { refusals: 0, makeRoom: () => Object.assign(IDBObjectStore.prototype, { add }) };
    IDBObjectStore.prototype.add = () => {
      disk.refusals += 1;
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    };
    Object.assign(globalThis, { disk });
  });
  const refusals = () =>
    screen.page.evaluate(() => (globalThis as unknown as { disk: { refusals: number } }).disk.refusals);
  await screen.note('AD', 'typed on a full disk');
  const notices = screen.page.getByRole('list', { name: 'What needs your eye' });
  const words = '“Note on AD” was not kept: Your edit could not be kept: The disk is full.';
  await notices.getByText(words).waitFor();
  await becomes(() => screen.chip(), '1 not kept');
  await screen.page.locator('.mp-chip').click();
  const [file] = await Promise.all([
    screen.page.waitForEvent('download'),
    screen.page.getByRole('button', { name: 'Download my pending edits' }).click(),
  ]);
  await screen.openTab('Live');
  const again = notices.getByRole('button', { name: 'Try again' });
  await again.click();
  // Its words are those of the first time: only the disk tells that it was tried.
  await becomes(refusals, 2);
  await notices.getByText(words).waitFor();
  await screen.page.evaluate(() => (globalThis as unknown as { disk: { makeRoom: () => void } }).disk.makeRoom());
  await again.click();
  await becomes(() => stage.timesLogged('typed on a full disk'), 1);
  expect(await notices.isVisible()).toBe(false);
  await becomes(() => screen.chip(), 'Saved');

  await screen.page.getByRole('button', { name: 'More' }).click();
  const [chooser] = await Promise.all([
    screen.page.waitForEvent('filechooser'),
    screen.page.getByRole('menuitem', { name: /^Load pending edits/ }).click(),
  ]);
  await chooser.setFiles(await file.path());
  await screen.page.getByText('0 edits loaded.').waitFor({ state: 'attached' });
  expect(await stage.timesLogged('typed on a full disk')).toBe(1);
});

test('site data cleared under the open page takes nothing that was typed', async () => {
  const screen = new Screen(await profile.open(`${APP}?macroplan-iteration=DR2`));
  await screen.row('AB').waitFor();
  await becomes(() => screen.chip(), 'Saved');
  await profile.setOffline(true);
  await screen.note('AB', 'typed before the clearing');
  await becomes(() => screen.chip(), /1 kept on this device/);
  const devtools = await screen.page.context().newCDPSession(screen.page);
  await devtools.send('Storage.clearDataForOrigin', { origin: stage.host.url, storageTypes: 'indexeddb' });
  await becomes(() => kept(screen), 1);
  await screen.note('AC', 'typed after the clearing');
  await becomes(() => screen.chip(), /2 kept on this device/);
  await profile.setOffline(false);
  await becomes(() => screen.chip(), 'Saved', 60);
  expect(await stage.timesLogged('typed before the clearing')).toBe(1);
  expect(await stage.timesLogged('typed after the clearing')).toBe(1);
});

test('data that the browser threw away while no page was open takes nothing that had waited', async () => {
  const screen = new Screen(await profile.open(`${APP}?macroplan-iteration=DR2`));
  await becomes(() => screen.chip(), 'Saved');
  await profile.setOffline(true);
  await screen.note('AB', 'waited when the data went');
  await becomes(() => screen.chip(), /1 kept on this device/);
  await screen.page.close();
  await profile.setOffline(false);
  const elsewhere = await profile.open('/nowhere');
  const devtools = await elsewhere.context().newCDPSession(elsewhere);
  await devtools.send('Storage.clearDataForOrigin', { origin: stage.host.url, storageTypes: 'indexeddb' });
  expect(await kept(new Screen(elsewhere))).toBe(0);

  const again = new Screen(await profile.open(`${APP}?macroplan-iteration=DR2`));
  await becomes(() => again.chip(), 'Saved');
  await becomes(() => again.noteText('AB'), 'waited when the data went');
  expect(await stage.timesLogged('waited when the data went')).toBe(1);
  expect(await again.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(' edit ')))).toEqual(
    [],
  );
});

test('what waits in a page without storage is there again after a reload', async () => {
  const page = await profile.open('/nowhere');
  await page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
  await page.goto(`${stage.host.url}${APP}?macroplan-iteration=DR2`);
  const screen = new Screen(page);
  await becomes(() => screen.chip(), 'Nothing is kept on this device');
  // The server takes no edit, and the page can still be had.
  await page.route('**/sync', (route) => route.abort());
  await screen.note('AD', 'typed before the reload');
  await becomes(() => screen.chip(), /1 only in this page/);
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await becomes(() => screen.chip(), /1 only in this page/);
  await page.unroute('**/sync');
  await becomes(() => stage.timesLogged('typed before the reload'), 1, 60);
  await becomes(() => screen.noteText('AD'), 'typed before the reload');
});
