/** The full hours at which status reports go, by the clocks of any zone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(() => database.drop());

/** The beats within a span, in UTC, found by asking at every minute of it. */
async function beats(every: number, zone: string, from: string, to: string): Promise<readonly string[]> {
  const { rows } = await database.admin.query(
    `select distinct beat from (
       select macroplan.beat($1, $2, at) as beat from generate_series($3::timestamptz, $4::timestamptz, interval '1 minute') as at
     ) as asked
     where beat >= $3::timestamptz
     order by beat`,
    [every, zone, from, to],
  );
  return rows.map(({ beat }) => beat.toISOString().slice(11, 16));
}

const cases: readonly [string, number, string, string, string, readonly string[]][] = [
  ['every two hours', 2, 'Europe/Zurich', '2027-01-12 20:30Z', '2027-01-13 01:30Z', ['21:00', '23:00', '01:00']],
  ['half an hour beside UTC', 4, 'Asia/Kolkata', '2027-01-12 10:00Z', '2027-01-12 20:00Z', ['10:30', '14:30', '18:30']],
  ['three quarters beside UTC', 6, 'Asia/Kathmandu', '2027-01-12 10:00Z', '2027-01-12 20:00Z', ['12:15', '18:15']],
  [
    'hourly while clocks go forward',
    1,
    'Europe/Zurich',
    '2027-03-28 00:00Z',
    '2027-03-28 03:00Z',
    ['00:00', '01:00', '02:00', '03:00'],
  ],
  [
    'a skipped hour is left out',
    2,
    'Europe/Zurich',
    '2027-03-27 22:30Z',
    '2027-03-28 04:30Z',
    ['23:00', '02:00', '04:00'],
  ],
  [
    'hourly while clocks go back',
    1,
    'Europe/Zurich',
    '2027-10-30 23:00Z',
    '2027-10-31 02:00Z',
    ['23:00', '00:00', '01:00', '02:00'],
  ],
  [
    'an hour shown twice is two',
    2,
    'Europe/Zurich',
    '2027-10-30 21:30Z',
    '2027-10-31 03:30Z',
    ['22:00', '00:00', '01:00', '03:00'],
  ],
  [
    'a midnight that is skipped',
    6,
    'Africa/Cairo',
    '2026-04-23 15:00Z',
    '2026-04-24 10:00Z',
    ['16:00', '03:00', '09:00'],
  ],
];
test.each(cases)('beats: %s', async (_, every, zone, from, to, expected) => {
  expect(await beats(every, zone, from, to)).toEqual(expected);
});
