import { expect, test } from 'vitest';
import { leftMs, pollMs, restMs, retryMs } from './pace.ts';

test.each([
  ['the usual interval', 7_000, 'active', 7_000],
  ['a server in a hurry', 100, 'active', 5_000],
  ['a server under load', 30_000, 'active', 30_000],
  ['a server that says an hour', 3_600_000, 'active', 60_000],
  ['a page that nobody touched for two minutes', 7_000, 'idle', 10_000],
  ['such a page while the server is under load', 30_000, 'idle', 30_000],
  ['a hidden page', 7_000, 'hidden', 60_000],
] as const)('%s: %d ms wished, %s, gives %d ms', (_title, wished, attention, ms) => {
  expect(pollMs(wished, attention, 0.5)).toBeCloseTo(ms);
  expect(pollMs(wished, attention, 0)).toBeCloseTo(ms * 0.85);
  expect(pollMs(wished, attention, 1)).toBeCloseTo(ms * 1.15);
});

test('pauses after failures are any part of a bound that doubles up to a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((failures) => retryMs(failures, 1) / 1000)).toEqual([
    2, 4, 8, 16, 32, 60, 60, 60,
  ]);
  expect(retryMs(9, 0)).toBe(0);
});

test('nobody comes back sooner than the server asked, and not all at once', () => {
  expect([0, 0.5, 1].map((random) => restMs(5_000, random))).toEqual([5_000, 6_250, 7_500]);
  expect(restMs(0, 1)).toBe(0);
});

test('a gap is never longer than itself, whatever the clock does', () => {
  expect(leftMs(1_000, 5_000, 5_400)).toBe(600);
  expect(leftMs(1_000, 5_000, 9_000)).toBe(0);
  expect(leftMs(1_000, 5_000, -86_400_000)).toBe(1_000);
  expect(leftMs(1_000, Number.NEGATIVE_INFINITY, 0)).toBe(0);
});
