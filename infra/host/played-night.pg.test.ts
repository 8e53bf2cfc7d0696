/** A night of edits by HTTP; a real mail server receives exactly the mails that the rules say. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { type Device, newDevice } from './conformance/a-plan.ts';
import type { User } from './conformance/talk.ts';
import { type Arrived, PUBLIC, setMailStage } from './mail-stage.ts';
import { makeNight, type Night, nightActs } from './played-night.ts';

const stage = setMailStage();
const { host } = stage;

let night: Night;
const { set, report, setIteration } = nightActs(host, () => night);

beforeEach(async () => {
  night = await makeNight(host, Math.floor(Date.now() / 60_000) + 120);
});

const count = async (sql: string): Promise<number> =>
  (await stage.database.admin.query(`select count(*)::int as n ${sql}`)).rows[0].n;

/** As if the time of collecting had passed. */
const collect = () =>
  stage.database.admin.query(
    `update macroplan.mail_notices set at = at - interval '10 minutes' where gathered_at is null`,
  );

/** What came since the last look, "to: subject", in the order of addresses. */
async function mails(): Promise<readonly string[]> {
  await collect();
  return await stage.mails();
}

async function arrived(): Promise<readonly Arrived[]> {
  await collect();
  return await stage.arrived();
}

const device = (user: User): Device => newDevice(host, night.plan, user);

const go = () => setIteration({ state: 'planned' }, { state: 'live' });

test('through a whole night each addressee gets what is for them, and nobody what they did themselves', async () => {
  await report('planner-a', 'A', 'pending', 'ready');
  expect(await mails(), 'nothing is live yet').toEqual([]);

  await setIteration({ state: 'planned' }, { state: 'frozen' });
  expect(await mails()).toEqual([
    'a@bank.example: NIGHT: 1 iteration opened or closed',
    'board@bank.example: NIGHT: 1 iteration opened or closed',
  ]);

  const times = { planned_start: night.start, planned_end: night.start + 30 };
  expect(
    await device('lead').edit([{ op: 'slip', table: 'chapter_schedules', id: night.schedules.A, base: times, by: 15 }]),
  ).toMatchObject({ outcome: 'merged' });
  expect(await mails(), 'owner, successors, cutover team, planner; not the lead').toEqual([
    'a@bank.example: NIGHT: 1 chapter moved',
    'cut@bank.example: NIGHT: 1 chapter moved',
    'dba@bank.example: NIGHT: 1 chapter moved',
    'net@bank.example: NIGHT: 1 chapter moved',
  ]);

  await setIteration({ state: 'frozen' }, { state: 'live' });
  await report('planner-a', 'A', 'ready', 'running');
  await report('planner-a', 'A', 'running', 'done');
  expect(await mails(), 'started and done in one window is one line').toEqual([
    'a@bank.example: NIGHT: 1 iteration opened or closed',
    'board@bank.example: NIGHT: 1 iteration opened or closed',
    'cut@bank.example: NIGHT: 1 chapter reported',
    'dba@bank.example: NIGHT: 1 chapter reported',
    'lead@bank.example: NIGHT: 1 chapter reported',
    'net@bank.example: NIGHT: 1 chapter reported',
  ]);

  await report('planner-b', 'B', 'pending', 'blocked');
  expect(await mails(), 'B has no successor').toEqual([
    'a@bank.example: NIGHT: 1 chapter reported',
    'cut@bank.example: NIGHT: 1 chapter reported',
    'lead@bank.example: NIGHT: 1 chapter reported',
    'net@bank.example: NIGHT: 1 chapter reported',
  ]);

  await set('planner-a', 'chapter_schedules', night.schedules.G, { decision: null }, { decision: 'go' });
  expect(await mails()).toEqual(['cut@bank.example: NIGHT: 1 gate decided']);

  const note = (user: User, words: string) =>
    device(user).edit([
      { op: 'set', table: 'chapter_schedules', id: night.schedules.B, base: { note: '' }, set: { note: words } },
    ]);
  await note('planner-a', 'Mine');
  expect(await note('planner-b', 'No, mine')).toMatchObject({ outcome: 'conflict' });
  expect(await mails(), 'both authors, and nobody else').toEqual([
    'a@bank.example: NIGHT: 1 conflict',
    'b@bank.example: NIGHT: 1 conflict',
  ]);

  const send = { op: 'send', iteration_id: night.iteration, to: ['guest@bank.example'], note: '' };
  expect(await device('lead').edit([send])).toMatchObject({ outcome: 'applied' });
  expect(await mails()).toEqual(['board@bank.example: Macro-plan of CUT', 'guest@bank.example: Macro-plan of CUT']);
});

