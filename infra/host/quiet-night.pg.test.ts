/** Quiet hours through a host, two mailers and a real mail server: what waits, for whom, until when, and that none is lost or doubled. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { newDevice } from './conformance/a-plan.ts';
import { setMailStage } from './mail-stage.ts';
import { makeNight, type Night, nightActs } from './played-night.ts';

const stage = setMailStage();
const { host } = stage;
const YEAR = new Date().getUTCFullYear() + 1;
/** A time of a winter's night in Zurich; hours from 24 on are of the next day. */
const at = (hour: number, minute = 0) => Date.UTC(YEAR, 0, 12, hour - 1, minute);

let night: Night;
const { set, report, setIteration, change } = nightActs(host, () => night);

beforeEach(async () => {
  await stage.setClock(at(21, 50));
  night = await makeNight(host, at(23) / 60_000);
  await setIteration({ state: 'planned' }, { state: 'live' });
  await stage.mails();
});

const slip = (by: number) =>
  newDevice(host, night.plan, 'lead').edit([
    {
      op: 'slip',
      table: 'chapter_schedules',
      id: night.schedules.B,
      base: { planned_start: night.start + 60, planned_end: night.start + 90 },
      by,
    },
  ]);

const quiet = async (email: string, more: object = {}): Promise<string> => {
  const id = randomUUID();
  await change({ quiet: [{ id, email, quiet_from: 22 * 60, quiet_to: 6 * 60, zone: 'Europe/Zurich', ...more }] });
  return id;
};
/** What arrived for one address. */
const mailsTo = async (email: string) => (await stage.mails()).filter((line) => line.startsWith(`${email}: `));
const A = 'a@bank.example';

test('what happened in quiet hours is one mail when they end; gates and conflicts come at once', async () => {
  await quiet(A);
  await quiet('cut@bank.example');
  await stage.setClock(at(22));
  await report('planner-b', 'A', 'pending', 'running');
  expect(await stage.mails()).toEqual([
    'dba@bank.example: NIGHT: 1 chapter reported',
    'lead@bank.example: NIGHT: 1 chapter reported',
    'net@bank.example: NIGHT: 1 chapter reported',
  ]);
  await slip(15);
  expect(await stage.mails()).toEqual(['net@bank.example: NIGHT: 1 chapter moved']);

  await stage.setClock(at(24, 50));
  expect(await stage.mails(), 'collected for two minutes, as all is').toEqual([]);
  await stage.setClock(at(24, 53));
  expect(await stage.mails(), 'the gate at 01:00').toEqual(['cut@bank.example: NIGHT: 1 gate is due']);
  await set('lead', 'chapter_schedules', night.schedules.G, { decision: null }, { decision: 'go' });
  expect(await stage.mails()).toEqual(['cut@bank.example: NIGHT: 1 gate decided']);
  const base = { note: '' };
  await set('planner-b', 'chapter_schedules', night.schedules.B, base, { note: 'Mine' });
  const mine = { op: 'set', table: 'chapter_schedules', id: night.schedules.B, base, set: { note: 'No, mine' } };
  expect(await newDevice(host, night.plan, 'planner-a').edit([mine])).toMatchObject({ outcome: 'conflict' });
  expect(await stage.mails()).toEqual(['a@bank.example: NIGHT: 1 conflict', 'b@bank.example: NIGHT: 1 conflict']);

  await stage.restart();
  await report('planner-b', 'A', 'running', 'done');
  await stage.setClock(at(24 + 5, 59));
  expect((await stage.mails()).filter((line) => /^(a|cut)@/.test(line))).toEqual([]);
  await stage.setClock(at(24 + 6));
  expect(await stage.mails()).toEqual([
    'a@bank.example: NIGHT: 1 chapter reported, 1 chapter moved',
    'cut@bank.example: NIGHT: 1 chapter reported, 1 chapter moved',
  ]);
  await stage.restart();
  await stage.setClock(at(24 + 23));
  expect(await stage.mails()).toEqual([]);
});

