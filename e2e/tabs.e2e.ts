/**
 * Several tabs of one profile in a real Chromium: one asks for all, another takes its place whatever becomes of it, and
 * edits flow meanwhile. Requests are counted, and answers lost, on the wire.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CountingProxy, countingProxy } from './support/counting-proxy.ts';
import { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { startTestHost, type TestHost } from './support/test-host.ts';

const PLAN = `${APP}?macroplan-iteration=DR1`;
const POLL = /delta\?cursor|\/sync /;
/** The shortest interval that the jitter allows. */
const POLL_MS_MIN = 7_000 * 0.85;

let host: TestHost;
let proxy: CountingProxy;
let profile: Profile;

beforeAll(async () => {
  host = await startTestHost();
});

afterAll(() => host?.close());

beforeEach(async () => {
  proxy = await countingProxy(host.url);
  profile = await Profile.create(proxy.url, 'planner-a');
});

afterEach(async () => {
  await profile.remove();
  await proxy.close();
});

async function open(from = profile): Promise<Screen> {
  const screen = new Screen(await from.open(PLAN));
  await screen.row('AA').waitFor();
  await becomes(() => screen.chip(), 'Saved', 60);
  return screen;
}

/** Three tabs; the first one leads. */
async function openThree(from = profile): Promise<readonly [Screen, Screen, Screen]> {
  return [await open(from), await open(from), await open(from)];
}

const locks = (screen: Screen) =>
  screen.page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return `${held.length} held, ${pending.length} wanted`;
  });

const timesLogged = async (note: string) => {
  const sql = `select count(*)::int as n from macroplan.event_log where after ->> 'note' = $1`;
  return (await host.database.admin.query<{ n: number }>(sql, [note])).rows[0]?.n;
};

/** Typed in one tab: shown in the others, and at the server once. */
async function flows(note: string, from: Screen, others: readonly Screen[]): Promise<void> {
  await from.note('AB', note);
  await becomes(() => timesLogged(note), 1, 60);
  for (const screen of [from, ...others]) {
    await becomes(() => screen.noteText('AB'), note, 60);
    await becomes(() => screen.chip(), 'Saved', 60);
  }
}

test('three tabs of one profile ask as often as one', async () => {
  const [a] = await openThree();
  expect(await locks(a)).toEqual('1 held, 2 wanted');
  const [before, startedAt] = [proxy.count(POLL), Date.now()];
  await becomes(async () => proxy.count(POLL) >= before + 3, true, 120);
  expect(proxy.count(POLL) - before).toBeLessThanOrEqual((Date.now() - startedAt) / POLL_MS_MIN + 1);
});

test('when the tab that leads is closed, another leads and edits flow', async () => {
  const [a, b, c] = await openThree();
  await a.page.close();
  await becomes(() => locks(b), '1 held, 1 wanted');
  await flows('after the close', b, [c]);
});

test('when the tab that leads crashes, another leads and edits flow', async () => {
  const [a, b, c] = await openThree();
  const devtools = await a.page.context().newCDPSession(a.page);
  // The one who is asked dies before the answer.
  devtools.send('Page.crash').catch(() => undefined);
  await a.page.waitForEvent('crash');
  await becomes(() => locks(b), '1 held, 1 wanted');
  await flows('after the crash', b, [c]);
});

