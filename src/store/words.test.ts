import { expect, test } from 'vitest';
import { counted } from './words.ts';

test('one is told as one, and none as several', () => {
  expect([0, 1, 2].map((count) => counted(count, 'chapter'))).toEqual(['0 chapters', '1 chapter', '2 chapters']);
  expect([1, 3].map((count) => counted(count, 'try', 'tries'))).toEqual(['1 try', '3 tries']);
  expect([1, 3].map((count) => counted(count, 'edit is', 'edits are'))).toEqual(['1 edit is', '3 edits are']);
});