test('the mail after the night tells the first and the last of it, in lines as any other', async () => {
  await quiet('net@bank.example');
  await stage.setClock(at(23));
  await slip(15);
  await report('planner-b', 'B', 'pending', 'blocked');
  expect(await mailsTo('net@bank.example')).toEqual([]);
  await stage.setClock(at(24 + 7));
  const [only] = (await stage.arrived()).filter(({ to }) => to === 'net@bank.example');
  expect(only?.mail.text).toMatch(/CHAPTERS STARTED, DONE AND BLOCKED \(1\)\n\nCUT B Chapter B: Blocked/);
  expect(only?.mail.text).toMatch(/TIMES MOVED IN A FROZEN OR LIVE ITERATION \(1\)\n\nCUT B Chapter B: Now .*Before: /);
});

test('hours that are taken away, or that end sooner, send what they held; those that still run hold it', async () => {
  const id = await quiet(A);
  await stage.setClock(at(23));
  await report('planner-b', 'A', 'pending', 'blocked');
  expect(await mailsTo(A)).toEqual([]);
  await quiet(A, { quiet_to: 7 * 60 });
  expect(await mailsTo(A)).toEqual([]);
  await quiet(A, { quiet_to: 22 * 60 + 30 });
  expect(await mailsTo(A)).toEqual(['a@bank.example: NIGHT: 1 chapter reported']);

  const last = await quiet(A);
  await report('planner-b', 'A', 'blocked', 'running');
  expect(await mailsTo(A)).toEqual([]);
  // A late copy of the first request changes nothing.
  await change({ quiet: [{ id, email: A, quiet_from: 0, quiet_to: 1, zone: 'UTC' }] });
  expect(await mailsTo(A)).toEqual([]);
  await change({ remove: [last] });
  expect(await mailsTo(A)).toEqual(['a@bank.example: NIGHT: 1 chapter reported']);
});

test('who is taken off the list, or stops such mails, while they wait is told nothing', async () => {
  await quiet(A);
  await quiet('net@bank.example');
  await stage.setClock(at(23));
  await report('planner-b', 'B', 'pending', 'blocked');
  // Looked at in between: else it were one mail or two, as the mailers come.
  const reported = await stage.mails();
  await slip(15);
  expect([...reported, ...(await stage.mails())]).toHaveLength(3);
  const { recipients } = (await host.get(`/plans/${night.plan}/recipients`, 'lead')).json();
  const rows = recipients as { id: string; event: string; email: string | null }[];
  await change({ remove: rows.filter(({ email, event }) => email === A && event === 'progress').map(({ id }) => id) });
  await stage.database.admin.query(
    `insert into macroplan.mail_stops (plan_id, email, event) values ($1, 'net@bank.example', 'moved')`,
    [night.plan],
  );
  await stage.setClock(at(24 + 6));
  expect(await stage.mails()).toEqual([
    'a@bank.example: NIGHT: 1 chapter moved',
    'net@bank.example: NIGHT: 1 chapter reported',
  ]);
});

test('the mail mode of the moment in which it happened counts, not that of the end of the night', async () => {
  await quiet(A);
  await quiet('trial@bank.example');
  await stage.setClock(at(23));
  await report('planner-b', 'A', 'pending', 'blocked');
  await setIteration({ mail_mode: 'on' }, { mail_mode: 'test' });
  await report('planner-b', 'A', 'blocked', 'running');
  await setIteration({ mail_mode: 'test' }, { mail_mode: 'off' });
  await report('planner-b', 'A', 'running', 'done');
  expect(await mailsTo(A)).toEqual([]);
  await stage.setClock(at(24 + 6));
  expect(await stage.mails()).toEqual([
    'a@bank.example: NIGHT: 1 chapter reported',
    'trial@bank.example: [REHEARSAL CUT] NIGHT: 1 chapter reported',
  ]);
});

