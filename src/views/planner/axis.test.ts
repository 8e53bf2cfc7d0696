import { describe, expect, test } from 'vitest';
import { at } from '../../testing/sample-view.ts';
import { axisOf, besideNow, pixelsPerMinute, snapMinutes, snapTo, zoomOf } from './axis.ts';

const zone = 'Europe/Zurich';

describe('the time axis', () => {
  test('marks whole local hours with room for their text', () => {
    const axis = axisOf(zone, at('2027-01-16T17:30Z'), at('2027-01-16T21:30Z'), pixelsPerMinute('1h', 240, 0));
    expect(axis.hours.map(({ text }) => text)).toEqual(['19:00', '20:00', '21:00', '22:00']);
  });

  test('the hour at which the badge of now stands has no label beneath it, the others have theirs', () => {
    const [scale, start] = [pixelsPerMinute('1h', 240, 0), at('2027-01-16T18:00Z')];
    const { hours } = axisOf(zone, start, at('2027-01-16T22:00Z'), scale);
    const shown = (text: string, minutes: number) =>
      besideNow(hours, { at: start + minutes, text }, scale).map((mark) => mark.text);
    expect(shown('20:37', 97)).toEqual(['19:00', '', '21:00', '22:00']);
    expect(shown('20:45', 105)).toEqual(['19:00', '', '21:00', '22:00']);
    expect(shown('20:48', 108)).toEqual(['19:00', '20:00', '', '22:00']);
    expect(besideNow(hours, { at: start + 97, text: '20:37' }, scale).map((mark) => mark.at)).toEqual(
      hours.map((mark) => mark.at),
    );
  });

  test('a label that the badge of now would touch by half a pixel gives way too', () => {
    const start = at('2027-01-16T18:00Z');
    const { hours } = axisOf(zone, start, at('2027-01-16T22:00Z'), 1.1);
    // As wide as Chromium shows it: 41.5 px.
    expect(besideNow(hours, { at: start + 105, text: '20:45' }, 1.1)[2]?.text).toBe('');
  });

  test('days begin at local midnight', () => {
    const axis = axisOf(zone, at('2027-01-16T17:00Z'), at('2027-01-18T17:00Z'), pixelsPerMinute('4h', 2880, 0));
    expect(axis.days.map(({ at: instant, text }) => [instant, text])).toEqual([
      [at('2027-01-16T17:00Z'), 'Sat 16 Jan'],
      [at('2027-01-16T23:00Z'), 'Sun 17 Jan'],
      [at('2027-01-17T23:00Z'), 'Mon 18 Jan'],
    ]);
  });

  test('a night without its third hour says 23 h and marks the change', () => {
    const axis = axisOf(zone, at('2027-03-26T23:00Z'), at('2027-03-29T00:00Z'), pixelsPerMinute('1h', 3000, 0));
    expect(axis.days.map(({ text }) => text)).toContain('Sun 28 Mar · 23 h');
    expect(axis.changes).toMatchObject([{ at: at('2027-03-28T01:00Z'), text: 'CEST' }]);
    expect(axis.hours.filter(({ at: instant }) => instant === at('2027-03-28T01:00Z'))[0]?.text).toBe('03:00');
  });

  test('a night with its third hour twice says 25 h and marks both', () => {
    const axis = axisOf(zone, at('2027-10-30T22:00Z'), at('2027-10-31T23:00Z'), pixelsPerMinute('1h', 1500, 0));
    expect(axis.days[0]?.text).toBe('Sun 31 Oct · 25 h');
    expect(axis.hours.filter(({ text }) => text === '02:00')).toHaveLength(2);
  });

  test('after clocks changed by half an hour the marks still stand on whole local hours', () => {
    // Lord Howe Island: from 02:00 to 02:30 on 3 October 2027, from 02:00 back to 01:30 on 4 April.
    const island = 'Australia/Lord_Howe';
    for (const [start, day] of [
      [at('2027-10-02T12:00Z'), 'Sun 3 Oct · 23.5 h, UTC+11'],
      [at('2027-04-03T12:00Z'), 'Sun 4 Apr · 24.5 h, UTC+10:30'],
    ] as const) {
      const axis = axisOf(island, start, start + 3 * 1440, pixelsPerMinute('1h', 3000, 0));
      expect(axis.hours.every(({ text }) => text.endsWith(':00'))).toBe(true);
      expect(axis.hours.length).toBeGreaterThan(70);
      expect(axis.days.map(({ text }) => text)).toContain(day);
      expect(axis.days).toHaveLength(4);
      expect(axis.changes).toHaveLength(1);
    }
  });

  test('where clocks change at midnight each day is there once', () => {
    const daysOf = (zone: string, start: number) =>
      axisOf(zone, start, start + 3 * 1440, pixelsPerMinute('4h', 3000, 0)).days.map(({ text }) => text);
    const santiago = daysOf('America/Santiago', at('2027-09-04T12:00Z'));
    expect(santiago).toEqual(['Sat 4 Sep', 'Sun 5 Sep · 23 h, UTC-3', 'Mon 6 Sep', 'Tue 7 Sep']);
    const havana = daysOf('America/Havana', at('2027-11-06T12:00Z'));
    expect(havana).toEqual(['Sat 6 Nov', 'Sun 7 Nov · 25 h, UTC-5', 'Mon 8 Nov', 'Tue 9 Nov']);
  });

  test('where a change has no room beside the words of its day, they say it', () => {
    const [start, end] = [at('2027-10-29T22:00Z'), at('2027-11-01T23:00Z')];
    const seen = (zoom: string) => {
      const { days, changes } = axisOf(zone, start, end, pixelsPerMinute(zoom, end - start, 450));
      return [days[1]?.text, changes.map(({ text }) => text)];
    };
    expect(seen('1h')).toEqual(['Sun 31 Oct · 25 h', ['CET']]);
    expect(seen('4h')).toEqual(['Sun 31 Oct · 25 h, CET', ['']]);
    expect(seen('day')).toEqual(['31 CET', ['']]);
  });

  test('a quarter of an hour has a mark where there is room for it', () => {
    const axis = axisOf(zone, at('2027-01-16T17:00Z'), at('2027-01-16T18:00Z'), pixelsPerMinute('15m', 60, 0));
    expect(axis.hours.map(({ text }) => text)).toEqual(['18:00', '18:15', '18:30', '18:45']);
  });

  test('where a day has room for its number alone, months stand in place of clock times', () => {
    const [start, end] = [at('2027-02-24T07:00Z'), at('2027-03-11T17:00Z')];
    const axis = axisOf(zone, start, end, pixelsPerMinute('fit', end - start, 450));
    expect(axis.days.map(({ text }) => text).slice(0, 7)).toEqual(['24', '25', '26', '27', '28', '1', '2']);
    expect(axis.hours.map(({ at: instant, text }) => [instant, text])).toEqual([
      [start, 'Feb'],
      [at('2027-02-28T23:00Z'), 'Mar'],
    ]);
  });

  test('any number of minutes is a zoom, and nonsense fits', () => {
    expect(pixelsPerMinute(zoomOf(0.8), 600, 300)).toBe(0.8);
    expect(pixelsPerMinute('far away', 600, 300)).toBe(0.5);
  });

  test('bars snap to steps that the zoom can show', () => {
    const snapAt = (zoom: string) => snapMinutes(pixelsPerMinute(zoom, 0, 0));
    expect(['15m', '1h', '4h', 'day'].map(snapAt)).toEqual([1, 5, 15, 60]);
  });

  test.each([
    ['Europe/Zurich', '2027-01-16T20:44Z', '2027-01-16T21:00Z'],
    ['Asia/Kolkata', '2027-01-16T20:44Z', '2027-01-16T20:30Z'],
    ['Asia/Kathmandu', '2027-01-16T20:44Z', '2027-01-16T20:15Z'],
    ['Asia/Kathmandu', '2027-01-16T20:50Z', '2027-01-16T21:15Z'],
    ['Australia/Lord_Howe', '2027-07-16T20:44Z', '2027-07-16T20:30Z'],
  ])('an hour that a bar snaps to is a full one on the clocks of %s', (there, from, to) => {
    expect(snapTo(there, at(from), 60)).toBe(at(to));
  });

  test('fits what there is into the room there is', () => {
    expect(pixelsPerMinute('fit', 600, 300)).toBe(0.5);
  });
});
