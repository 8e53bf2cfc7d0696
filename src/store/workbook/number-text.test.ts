import { expect, test } from 'vitest';
import { numberText } from './number-text.ts';

test.each([
  // Days: 46109 is 2026-03-28.
  [46_109, 'd/m/y', '2026-03-28'],
  [46_109, 'd/m/y h:mm', '2026-03-28 00:00'],
  [46_109.5, 'd/m/y', '2026-03-28 12:00'],
  [46_109.895833333336, 'm/d/yy h:mm', '2026-03-28 21:30'],
  [46_109.99999, 'd/m/y h:mm', '2026-03-29 00:00'],
  [46_109, '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '2026-03-28'],
  [46_109, 'mmm', '2026-03-28'],
  [59, 'd/m/y', '1900-02-28'],
  [60, 'd/m/y', '1900-02-29'],
  [61, 'd/m/y', '1900-03-01'],
  // Times of day and durations.
  [0.9375, 'h:mm AM/PM', '22:30'],
  [0.99999, 'hh:mm', '00:00'],
  [46_109.9375, 'hh:mm', '2026-03-28 22:30'],
  [46_109.9375, '[h]:mm', '2026-03-28 22:30'],
  [1.0625, 'h:mm', '25:30'],
  [1.0625, '[hh]:mm:ss', '25:30'],
  [0.0625, '[Red][mm]:ss;@', '01:30'],
  [0.0625, 'mm:ss.0', '01:30'],
  // Numbers, though there are letters of times in what their formats show.
  [5, '0" days"', '5'],
  [5, '0\\d', '5'],
  [5, '[$CHF-807] #,##0', '5'],
  [5, '_-* #,##0_d', '5'],
  [5, 'General', '5'],
  [5, '[Red]0;[Blue]-0', '5'],
  [0.1 + 0.2, '', '0.3'],
  [12, '000', '012'],
  [12, '"CH-"000', 'CH-012'],
  [1.5, '00', '1.5'],
  // What a spreadsheet shows as a row of crosses.
  [-1, 'd/m/y', '-1'],
  [9e15, 'd/m/y', '9000000000000000'],
])('%d as %s is %s', (value, format, text) => {
  expect(numberText(value, format, false)).toBe(text);
});

test('days are counted from 1904 where the workbook says so, and durations are not', () => {
  expect(numberText(44_647.9375, 'd/m/y h:mm', true)).toBe('2026-03-28 22:30');
  expect(numberText(0.0625, '[h]:mm', true)).toBe('01:30');
});
