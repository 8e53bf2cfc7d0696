import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTime, type TimeContext } from './time-entry.ts';
import { timeText } from './times-text.ts';

const utc = (text: string) => Date.parse(text) / 60_000;
const zone = 'Europe/Zurich';
/** A Friday evening: 26 March 2027 21:00 CET; the field holds Saturday 27 March 20:30. */
const context: TimeContext = {
  zone,
  now: utc('2027-03-26T20:00Z'),
  current: utc('2027-03-27T19:30Z'),
  windowStart: utc('2027-03-26T19:00Z'),
};
const at = (text: string) => ({ kind: 'ok', instant: utc(text) });

describe('a typed time', () => {
  test.each([
    ['2215', '2027-03-27T21:15Z'],
    ['22:15', '2027-03-27T21:15Z'],
    ['22h15', '2027-03-27T21:15Z'],
    ['22h', '2027-03-27T21:00Z'],
    ['9:05', '2027-03-27T08:05Z'],
    ['10:15pm', '2027-03-27T21:15Z'],
    ['10:15 PM', '2027-03-27T21:15Z'],
    ['12:05 am', '2027-03-26T23:05Z'],
    ['24:00', '2027-03-27T23:00Z'],
    ['sat 22:15', '2027-03-27T21:15Z'],
    ['Fri 22:15', '2027-03-26T21:15Z'],
    ['monday 06:00', '2027-03-29T04:00Z'],
    ['thu 06:00', '2027-03-25T05:00Z'],
    ['28/3 22:15', '2027-03-28T20:15Z'],
    ['28.3 22:15', '2027-03-28T20:15Z'],
    ['28/3/2028 22:15', '2028-03-28T20:15Z'],
    ['28.3. 22:15', '2027-03-28T20:15Z'],
    ['28.03.27 22:15', '2027-03-28T20:15Z'],
    ['28/03/28 22:15', '2028-03-28T20:15Z'],
    ['22.15', '2027-03-27T21:15Z'],
    ['sun 22.15', '2027-03-28T20:15Z'],
    ['28 mar 22:15', '2027-03-28T20:15Z'],
    ['Sun 28 Mar 22:15', '2027-03-28T20:15Z'],
    ['2/1 08:00', '2027-01-02T07:00Z'],
    ['30/12 08:00', '2026-12-30T07:00Z'],
    ['28/3', '2027-03-28T18:30Z'],
    ['sun', '2027-03-28T18:30Z'],
    ['2027-03-28 22:15', '2027-03-28T20:15Z'],
    ['2027-03-28T22:15', '2027-03-28T20:15Z'],
    ['+45m', '2027-03-27T20:15Z'],
    ['+ 45', '2027-03-27T20:15Z'],
    ['-1h', '2027-03-27T18:30Z'],
    ['−1h', '2027-03-27T18:30Z'],
    ['T-2h', '2027-03-26T17:00Z'],
    ['T+90m', '2027-03-26T20:30Z'],
    ['T', '2027-03-26T19:00Z'],
    ['now', '2027-03-26T20:00Z'],
  ])('%s', (text, expected) => {
    expect(readTime(text, context)).toEqual(at(expected));
  });

  test.each(['', 'later', '25:00', '22:75', '31/2 10:00', '13:00 pm', '22', '+soon', '22:15 EST', 'Sat 28 Mar 22:15'])(
    'says what to write instead of: %s',
    (text) => {
      const entry = readTime(text, context);
      expect(entry.kind).toBe('error');
      if (entry.kind === 'error') expect(entry.message).toMatch(/\.$/);
    },
  );

  test('a bare end is the first such time after the start, over midnight if need be', () => {
    const end = { ...context, current: utc('2027-03-27T22:00Z'), after: utc('2027-03-27T21:15Z') };
    expect(readTime('01:45', end)).toEqual(at('2027-03-28T00:45Z'));
    expect(readTime('23:00', end)).toEqual(at('2027-03-27T22:00Z'));
    expect(readTime('22:15', end)).toEqual(at('2027-03-28T20:15Z'));
    expect(readTime('mon 06:00', end)).toEqual(at('2027-03-29T04:00Z'));
  });

  test('a bare start of a row without times is the first in the window', () => {
    const empty = { ...context, current: null };
    expect(readTime('20:00', empty)).toEqual(at('2027-03-26T19:00Z'));
    expect(readTime('19:00', empty)).toEqual(at('2027-03-27T18:00Z'));
  });

  test('a time that clocks skip is asked back', () => {
    expect(readTime('28/3 02:30', context)).toEqual({
      kind: 'gap',
      before: utc('2027-03-28T00:30Z'),
      after: utc('2027-03-28T01:30Z'),
    });
  });

  test('a time that clocks show twice is asked back, unless the text says which', () => {
    const first = utc('2027-10-31T00:30Z');
    const second = utc('2027-10-31T01:30Z');
    expect(readTime('2027-10-31 02:30', context)).toEqual({ kind: 'overlap', first, second });
    expect(readTime('2027-10-31 02:30 CEST', context)).toEqual({ kind: 'ok', instant: first });
    expect(readTime('2027-10-31 02:30 CET', context)).toEqual({ kind: 'ok', instant: second });
    expect(readTime('2027-10-31 02:30 second', context)).toEqual({ kind: 'ok', instant: second });
  });

  test.each([
    ['Europe/London', '2027-10-31 01:30 GMT', '2027-10-31T01:30Z'],
    ['Europe/London', '2027-10-31 01:30 BST', '2027-10-31T00:30Z'],
    ['Europe/London', '2027-12-04 22:15 GMT', '2027-12-04T22:15Z'],
    ['America/New_York', '2027-12-04 22:15 EST', '2027-12-05T03:15Z'],
    ['America/New_York', '2027-12-04 22:15 GMT-5', '2027-12-05T03:15Z'],
    ['America/St_Johns', '2027-12-04 22:15 NST', '2027-12-05T01:45Z'],
    ['Australia/Sydney', '2027-04-04 02:30 AEDT', '2027-04-03T15:30Z'],
    ['Australia/Sydney', '2027-04-04 02:30 AEST', '2027-04-03T16:30Z'],
  ])('the clocks of %s may be called as they are there: %s', (zone, text, instant) => {
    expect(readTime(text, { ...context, zone })).toEqual(at(instant));
  });

  test('the name of other clocks is no time here', () => {
    const london = { ...context, zone: 'Europe/London' };
    expect(readTime('2027-06-04 22:15 GMT', london)).toMatchObject({ kind: 'error' });
    expect(readTime('2027-12-04 22:15 UTC', context)).toMatchObject({ kind: 'error' });
  });

  test('what the planner shows can be typed back unchanged', () => {
    const zones = [
      'Europe/Zurich',
      'Europe/London',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Etc/UTC',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: utc('2020-01-01T00:00Z'), max: utc('2035-12-31T00:00Z') }),
        (zoneHere, instant) => {
          const entry = readTime(timeText(zoneHere, instant), { ...context, zone: zoneHere, current: instant });
          expect(entry).toEqual({ kind: 'ok', instant });
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
