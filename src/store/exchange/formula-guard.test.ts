import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guarded, unguarded } from './formula-guard.ts';

test.each(['=1+1', '+A1', '-A1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x', "'=1"])(
  '%j is made text',
  (text) => {
    expect(guarded(text)).toBe(`'${text}`);
  },
);

test.each(['plain', '-5', '-0.5', '1+1', '', "it's", "'quoted'"])('%j stays as it is', (text) => {
  expect(guarded(text)).toBe(text);
});

test('reading takes back exactly what writing added', () => {
  const texts = fc
    .array(fc.constantFrom("'", '=', '-', '5', '@', 'a', '＝'), { maxLength: 6 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(texts, fc.string()), (text) => {
      expect(unguarded(guarded(text))).toBe(text);
    }),
  );
});
