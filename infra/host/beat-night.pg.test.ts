/** Status reports on a beat, through a host, two mailers and a real mail server: one a beat and address, and none twice. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Json } from './conformance/talk.ts';
import { setMailStage } from './mail-stage.ts';
import { makeNight, type Night, nightActs } from './played-night.ts';

const stage = setMailStage();
const { host } = stage;
const YEAR = new Date().getUTCFullYear() + 1;
/** A time of a winter's night in Zurich; hours from 24 on are of the next day. */
const at = (hour: number, minute = 0, second = 0) => Date.UTC(YEAR, 0, 12, hour - 1, minute, second);
/** As subjects show it. */
const clock = (hour: number, minute = 0) =>
  `${new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'Europe/Zurich' }).format(at(hour, minute))} ${String(hour % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
const reportTo = (name: string, hour: number, minute = 0) =>
  `${name}@bank.example: NIGHT: status of CUT, ${clock(hour, minute)}`;

let night: Night;
const acts = nightActs(host, () => night);
const { setIteration, change } = acts;

beforeEach(async () => {
  // Other tests' nights go on.
  await stage.database.admin.query('delete from macroplan.mail_recipients');
  await stage.setClock(at(21, 50));
  night = await makeNight(host, at(23) / 60_000);
  await beat('hourly@bank.example', 1);
  await beat('second@bank.example', 2);
});

const beat = (email: string, every_hours: number) =>
  change({ add: [{ id: randomUUID(), event: 'report', audience: 'address', email, every_hours }] });
const report = (code: string, from: string, status: string) => acts.report('planner-b', code, from, status);
/** A live night whose opening, and whose beat of 21:00, were told. */
async function go(): Promise<void> {
  await setIteration({ state: 'planned' }, { state: 'live' });
  await stage.mails();
}
/** The status reports that came since the last look. */
const reports = async () => (await stage.mails()).filter((line) => line.includes(': status of '));

test('each address gets its report at each of its full hours, once, with two mailers and over a restart', async () => {
  await stage.setClock(at(22));
  expect(await stage.mails(), 'nothing is live').toEqual([]);
  await go();
  await stage.setClock(at(22, 59, 59));
  await stage.mails();
  await stage.setClock(at(23, 0, 1));
  expect(await stage.mails()).toEqual([reportTo('hourly', 23)]);
  await stage.restart();
  await stage.setClock(at(23, 30));
  expect(await stage.mails()).toEqual([]);
  await stage.setClock(at(24));
  expect(await stage.mails()).toEqual([reportTo('hourly', 24), reportTo('second', 24)]);
  await stage.restart();
  expect(await stage.mails()).toEqual([]);
});

test('a report shows gates and phases, where the chapters stand, and what changed since the one before', async () => {
  const pages = async () => (await stage.arrived()).filter(({ to }) => to === 'hourly@bank.example');
  await setIteration({ state: 'planned' }, { state: 'live' });
  const [first] = await pages();
  const html = String(first?.mail.html);
  expect(html).toContain('Of 3 chapters: 0 done, 0 running, <b>0 blocked</b>, 3 to come.</p>');
  expect(html).toMatch(/<b>Phase<\/b>.*Move.*0 of 3 done.*<b>Gate<\/b>.*Chapter G/s);
  expect(html).not.toMatch(/Chapter A|changed/);

  await report('A', 'pending', 'running');
  await report('A', 'running', 'blocked');
  await stage.setClock(at(22));
  const [second] = await pages();
  const then = String(second?.mail.html);
  expect(then).toContain('<b>1 blocked</b>, 2 to come. What changed since the report of ');
  expect(then).toMatch(/Move <b>\(changed\)<\/b>/);
  expect(then).toMatch(/Chapters that changed \(1\).*Chapter A.*Blocked/s);
  expect(then).not.toContain('Chapter B');
  expect(second?.mail.text).toContain('Chapter A');
  const list = Object(second?.mail.headers.get('list'));
  expect(String(list.unsubscribe.url)).toContain('macroplan-events=report');

  await stage.setClock(at(23));
  const [third] = await pages();
  expect(String(third?.mail.html)).not.toMatch(/Chapters that changed|<b>\(changed\)/);
});

test('after an outage only the newest beat that passed is told', async () => {
  await go();
  await stage.setClock(at(22));
  await stage.mails();
  await stage.setClock(at(25, 40));
  expect(await reports()).toEqual([reportTo('hourly', 25, 40), reportTo('second', 25, 40)]);
  expect(await reports()).toEqual([]);
});

test('a report that the mail server did not take is replaced by the next one', async () => {
  await go();
  stage.sink.unknown.add('hourly@bank.example');
  await stage.setClock(at(23));
  expect(await reports()).toEqual([reportTo('second', 23)]);
  stage.sink.unknown.clear();
  await stage.setClock(at(24));
  expect(await reports()).toEqual([reportTo('hourly', 24), reportTo('second', 24)]);
  await stage.database.admin.query(`update macroplan.mail_outbox set due_at = now() where state = 'due'`);
  expect(await reports()).toEqual([]);
});

test('reports end with the iteration, and with whoever is taken off the list or stops them', async () => {
  await go();
  await stage.setClock(at(24));
  expect(await reports()).toHaveLength(2);
  const { recipients } = await change({});
  const rows = recipients as { id: string; email: string | null }[];
  await change({ remove: rows.filter(({ email }) => email === 'second@bank.example').map(({ id }) => id) });
  await stage.setClock(at(26));
  expect(await reports()).toEqual([reportTo('hourly', 26)]);
  await stage.database.admin.query(
    `insert into macroplan.mail_stops (plan_id, email, event) values ($1, 'hourly@bank.example', 'report')`,
    [night.plan],
  );
  await stage.setClock(at(27));
  expect(await reports()).toEqual([]);
  await stage.database.admin.query('delete from macroplan.mail_stops');
  await setIteration({ state: 'live' }, { state: 'done' });
  await stage.mails();
  await stage.setClock(at(28));
  expect(await reports()).toEqual([]);
});

test('on trial only the addresses for trials get one, off nobody does, and the mode at the beat counts', async () => {
  await setIteration({ mail_mode: 'on' }, { mail_mode: 'test' });
  await go();
  await stage.setClock(at(24));
  expect(await reports()).toEqual([`trial@bank.example: [REHEARSAL CUT] NIGHT: status of CUT, ${clock(24)}`]);
  await setIteration({ mail_mode: 'test' }, { mail_mode: 'off' });
  await stage.setClock(at(25));
  expect(await reports()).toEqual([]);
  await stage.restart(async () => {
    await setIteration({ mail_mode: 'off' }, { mail_mode: 'on' });
    await happened(`after ->> 'mail_mode' = 'on' and before is not null`, at(25, 10));
  });
  expect(await reports(), 'the beat at 01:00 was off').toEqual([]);
  await stage.setClock(at(26));
  expect(await reports()).toEqual([reportTo('hourly', 26), reportTo('second', 26)]);
});

/** Puts a line of the log at another moment, as if it had been written then. */
async function happened(line: string, moment: number): Promise<void> {
  const client = await stage.database.admin.connect();
  await client.query('set session_replication_role = replica');
  await client.query(`update macroplan.event_log set at = $2 where plan_id = $1 and ${line}`, [
    night.plan,
    new Date(moment),
  ]);
  await client.query('reset session_replication_role');
  client.release();
}

test('a beat from before the night was live, or before somebody was listed, is not theirs', async () => {
  await stage.setClock(at(22, 30));
  await stage.restart(async () => {
    await setIteration({ state: 'planned' }, { state: 'live' });
    await happened(`after ->> 'state' = 'live'`, at(22, 10));
  });
  expect(await reports()).toEqual([]);
  await stage.setClock(at(23));
  expect(await reports()).toEqual([reportTo('hourly', 23)]);
  await stage.restart(async () => {
    await beat('late@bank.example', 1);
    await stage.database.admin.query(
      `update macroplan.mail_recipients set added_at = $1 where email = 'late@bank.example'`,
      [new Date(at(24, 5))],
    );
  });
  await stage.setClock(at(24, 6));
  expect(await reports()).toEqual([reportTo('hourly', 24, 6), reportTo('second', 24, 6)]);
  await stage.setClock(at(25));
  expect(await reports()).toEqual([reportTo('hourly', 25), reportTo('late', 25)]);
});

test('quiet hours hold reports, and when they end only the newest is sent', async () => {
  await go();
  const hours = { quiet_from: 22 * 60, quiet_to: 6 * 60 + 30, zone: 'Europe/Zurich' };
  await change({ quiet: [{ id: randomUUID(), email: 'hourly@bank.example', ...hours }] });
  for (const hour of [22, 23, 24, 25, 30]) {
    await stage.setClock(at(hour));
    expect((await reports()).filter((line) => line.startsWith('hourly@'))).toEqual([]);
  }
  await stage.setClock(at(30, 30));
  expect(await reports()).toEqual([reportTo('hourly', 30, 30)]);
  await stage.setClock(at(31));
  expect(await reports()).toEqual([reportTo('hourly', 31)]);
});

test('another beat for the same address takes the place of the one it has, and a late copy changes nothing', async () => {
  const id = randomUUID();
  const row = { id, event: 'report', audience: 'address', email: 'hourly@bank.example', every_hours: 4 };
  const beats = (list: Json) =>
    (list.recipients as { email: string | null; every_hours: number | null }[])
      .filter(({ every_hours }) => every_hours !== null)
      .map(({ email, every_hours }) => `${email} ${every_hours}`)
      .sort();
  expect(beats(await change({ add: [row] }))).toEqual(['hourly@bank.example 4', 'second@bank.example 2']);
  await beat('hourly@bank.example', 6);
  expect(beats(await change({ add: [row] }))).toEqual(['hourly@bank.example 6', 'second@bank.example 2']);
  expect(Object((await change({})).changes)[0]).toMatchObject({ change: 'added', every_hours: 6 });
});

test.each([
  ['without a beat', { every_hours: null }],
  ['of a beat that does not divide a day', { every_hours: 5 }],
  ['of no number', { every_hours: 'x' }],
  ['of a number that is a text', { every_hours: '4' }],
  ['of a list', { every_hours: [4] }],
  ['of the team of a chapter', { audience: 'owner', email: undefined, every_hours: 2 }],
])('a report %s is refused with a sentence', async (_, more) => {
  const row = { id: randomUUID(), event: 'report', audience: 'address', email: 'x@bank.example', ...more };
  const reply = await host.post(`/plans/${night.plan}/recipients`, { add: [row] }, 'lead');
  expect([reply.status, Object(reply.json().error).code]).toEqual([400, 'bad_request']);
});
