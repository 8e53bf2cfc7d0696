import { expect, test } from 'vitest';
import { isClockMoved, offsetAtOpening } from './clock-offset.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** When the server answered last, by its own clock. */
const ASOF = 1_806_000_000_000;

test.each([
  ['right', 0, ASOF + HOUR, 0],
  ['two days behind, as before', 2 * DAY, ASOF - 2 * DAY + HOUR, 2 * DAY],
  ['two days ahead, as before', -2 * DAY, ASOF + 2 * DAY + HOUR, -2 * DAY],
  ['set right since it was ahead: what was measured leads to before the last answer', -2 * DAY, ASOF + HOUR, 0],
  ['set back since: it is behind the last answer, by that at least', 0, ASOF - DAY, DAY],
  ['set back further since it was behind', DAY, ASOF - 3 * DAY, 3 * DAY],
])('a clock that is %s', (_, clockOffset, now, offset) => {
  expect(offsetAtOpening(now, { asOf: ASOF, clockOffset })).toBe(offset);
});

test('a device that knows nothing of its clock believes it, unless it is behind the last answer', () => {
  expect(offsetAtOpening(ASOF, null)).toBe(0);
  expect(offsetAtOpening(ASOF + HOUR, { asOf: ASOF })).toBe(0);
  expect(offsetAtOpening(ASOF - HOUR, { asOf: ASOF })).toBe(HOUR);
});

test('a few seconds are no move of the clock', () => {
  expect(isClockMoved(4_000, {})).toBe(false);
  expect(isClockMoved(DAY + 4_000, { clockOffset: DAY })).toBe(false);
  expect(isClockMoved(6_000, {})).toBe(true);
  expect(isClockMoved(0, { clockOffset: DAY })).toBe(true);
});
