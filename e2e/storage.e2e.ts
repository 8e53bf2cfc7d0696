/** What a browser can do to the data of a page, and what becomes of what was typed. */
import { beforeEach, expect, test } from 'vitest';
import type { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
let profile: Profile;

beforeEach(async () => {
  profile = await stage.profile('planner-a');
});

const kept = ({ page }: Screen) =>
  page.evaluate(async () => {
    let count = 0;
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
      });
      if (database.objectStoreNames.contains('queue')) {
        count += await new Promise<number>((resolve) => {
          const request = database.transaction('queue').objectStore('queue').count();
          request.onsuccess = () => resolve(request.result);
        });
      }
      database.close();
    }
    return count;
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
