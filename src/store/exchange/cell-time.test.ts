import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at } from '../../testing/sample-view.ts';
import { type DateOrder, dateOrderOf, readCellTime } from './cell-time.ts';
import { fileTime, xmlTime } from './local-time.ts';

const ZURICH = 'Europe/Zurich';
const read = (text: string, order: DateOrder | null = null) =>
  readCellTime(text, { zone: ZURICH, order, now: 0, current: null, windowStart: at('2026-03-28T19:00Z') });
const NIGHT = { kind: 'ok', instant: at('2026-03-28T21:15Z') };

test.each([
  '2026-03-28 22:15',
  '2026-03-28T22:15:00',
  '2026-03-28T21:15:00Z',
  '2026-03-28 22:15+01:00',
  '2026/3/28 22:15',
  '28.03.2026 22:15',
  '28.3.26 22:15',
  '28/03/2026 22:15',
  '3/28/2026 10:15 PM',
  '3/28/26 10:15 pm',
  '28-03-2026 22:15',
  '28 Mar 2026 22:15',
  '28-Mar-26 22:15',
  'Sat 28 March 2026, 22:15',
  'Saturday, March 28, 2026 10:15 PM',
  'Mar 28, 2026 at 22:15',
  'Sa 28.03.2026 22:15',
  '46109.92708',
  '22:15',
  '22:15:00',
  '22h15',
  'sat 22:15',
  '28/3 22:15',
  '3/28 22:15',
  'T+2h15',
  '\u00a028.03.2026\u00a022:15 ',
  '2026-03-28 22:14:59.7',
])('%j is a quarter past ten that night', (text) => {
  expect(read(text)).toEqual(NIGHT);
});

test('a date alone is midnight, and 24:00 the end of a day', () => {
  expect(read('28.03.2026')).toEqual({ kind: 'ok', instant: at('2026-03-27T23:00Z') });
  expect(read('2026-03-28 24:00')).toEqual({ kind: 'ok', instant: at('2026-03-28T23:00Z') });
});

test.each([
  '30.02.2026 10:00',
  '2026-13-01',
  '2026-03-28 25:00',
  '28/28/2026',
  '3/28/2026 13:15 pm',
  'soon',
  '12',
  '2026-03-28 22:61',
])('%j is refused', (text) => {
  expect(read(text).kind).toBe('error');
});

describe('a date that could mean two days', () => {
  test('is a question until somebody says which comes first', () => {
    expect(read('3/4/2026 10:00')).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('may be two days'),
    });
    expect(read('3/4 10:00')).toMatchObject({ kind: 'error', message: expect.stringContaining('may be two days') });
    expect(read('3/4/2026 10:00', 'day-first')).toEqual({ kind: 'ok', instant: at('2026-04-03T08:00Z') });
    expect(read('3/4/2026 10:00', 'month-first')).toEqual({ kind: 'ok', instant: at('2026-03-04T09:00Z') });
    expect(read('3/4 10:00', 'month-first')).toEqual({ kind: 'ok', instant: at('2026-03-04T09:00Z') });
  });

  test('is none where day and month are the same', () => {
    expect(read('4/4/2026 10:00').kind).toBe('ok');
  });

  test.each([
    [['3/4/2026', '28/3/2026'], { isNeeded: true, order: 'day-first' }],
    [['3/4/2026', '3/28/2026 22:00'], { isNeeded: true, order: 'month-first' }],
    [['3/4/2026', 'Sat 5/4'], { isNeeded: true, order: null }],
    [['28/3/2026', '3/28/2026'], { isNeeded: true, order: null }],
    [['28/3/2026', ''], { isNeeded: false, order: 'day-first' }],
    [['2026-03-04', '28.3.2026', 'soon'], { isNeeded: false, order: null }],
  ] as const)('%j tell: %j', (texts, told) => {
    expect(dateOrderOf(texts)).toEqual(told);
  });
});

describe('the nights on which clocks change', () => {
  test('a time that does not exist is refused with the nearest ones', () => {
    expect(read('29.03.2026 02:30')).toEqual({
      kind: 'error',
      message: 'Clocks jump over 2026-03-29 02:30: write 01:30 or 03:30.',
    });
  });

  test.each([
    ['Europe/London', '2027-12-04 22:15 GMT', '2027-12-04T22:15Z'],
    ['Europe/London', '2027-10-31 01:30 GMT', '2027-10-31T01:30Z'],
    ['America/New_York', '04-Dec-2027 22:15 EST', '2027-12-05T03:15Z'],
  ])('in %s the cell %s says by which clocks, as people do there', (zone, text, instant) => {
    expect(readCellTime(text, { zone, order: null, now: 0, current: null, windowStart: at(instant) })).toEqual({
      kind: 'ok',
      instant: at(instant),
    });
  });

  test('a time that exists twice is asked for by its zone', () => {
    expect(read('25.10.2026 02:30')).toMatchObject({ message: expect.stringContaining('write CEST or CET behind it') });
    expect(read('25.10.2026 02:30 CEST')).toEqual({ kind: 'ok', instant: at('2026-10-25T00:30Z') });
    expect(read('2026-10-25 02:30+01:00')).toEqual({ kind: 'ok', instant: at('2026-10-25T01:30Z') });
    expect(read('25.10.2026 12:30 EST').kind).toBe('error');
  });
});

test('every minute that a file says is read as the same minute, in every zone', () => {
  const zones = fc.constantFrom(
    'Europe/Zurich',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'America/Sao_Paulo',
    'UTC',
  );
  const minutes = fc.oneof(
    fc.integer({ min: at('2001-01-01T00:00Z'), max: at('2099-12-31T00:00Z') }),
    fc.integer({ min: at('2026-10-24T20:00Z'), max: at('2026-10-25T06:00Z') }),
    fc.integer({ min: at('2026-11-01T03:00Z'), max: at('2026-11-01T08:00Z') }),
    fc.integer({ min: at('2026-04-04T12:00Z'), max: at('2026-04-04T18:00Z') }),
  );
  fc.assert(
    fc.property(zones, minutes, (zone, instant) => {
      const context = { zone, order: null, now: 0, current: null, windowStart: 0 };
      expect(readCellTime(fileTime(zone, instant), context)).toEqual({ kind: 'ok', instant });
      const xml = readCellTime(xmlTime(zone, instant), context);
      if (xml.kind === 'ok') expect(xml.instant).toBe(instant);
    }),
  );
});
