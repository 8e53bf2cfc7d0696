import { describe, expect, test } from 'vitest';
import {
  ageText,
  datedSpanText,
  durationText,
  secondText,
  shiftText,
  spanText,
  timeText,
  windowText,
} from './times-text.ts';

const utc = (text: string) => Date.parse(text) / 60_000;
const zone = 'Europe/Zurich';

describe('times as people read them', () => {
  test('a time carries its weekday, in the plan’s zone', () => {
    expect(timeText(zone, utc('2027-03-27T21:15Z'))).toBe('Sat 27 Mar 22:15');
    expect(timeText(zone, utc('2027-03-28T20:15Z'))).toBe('Sun 28 Mar 22:15');
  });

  test('an hour that clocks show twice carries the name of its clock', () => {
    expect(timeText(zone, utc('2027-10-31T00:30Z'))).toBe('Sun 31 Oct 02:30 CEST');
    expect(timeText(zone, utc('2027-10-31T01:30Z'))).toBe('Sun 31 Oct 02:30 CET');
  });

  test('a span names its second day only when a night does not explain it', () => {
    expect(spanText(zone, utc('2027-03-27T21:15Z'), utc('2027-03-28T00:45Z'))).toBe('Sat 27 Mar 22:15 → 01:45');
    expect(spanText(zone, utc('2027-03-27T21:15Z'), utc('2027-03-29T00:45Z'))).toBe(
      'Sat 27 Mar 22:15 → Mon 29 Mar 02:45',
    );
  });

  test('a span that ends in the hour that clocks show twice says by which clock', () => {
    const [start, end] = [utc('2027-10-31T00:15Z'), utc('2027-10-31T01:15Z')];
    expect(spanText(zone, start, end)).toBe('Sun 31 Oct 02:15 CEST → 02:15 CET');
    expect(spanText(zone, utc('2027-10-30T22:00Z'), start)).toBe('Sun 31 Oct 00:00 → 02:15 CEST');
  });

  test('freshness has seconds and a zone', () => {
    expect(secondText(zone, Date.parse('2027-03-28T00:14:07Z'))).toBe('01:14:07 CET');
    expect(secondText(zone, Date.parse('2027-03-28T01:14:07Z'))).toBe('03:14:07 CEST');
  });

  test.each([
    [0, '0m'],
    [45, '45m'],
    [180, '3h'],
    [210, '3h30'],
    [1440, '1d'],
    [1565, '1d 2h05'],
    [-90, '−1h30'],
  ])('%i minutes are %s', (minutes, text) => {
    expect(durationText(minutes)).toBe(text);
  });

  test('a shift always shows its direction', () => {
    expect([shiftText(45), shiftText(-90), shiftText(0)]).toEqual(['+45m', '−1h30', '±0m']);
  });

  test('an age has one unit', () => {
    expect([4_000, 89_000, 240_000, 7_200_000, 400_000_000].map(ageText)).toEqual([
      '4 s',
      '89 s',
      '4 min',
      '2 h',
      '5 days',
    ]);
  });
});

test('a span that may lie in another year has it once where the day does not change', () => {
  const at = (text: string) => Date.parse(text) / 60_000;
  const said = (from: string, to: string) => datedSpanText('Europe/Zurich', at(from), at(to));
  expect(said('2027-02-26T07:00Z', '2027-02-26T16:00Z')).toBe('Fri 26 Feb 2027 08:00 → 17:00');
  expect(said('2027-12-30T07:00Z', '2028-01-02T16:00Z')).toBe('Thu 30 Dec 2027 08:00 → Sun 2 Jan 2028 17:00');
});

test('a window says its year, and both where they differ', () => {
  const zone = 'Europe/Zurich';
  const minute = (text: string) => Date.parse(text) / 60_000;
  expect(windowText(zone, minute('2027-01-20T07:00Z'), minute('2027-02-04T17:00Z'))).toBe(
    'Wed 20 Jan 08:00 → Thu 4 Feb 2027 18:00',
  );
  expect(windowText(zone, minute('2026-12-31T22:00Z'), minute('2027-01-01T05:00Z'))).toBe(
    'Thu 31 Dec 2026 23:00 → Fri 1 Jan 2027 06:00',
  );
});
