import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockMinutes, localOf, offsetAt, toInstant, toLocal, zoneName } from './zone.ts';

const zones = Intl.supportedValuesOf('timeZone');
const utc = (text: string) => Date.parse(text) / 60_000;
const local = (text: string) => localOf(utc(`${text}Z`));

/** Any minute of 2020 to 2035. */
const instants = fc.integer({ min: utc('2020-01-01T00:00Z'), max: utc('2035-12-31T00:00Z') });

describe('instants and wall clocks', () => {
  test('a wall clock read from an instant leads back to it, in every zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, instant) => {
        const back = toInstant(zone, toLocal(zone, instant));
        if (back.kind === 'ok') expect(back.instant).toBe(instant);
        else if (back.kind === 'overlap') expect([back.first, back.second]).toContain(instant);
        else throw new Error('a clock showed a time that it says it skipped');
      }),
      { numRuns: 5_000 },
    );
  });

  test('the hours round every change of a zone are inverse too, minute by minute', () => {
    for (const zone of [
      'Europe/Zurich',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kolkata',
    ]) {
      for (const day of [
        '2026-03-29',
        '2026-10-25',
        '2026-03-08',
        '2026-11-01',
        '2026-10-04',
        '2026-02-15',
        '2026-03-22',
      ]) {
        for (let m = 0; m < 2_880; m += 1) {
          const minutes = utc(`${day}T00:00Z`) - 720 + m;
          const result = toInstant(zone, localOf(minutes));
          if (result.kind === 'ok') expect(clockMinutes(toLocal(zone, result.instant))).toBe(minutes);
          if (result.kind === 'overlap') {
            expect(clockMinutes(toLocal(zone, result.first))).toBe(minutes);
            expect(clockMinutes(toLocal(zone, result.second))).toBe(minutes);
          }
        }
      }
    }
  });

  test('a time that clocks skip comes with the same time before and after the jump', () => {
    expect(toInstant('Europe/Zurich', local('2027-03-28T02:30'))).toEqual({
      kind: 'gap',
      before: utc('2027-03-28T00:30Z'),
      after: utc('2027-03-28T01:30Z'),
    });
  });

  test('a time that clocks show twice comes with both instants in order', () => {
    expect(toInstant('Europe/Zurich', local('2027-10-31T02:30'))).toEqual({
      kind: 'overlap',
      first: utc('2027-10-31T00:30Z'),
      second: utc('2027-10-31T01:30Z'),
    });
  });

  test('a zone that skipped a whole day has a gap of a day', () => {
    expect(toInstant('Pacific/Apia', local('2011-12-30T12:00'))).toEqual({
      kind: 'gap',
      before: utc('2011-12-29T22:00Z'),
      after: utc('2011-12-30T22:00Z'),
    });
  });

  test('offsets and names follow the season', () => {
    expect(offsetAt('Europe/Zurich', utc('2027-03-28T00:59Z'))).toBe(60);
    expect(offsetAt('Europe/Zurich', utc('2027-03-28T01:00Z'))).toBe(120);
    expect(offsetAt('Asia/Kolkata', utc('2027-03-28T01:00Z'))).toBe(330);
    expect(zoneName('Europe/Zurich', utc('2027-03-28T00:59Z'))).toBe('CET');
    expect(zoneName('Europe/Zurich', utc('2027-03-28T01:00Z'))).toBe('CEST');
    expect(zoneName('Etc/UTC', utc('2027-03-28T01:00Z'))).toBe('UTC');
    expect(zoneName('Asia/Kolkata', utc('2027-03-28T01:00Z'))).toBe('UTC+5:30');
  });
});
