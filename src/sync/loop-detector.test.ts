import { expect, test } from 'vitest';
import { LoopDetector, type Progress } from './loop-detector.ts';

const seen = (loops: LoopDetector, progress: Progress, times: readonly number[]) =>
  times.map((at) => loops.sees(progress, at * 1000));

test('five resets in a minute are bad luck, the sixth is a loop', () => {
  expect(seen(new LoopDetector(), 'reset', [0, 1, 2, 3, 4, 5])).toEqual([false, false, false, false, false, true]);
});

test('ten answers that change nothing are bad luck, the eleventh is a loop', () => {
  const answers = seen(new LoopDetector(), 'still', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(answers.indexOf(true)).toBe(10);
});

test('a reset each quarter of a minute is no loop', () => {
  expect(seen(new LoopDetector(), 'reset', [0, 15, 30, 45, 60, 75, 90, 105])).not.toContain(true);
});

test('answers that bring something are never a loop', () => {
  expect(seen(new LoopDetector(), 'some', Array(500).fill(0))).not.toContain(true);
});

test('a clock that jumps back by a day forgets what it saw', () => {
  expect(seen(new LoopDetector(), 'reset', [86_400, 86_401, 86_402, 86_403, 86_404, 0])).not.toContain(true);
});
