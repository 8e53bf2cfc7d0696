/** When an address is quiet, by the clocks of any zone; and what becomes of what is held when rows go. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { ADMIN, ask, askJson, createPlan } from './test-plan.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(() => database.drop());

/** The spans, "UTC start/UTC end", in which it is quiet between two moments, looked at minute by minute. */
async function spans(hours: string, zone: string, from: string, to: string): Promise<readonly string[]> {
  const [start, end] = hours.split('-').map((text) => {
    const [hour = 0, minute = 0] = text.split(':').map(Number);
    return hour * 60 + minute;
  });
  const { rows } = await database.admin.query(
    `with minutes as (
       select at, macroplan.is_quiet($1, $2, $3, at) as quiet
       from generate_series($4::timestamptz, $5::timestamptz, interval '1 minute') as at
     ),
     edges as (
       select at, quiet, quiet is distinct from lag(quiet) over (order by at) as is_edge from minutes
     )
     select to_char(at at time zone 'UTC', 'DD HH24:MI') as at, quiet from edges where is_edge order by edges.at`,
    [start, end, zone, from, to],
  );
  return rows.filter(({ quiet }, i) => quiet || i > 0).map(({ at, quiet }) => `${quiet ? 'quiet' : 'loud'} ${at}`);
}

const cases: readonly [string, string, string, string, string, readonly string[]][] = [
  ['within a day', '12:00-13:30', 'Asia/Kolkata', '2027-01-12Z', '2027-01-13Z', ['quiet 12 06:30', 'loud 12 08:00']],
  [
    'over midnight',
    '22:00-06:00',
    'Europe/Zurich',
    '2027-01-12 12:00Z',
    '2027-01-13 12:00Z',
    ['quiet 12 21:00', 'loud 13 05:00'],
  ],
  [
    'over a night in which clocks go forward: an hour less',
    '22:00-06:00',
    'Europe/Zurich',
    '2027-03-27 12:00Z',
    '2027-03-28 12:00Z',
    ['quiet 27 21:00', 'loud 28 04:00'],
  ],
  [
    'over a night in which they go back: an hour more',
    '22:00-06:00',
    'Europe/Zurich',
    '2027-10-30 12:00Z',
    '2027-10-31 12:00Z',
    ['quiet 30 20:00', 'loud 31 05:00'],
  ],
  [
    'to a time that clocks skip: as much later as they skip',
    '22:00-02:30',
    'Europe/Zurich',
    '2027-03-27 12:00Z',
    '2027-03-28 12:00Z',
    ['quiet 27 21:00', 'loud 28 01:30'],
  ],
  [
    'from a time that they skip',
    '02:30-06:00',
    'Europe/Zurich',
    '2027-03-27 12:00Z',
    '2027-03-28 12:00Z',
    ['quiet 28 01:30', 'loud 28 04:00'],
  ],
  [
    'within what they skip',
    '02:10-02:50',
    'Europe/Zurich',
    '2027-03-27 12:00Z',
    '2027-03-28 12:00Z',
    ['quiet 28 01:10', 'loud 28 01:50'],
  ],
  [
    'to a time that they show twice: the second, in one piece',
    '22:00-02:30',
    'Europe/Zurich',
    '2027-10-30 12:00Z',
    '2027-10-31 12:00Z',
    ['quiet 30 20:00', 'loud 31 01:30'],
  ],
  [
    'from a time that they show twice: the second, in one piece',
    '02:30-06:00',
    'Europe/Zurich',
    '2027-10-30 12:00Z',
    '2027-10-31 12:00Z',
    ['quiet 31 01:30', 'loud 31 05:00'],
  ],
  [
    'where midnight itself is skipped',
    '00:00-01:30',
    'Africa/Cairo',
    '2026-04-23 12:00Z',
    '2026-04-24 12:00Z',
    ['quiet 23 22:00', 'loud 23 22:30'],
  ],
  [
    'where clocks change by half an hour',
    '01:00-03:00',
    'Australia/Lord_Howe',
    '2027-04-03 06:00Z',
    '2027-04-04 06:00Z',
    ['quiet 03 14:00', 'loud 03 16:30'],
  ],
  [
    'far in the east, over the date',
    '23:30-00:15',
    'Pacific/Kiritimati',
    '2027-01-12Z',
    '2027-01-13Z',
    ['quiet 12 09:30', 'loud 12 10:15'],
  ],
];
test.each(cases)('quiet %s', async (_, hours, zone, from, to, expected) => {
  expect(await spans(hours, zone, from, to)).toEqual(expected);
});

