/**
 * The main job: two planners, one plan, a cut cable. Each in a browser profile of its own, over a real host and a real
 * PostgreSQL. One goes offline, both edit, a browser is closed meanwhile; nothing is lost, doubled or overwritten.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Profile } from './profile.ts';
import { APP, becomes, Screen } from './screen.ts';
import { type Serve, startTestHost, type TestHost } from './test-host.ts';

const PLAN = `${APP}?macroplan-iteration=DR1`;

/** Registers the test, over the host that `serve` starts. */
export function mainJobIsDone(serve?: Serve): void {
  let host: TestHost;
  let profiles: { readonly a: Profile; readonly b: Profile; readonly lead: Profile };

  beforeAll(async () => {
    host = await startTestHost(serve);
    profiles = {
      a: await Profile.create(host.url, 'planner-a'),
      b: await Profile.create(host.url, 'planner-b'),
      lead: await Profile.create(host.url, 'lead'),
    };
  });

  afterAll(async () => {
    await Promise.all(Object.values(profiles ?? {}).map((profile) => profile.remove()));
    await host?.close();
  });

  const open = async (profile: Profile) => {
    const screen = new Screen(await profile.open(PLAN));
    await screen.row('AB').waitFor();
    return screen;
  };

  test('two planners edit one plan over a cut cable, and nothing is lost', async () => {
    const a = await open(profiles.a);
    let b = await open(profiles.b);
    await becomes(() => a.chip(), 'Saved');
    await becomes(() => b.chip(), 'Saved');
    // The shell that opens without a network is kept by now.
    await b.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const before = { ab: await a.text('AB', 'start'), cc: await a.text('CC', 'start') };

    // B's cable is cut; both go on.
    await profiles.b.setOffline(true);
    await a.note('AB', 'Firewall team asks for one more hour');
    await a.type('CC', 'start', '+30m');
    await becomes(() => a.chip(), 'Saved');
    const theirs = await a.text('CC', 'start');
    expect(theirs).not.toBe(before.cc);

    await b.type('AB', 'start', '+45m');
    await b.type('CC', 'start', '+60m');
    await becomes(() => b.chip(), /^Offline since \d\d:\d\d · 2 kept on this device$/);
    const mine = { ab: await b.text('AB', 'start'), cc: await b.text('CC', 'start') };
    expect(mine).not.toEqual(before);

    // B closes the browser and opens it again, still without a network.
    await profiles.b.close();
    b = await open(profiles.b);
    expect(await b.text('AB', 'start')).toBe(mine.ab);
    expect(await b.text('CC', 'start')).toBe(mine.cc);
    await becomes(() => b.chip(), /2 kept on this device/);

    // The network returns: different fields merge, the same field asks.
    await profiles.b.setOffline(false);
    await becomes(() => b.chip(), '1 needs you', 60);
    await becomes(() => a.text('AB', 'start'), mine.ab);
    expect(await b.noteText('AB')).toBe('Firewall team asks for one more hour');
    expect(await b.text('CC', 'start')).toBe(theirs);

    // B settles it; both see it.
    await b.openTab('Conflicts');
    await b.page.getByRole('button', { name: /Use mine/ }).click();
    await becomes(() => b.chip(), 'Saved');
    await b.openTab('Planner');
    await becomes(() => b.text('CC', 'start'), mine.cc);
    await becomes(() => a.text('CC', 'start'), mine.cc);

    // Everybody who watches sees the same, and the account of it is whole.
    const lead = await open(profiles.lead);
    await becomes(() => lead.text('AB', 'start'), mine.ab);
    await becomes(() => lead.text('CC', 'start'), mine.cc);
    expect(await lead.noteText('AB')).toBe('Firewall team asks for one more hour');
    const { rows } = await host.database.admin.query(
      `select outcome, count(*)::int from macroplan.receipts
        where client_id in (select client_id from macroplan.event_log where actor in ('planner-a', 'planner-b'))
        group by outcome order by outcome`,
    );
    expect(rows).toEqual([
      { outcome: 'applied', count: 3 },
      { outcome: 'conflict', count: 1 },
      { outcome: 'merged', count: 1 },
    ]);
  });
}
