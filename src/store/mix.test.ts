import { expect, test } from 'vitest';
import { mix } from './mix.ts';

const id = (tail: string) => `00000000-0000-4000-8000-0000${tail}`;

test.each([
  ['00000000', 0, 0],
  ['00000000', 1, 4200844538],
  ['deadbeef', 1287, 127238551],
  ['ffffffff', 4294967301, 4022377230],
])('mixes id …%s at rev %d to %d, as the server does', (tail, rev, expected) => {
  expect(mix(id(tail), rev)).toBe(expected);
});
