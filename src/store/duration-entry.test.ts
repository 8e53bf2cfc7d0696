import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDuration, readShiftMinutes } from './duration-entry.ts';
import { durationText } from './times-text.ts';

describe('a typed duration', () => {
  test.each([
    ['45', 45],
    ['45m', 45],
    ['30 min', 30],
    ['1.5h', 90],
    ['1,5h', 90],
    ['2h', 120],
    ['2h30', 150],
    ['2h 30m', 150],
    ['2:30', 150],
    ['1d 2h', 1560],
    ['PT2H30M', 150],
    ['P1DT2H', 1560],
    ['2 hours', 120],
    ['01:30:00', 90],
    ['26:00:00', 1560],
    ['1 h 30', 90],
    ['1h30min', 90],
    ['1,5 h', 90],
    ['1,5 Std.', 90],
    ['1 Std. 30 Min.', 90],
    ['90 Minuten', 90],
    ['1,5 Tage', 2160],
    ['2 jours', 2880],
    ['1,5 heures', 90],
    ['90 emins', 90],
    ['2 ehrs', 120],
  ])('%s', (text, minutes) => {
    expect(readDuration(text)).toEqual({ kind: 'ok', minutes });
  });

  test.each(['', '0', 'long', '-5', '1:75', 'h', '1,5', '1.5', '1:30:75'])('refuses with a sentence: %s', (text) => {
    expect(readDuration(text).kind).toBe('error');
  });

  test('what the planner shows can be typed back unchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (minutes) => {
        expect(readDuration(durationText(minutes))).toEqual({ kind: 'ok', minutes });
      }),
    );
  });

  test('a shift has a sign and is never zero', () => {
    expect(readShiftMinutes('+30')).toEqual({ kind: 'ok', minutes: 30 });
    expect(readShiftMinutes('-1h30')).toEqual({ kind: 'ok', minutes: -90 });
    expect(readShiftMinutes('15m')).toEqual({ kind: 'ok', minutes: 15 });
    expect(readShiftMinutes('0').kind).toBe('error');
  });
});
