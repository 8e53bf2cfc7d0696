/** Browsers that are killed at any moment. What the page said was kept is there; what the server has is there once. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const PLAN = `${APP}?macroplan-iteration=DR1`;
const CODES = ['AA', 'AB', 'AC', 'AD', 'AE', 'CA', 'CB', 'CC'];

const stage = setStage();
let profile: Profile;

beforeEach(async () => {
  profile = await stage.profile('planner-a');
});

const open = async () => {
  const screen = new Screen(await profile.open(PLAN));
  await screen.row('AA').waitFor();
  return screen;
};

test('a browser killed again and again loses nothing that it said was kept', async () => {
  let screen = await open();
  await becomes(() => screen.chip(), 'Saved');
  await screen.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await profile.setOffline(true);
  for (const [index, code] of CODES.entries()) {
    await screen.note(code, `kept before kill ${index}`);
    const kept = new RegExp(`${index + 1} kept on this device`);
    await becomes(() => screen.chip(), kept);
    await profile.kill();
    screen = await open();
    await becomes(() => screen.chip(), kept);
  }
  for (const [index, code] of CODES.entries()) expect(await screen.noteText(code)).toBe(`kept before kill ${index}`);
  await profile.setOffline(false);
  await becomes(() => screen.chip(), 'Saved', 60);
  for (const index of CODES.keys()) expect(await stage.timesLogged(`kept before kill ${index}`)).toBe(1);
});

test('a browser killed while it installs what others did shows the plan as it is', async () => {
  let screen = await open();
  await becomes(() => screen.chip(), 'Saved');
  for (let round = 0; round < 4; round += 1) {
    await othersWrite(`round ${round}`);
    // At another moment of poll, transaction and repaint each time.
    await screen.page.evaluate(() => dispatchEvent(new Event('focus')));
    await screen.page.waitForTimeout(round * 60);
    await profile.kill();
    screen = await open();
    for (const code of CODES) await becomes(() => screen.noteText(code), `round ${round}`);
  }
  await becomes(() => screen.chip(), 'Saved');
});

/** Planner B writes a note on every chapter of the list, over the wire. */
async function othersWrite(note: string): Promise<void> {
  const { rows } = await stage.host.database.admin.query<{ id: string; note: string }>(
    `select s.id, s.note
       from macroplan.chapter_schedules s
       join macroplan.chapters c on (c.plan_id, c.id) = (s.plan_id, s.chapter_id)
       join macroplan.iterations i on (i.plan_id, i.id) = (s.plan_id, s.iteration_id)
      where i.code = 'DR1' and c.code = any ($1)`,
    [CODES],
  );
  const edits = rows.map(({ id, note: before }, index) => ({
    id: randomUUID(),
    seq: index + 1,
    at: Date.now(),
    label: 'Note',
    ops: [{ op: 'set', table: 'chapter_schedules', id, base: { note: before }, set: { note } }],
  }));
  const response = await fetch(`${stage.host.url}${APP.replace('/app', '')}/plans/DEMO/sync`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Atlassian-Token': 'no-check',
      'X-Macroplan-Dev-User': 'planner-b',
    },
    body: JSON.stringify({ cursor: null, client: randomUUID(), edits }),
  });
  expect(response.status).toBe(200);
}