test('a gate that is due is announced once for each of its times', async () => {
  await go();
  await mails();
  const due = Math.floor(Date.now() / 60_000) + 5;
  const moveGate = (start: number, to: number) =>
    set(
      'lead',
      'chapter_schedules',
      night.schedules.G,
      { planned_start: start, planned_end: start },
      {
        planned_start: to,
        planned_end: to,
      },
    );
  await moveGate(night.start + 120, due);
  const announced = () => count(`from macroplan.mail_notices where plan_id = '${night.plan}' and event = 'gate_due'`);
  await expect.poll(announced).toBe(1);
  expect(await mails()).toEqual([
    'a@bank.example: NIGHT: 1 chapter moved',
    'cut@bank.example: NIGHT: 1 gate is due, 1 chapter moved',
  ]);
  expect(await mails()).toEqual([]);
  await moveGate(due, due + 3);
  await expect.poll(announced).toBe(2);
  await mails();
  await set('planner-a', 'chapter_schedules', night.schedules.G, { decision: null }, { decision: 'no_go' });
  expect(await mails()).toEqual(['cut@bank.example: NIGHT: 1 gate decided']);
});

test('four hundred edits of a device that comes online are one mail to each', async () => {
  night = await makeNight(host, night.start, 400);
  await go();
  await mails();
  const sender = device('lead');
  const edits = Array.from({ length: 400 }, (_, i) => {
    const start = night.start + (i + 3) * 60;
    const base = { planned_start: start, planned_end: start + 30 };
    const op = { op: 'slip', table: 'chapter_schedules', id: night.schedules[`C${i}`], base, by: 15 };
    return { id: randomUUID(), seq: i + 1, at: 1_803_153_590_000, label: 'Offline', ops: [op] };
  });
  for (const part of [edits.slice(0, 200), edits.slice(200)]) await sender.sync(part);
  // An answer was lost, and a device sends the same bytes again.
  await sender.sync(edits.slice(200));
  expect(await mails()).toEqual([
    'a@bank.example: NIGHT: 400 chapters moved',
    'cut@bank.example: NIGHT: 400 chapters moved',
    'dba@bank.example: NIGHT: 400 chapters moved',
  ]);
  await sender.sync(edits.slice(200));
  expect(await mails()).toEqual([]);
});

test('on trial only the addresses for trials hear of it, and off nobody does', async () => {
  await setIteration({ mail_mode: 'on' }, { mail_mode: 'test' });
  await go();
  await report('planner-a', 'A', 'pending', 'blocked');
  expect(await mails()).toEqual([
    'trial@bank.example: [REHEARSAL CUT] NIGHT: 1 iteration opened or closed, 1 chapter reported',
  ]);
  await setIteration({ mail_mode: 'test' }, { mail_mode: 'off' });
  await report('planner-a', 'A', 'blocked', 'running');
  expect(await mails()).toEqual([]);
});