test('when the tab that leads is frozen by the browser, edits flow, and it follows when it thaws', async () => {
  const [a, b, c] = await openThree();
  const devtools = await a.page.context().newCDPSession(a.page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await flows('while one is frozen', b, [c]);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await becomes(() => a.noteText('AB'), 'while one is frozen', 60);
  await flows('after the thaw', a, [b, c]);
});

test('when the tab that leads hangs with the lock in its hands, edits flow, another takes the lead, and it follows later', async () => {
  const [a, b, c] = await openThree();
  const devtools = await a.page.context().newCDPSession(a.page);
  await devtools.send('Debugger.enable');
  const hanging = new Promise((resolve) => devtools.once('Debugger.paused', resolve));
  await devtools.send('Debugger.pause');
  await hanging;
  await flows('while the leader hangs', b, [c]);
  // The one that hangs cannot even wait for the lock that it lost.
  await becomes(() => locks(b), '1 held, 1 wanted', 60);
  await devtools.send('Debugger.disable');
  await becomes(() => a.noteText('AB'), 'while the leader hangs', 60);
  await becomes(() => locks(b), '1 held, 2 wanted', 60);
  await flows('after it hung', a, [b, c]);
});

test('a page that is put aside frees the lead, and follows when its reader comes back', async () => {
  const [a, b] = [await open(), await open()];
  await a.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await becomes(() => locks(b), '1 held, 0 wanted');
  await flows('while the other page was away', b, []);
  expect(await a.noteText('AB')).not.toBe('while the other page was away');
  await a.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await becomes(() => a.noteText('AB'), 'while the other page was away', 60);
  await becomes(() => locks(b), '1 held, 1 wanted');
  await flows('after it came back', a, [b]);
});

test('without Web Locks edits flow all the same', async () => {
  const a = await open();
  await a.page.context().addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
  await a.page.reload();
  await becomes(() => a.chip(), 'Saved', 60);
  const b = await open();
  await flows('without locks', b, [a]);
  await flows('without locks either', a, [b]);
});

test('an edit whose answer was cut off on the wire takes effect once', async () => {
  const [a, b] = [await open(), await open()];
  const lost = proxy.loseNextAnswer();
  await b.note('AB', 'whose answer was lost');
  await lost;
  await becomes(() => b.chip(), 'Saved', 90);
  await becomes(() => a.noteText('AB'), 'whose answer was lost', 60);
  expect(await timesLogged('whose answer was lost')).toBe(1);
});

test('two profiles with three tabs each edit over a cable that comes and goes, and all end up the same', {
  timeout: 600_000,
}, async () => {
  const other = await Profile.create(proxy.url, 'planner-b');
  try {
    const people = [
      { profile, screens: await openThree(), codes: ['AC', 'AD', 'CA'] },
      { profile: other, screens: await openThree(other), codes: ['AE', 'CB', 'CA'] },
    ];
    const typed: string[] = [];
    for (let round = 0; round < 9; round += 1) {
      for (const [who, { profile: theirs, screens, codes }] of people.entries()) {
        await theirs.setOffline((round + who) % 2 === 0);
        const code = codes[round % 3] ?? 'AC';
        const note = `round ${round} by ${who}`;
        await screens[(round + who) % 3]?.note(code, note);
        typed.push(note);
      }
    }
    for (const { profile: theirs } of people) await theirs.setOffline(false);
    const screens = people.flatMap((person) => person.screens);
    for (const screen of screens) await becomes(() => screen.chip(), /^Saved$|^\d+ needs? you$/, 120);
    const told = await host.database.admin.query<{ text: string }>(
      `select coalesce(string_agg(text, ' '), '') as text from (
         select after::text as text from macroplan.event_log
         union all select ops::text from macroplan.conflicts) as everything`,
    );
    expect(typed.filter((note) => !told.rows[0]?.text.includes(`"${note}"`))).toEqual([]);
    const notes = await host.database.admin.query<{ code: string; note: string }>(
      `select c.code, s.note
         from macroplan.chapter_schedules s
         join macroplan.chapters c on (c.plan_id, c.id) = (s.plan_id, s.chapter_id)
         join macroplan.iterations i on (i.plan_id, i.id) = (s.plan_id, s.iteration_id)
        where i.code = 'DR1' and c.code = any ($1)`,
      [people.flatMap(({ codes }) => codes)],
    );
    expect(notes.rows).toHaveLength(5);
    for (const { code, note } of notes.rows) {
      for (const screen of screens) await becomes(() => screen.noteText(code), note, 60);
    }
  } finally {
    await other.remove();
  }
});