test('in every zone, each day of a year has quiet hours that begin and end once', async () => {
  const { rows } = await database.admin.query(
    `select z.name, days.day
     from pg_timezone_names as z
     cross join generate_series(timestamp '2027-01-02 12:00', timestamp '2027-12-30 12:00', interval '1 day') as days (day)
     cross join lateral (
       select count(*) filter (where quiet and not was) as begins, count(*) filter (where was and not quiet) as ends
       from (
         select quiet, lag(quiet) over (order by at) as was
         from (
           select at, macroplan.is_quiet(1320, 360, z.name, at) as quiet
           from generate_series(
             days.day at time zone z.name, days.day at time zone z.name + interval '1 day', interval '30 minutes'
           ) as at
         ) as looked
       ) as steps
     ) as seen
     where z.name in ('Europe/Zurich', 'America/New_York', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC')
       and (begins <> 1 or ends <> 1)`,
  );
  expect(rows).toEqual([]);
});

async function held(code: string): Promise<{ plan: string; count: () => Promise<number> }> {
  const plan = await createPlan(database.host, code);
  const email = `${code}@example.com`.toLowerCase();
  const id = randomUUID();
  const body = {
    add: [{ id: randomUUID(), event: 'moved', audience: 'address', email }],
  };
  await ask(database.host, 'change_recipients', [ADMIN, plan, JSON.stringify(body)]);
  // A window that runs now, whatever time it is.
  const now = Math.floor(Date.now() / 60_000) % 1440;
  const hours = { id, email, quiet_from: (now + 1380) % 1440, quiet_to: (now + 60) % 1440, zone: 'UTC' };
  await ask(database.host, 'change_recipients', [ADMIN, plan, JSON.stringify({ quiet: [hours] })]);
  await database.admin.query(
    `insert into macroplan.mail_notices (plan_id, key, event, mode, rev, at, actor, actor_name, facts)
     values ($1, gen_random_uuid(), 'moved', 'on', 1, now() - interval '1 hour', 'kim', 'Kim', '{"from": null, "to": [1, 2]}')`,
    [plan],
  );
  expect(await askJson(database.host, 'claim_mail', [300, 'https://c.example.com/app'])).toBeNull();
  const count = async () =>
    (await database.admin.query('select from macroplan.mail_held where plan_id = $1', [plan])).rowCount ?? 0;
  expect(await count()).toBe(1);
  return { plan, count };
}

test('what is held is not overdue; what nobody sent after its quiet hours ended is', async () => {
  const { plan } = await held('HEALTH');
  const health = () => askJson<{ due: number; overdue: number }>(database.host, 'mail_health', []);
  expect(await health()).toMatchObject({ due: 0, overdue: 0 });
  await database.admin.query(
    `update macroplan.mail_quiet_hours set removed_at = now() - interval '20 minutes', removed_by = 'kim', removed_by_name = 'Kim'
     where plan_id = $1`,
    [plan],
  );
  expect(await health()).toMatchObject({ due: 1, overdue: 1, oldest_s: expect.any(Number) });
  await database.admin.query('delete from macroplan.mail_held where plan_id = $1', [plan]);
});

test('housekeeping forgets what is held with the notice that it is about, and no sooner', async () => {
  const { plan, count } = await held('TIDY');
  const tidy = async (age: string) => {
    await database.admin.query(
      `update macroplan.plan_heads set tidied_at = now() - case plan_id when $1 then interval '2 days' else '0' end`,
      [plan],
    );
    await database.admin.query(
      `update macroplan.mail_notices set gathered_at = now() - $2::interval where plan_id = $1`,
      [plan, age],
    );
    expect(await ask(database.host, 'tidy', [])).toBe(plan);
    return await count();
  };
  expect(await tidy('29 days')).toBe(1);
  expect(await tidy('31 days')).toBe(0);
});