test('a mail has both parts, links to the chapter and the conflict, and nothing that people typed is markup or a header', async () => {
  const title = `<img src=x onerror=alert(1)>"'&`;
  await set('lead', 'chapters', night.chapters.A, { title: 'Chapter A' }, { title });
  await set('lead', 'chapters', night.chapters.A, { code: 'A' }, { code: 'A&b #1' });
  await go();
  await mails();
  const op = (by: number, start: number) => ({
    op: 'slip',
    table: 'chapter_schedules',
    id: night.schedules.A,
    base: { planned_start: start, planned_end: start + 30 },
    by,
  });
  await device('lead').edit([op(15, night.start)]);
  await device('lead').edit([op(15, night.start + 15)]);
  const [mail] = (await arrived()).filter(({ to }) => to === 'dba@bank.example');
  const html = String(mail?.mail.html);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
  expect(html).toContain('<h1 style="font-size:20px;margin:0 0 4px 0">Bank &lt;b&gt;move&lt;/b&gt;</h1>');
  expect(html).toContain(
    `macroplan-plan=${night.plan}&amp;macroplan-iteration=CUT&amp;macroplan-search=%41%26%62%20%23%31"`,
  );
  expect(html.match(/Before: /g), 'two moves of one chapter are one line').toHaveLength(1);
  expect(mail?.mail.text).toContain(`CUT A&b #1 ${title}: Now `);
  expect(mail?.mail.text).toMatch(
    /; Before: \w+ \d+ .* \(\d\d:\d\d Lead\)\n {2}https:\S+macroplan-search=%41%26%62%20%23%31\n/,
  );
  expect(mail?.mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(elementsOf(html)).toEqual(
    new Set([
      'a',
      'b',
      'body',
      'br',
      'h1',
      'h2',
      'head',
      'html',
      'meta',
      'p',
      'table',
      'tbody',
      'td',
      'th',
      'thead',
      'title',
      'tr',
    ]),
  );
});

const elementsOf = (html: string) => new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name));

test('a mail is stopped by its header, kind by kind; looking at the page stops nothing', async () => {
  await go();
  await mails();
  await report('planner-b', 'B', 'pending', 'blocked');
  const [mail] = (await arrived()).filter(({ to }) => to === 'net@bank.example');
  const headers = Object(mail?.mail.headers.get('list'));
  const link = new URL(String(headers.unsubscribe.url));
  expect([link.origin + link.pathname, link.searchParams.get('macroplan-events')]).toEqual([PUBLIC, 'progress']);
  const rawHeader = stage.sink.mails.find(({ to }) => to === 'net@bank.example')?.text ?? '';
  expect(rawHeader).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);

  const token = link.searchParams.get('macroplan-stop') ?? '';
  const stopped = async () => {
    const { events, ...more } = (await host.get(`/unsubscribe/${token}`, 'signed-out')).json();
    expect(more).toEqual({ plan: 'Bank <b>move</b>', email: 'net@bank.example' });
    return (events as { event: string; is_stopped: boolean }[])
      .filter((one) => one.is_stopped)
      .map(({ event }) => event);
  };
  const press = (path: string, body: string) =>
    host.send(path, {
      method: 'POST',
      user: 'signed-out',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
  expect((await host.get(`/app${link.search}`, 'signed-out')).status).toBe(200);
  expect(await stopped()).toEqual([]);
  expect((await press(`/app${link.search}`, 'x=1')).status).toBe(400);
  expect(
    (await press(`/app?macroplan-stop=${randomUUID()}&macroplan-events=progress`, 'List-Unsubscribe=One-Click')).status,
  ).toBe(404);
  for (let press_ = 0; press_ < 2; press_ += 1) {
    expect((await press(`/app${link.search}`, 'List-Unsubscribe=One-Click')).status).toBe(200);
  }
  expect(await stopped()).toEqual(['progress']);
  const { stops } = (await host.get(`/plans/${night.plan}/recipients`, 'lead')).json();
  expect(stops).toMatchObject([{ email: 'net@bank.example', event: 'progress' }]);

  await report('planner-b', 'B', 'blocked', 'running');
  expect((await mails()).filter((one) => one.startsWith('net@'))).toEqual([]);
  const resumed = await host.post(`/unsubscribe/${token}`, { resume: ['progress'] }, 'signed-out');
  expect(resumed.status).toBe(200);
  await report('planner-b', 'B', 'running', 'blocked');
  expect((await mails()).filter((one) => one.startsWith('net@'))).toHaveLength(1);
});