test('what happens in the last minutes of quiet hours is in the same mail', async () => {
  // By the clock of the database, since that says when something happened.
  const now = Math.floor(Date.now() / 60_000);
  const { admin } = stage.database;
  await quiet(A, { quiet_from: (now - 60) % 1440, quiet_to: (now + 10) % 1440, zone: 'UTC' });
  await stage.setClock((now + 5) * 60_000);
  await report('planner-b', 'A', 'pending', 'blocked');
  expect(await mailsTo(A)).toEqual([]);
  await stage.setClock((now - 5) * 60_000);
  await stage.mails();
  await report('planner-b', 'B', 'pending', 'blocked');
  await admin.query('update macroplan.mail_notices set at = $1 where gathered_at is null', [
    new Date((now + 9.5) * 60_000),
  ]);
  await stage.setClock((now + 10.2) * 60_000);
  expect(await mailsTo(A), 'still collected').toEqual([]);
  await stage.setClock((now + 11.6) * 60_000);
  expect(await mailsTo(A)).toEqual(['a@bank.example: NIGHT: 2 chapters reported']);
});

test('the list tells quiet hours, who changed them, and which mails wait', async () => {
  await quiet(A, { quiet_from: 0, quiet_to: 90, zone: 'America/New_York' });
  const list = await change({});
  expect(list.quiet).toEqual([
    { id: expect.any(String), email: A, quiet_from: 0, quiet_to: 90, zone: 'America/New_York' },
  ]);
  expect(Object(list.changes)[0]).toMatchObject({
    change: 'added',
    by: 'Lead',
    event: null,
    email: A,
    quiet_from: 0,
    quiet_to: 90,
    zone: 'America/New_York',
  });
  const events = list.events as { event: string; waits: boolean }[];
  expect(events.filter(({ waits }) => waits).map(({ event }) => event)).toEqual([
    'iteration',
    'progress',
    'moved',
    'report',
  ]);
});

const problems: readonly [string, object, RegExp][] = [
  ['that end when they begin', { quiet_to: 22 * 60 }, /cannot end when they begin/],
  ['after the end of a day', { quiet_from: 1440 }, /begin and end at a time of day/],
  ['before its start', { quiet_from: -5 }, /begin and end at a time of day/],
  ['of half a minute', { quiet_from: 5.5 }, /begin and end at a time of day/],
  ['without an end', { quiet_to: null }, /begin and end at a time of day/],
  ['whose start is a text', { quiet_from: '1320' }, /said by numbers: minutes after midnight/],
  ['whose end is a text', { quiet_to: '360' }, /said by numbers: minutes after midnight/],
  ['whose end is a list', { quiet_to: [360] }, /said by numbers: minutes after midnight/],
  ['after the end of all days', { quiet_to: 9_007_199_254_740_991 }, /begin and end at a time of day/],
  ['in no zone', { zone: 'Mars/Base' }, /no such time zone/],
  ['without a zone', { zone: null }, /no such time zone/],
  ['in a zone that is no text', { zone: ['UTC'] }, /no such time zone/],
  ['of somebody who is not listed', { email: 'who@bank.example' }, /who@bank\.example is not listed here/],
  ['of no address', { email: 'a@bank.example\nBcc: b@bank.example' }, /no mail address/],
  ['without an id', { id: 'x' }, /need an id/],
];
test.each(problems)('quiet hours %s are refused with a sentence, and nothing is kept', async (_, more, sentence) => {
  const good = { id: randomUUID(), email: A, quiet_from: 22 * 60, quiet_to: 6 * 60, zone: 'Europe/Zurich' };
  const reply = await host.post(`/plans/${night.plan}/recipients`, { quiet: [good, { ...good, ...more }] }, 'lead');
  expect([reply.status, Object(reply.json().error).message]).toEqual([400, expect.stringMatching(sentence)]);
  expect((await change({})).quiet).toEqual([]);
});
