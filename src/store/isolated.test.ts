import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isolated, sentence } from './isolated.ts';

test('text that turns nothing stays as it is', () => {
  expect(sentence`“${'Load accounts – Ä 😀'}” was not kept: ${3} times`).toBe(
    '“Load accounts – Ä 😀” was not kept: 3 times',
  );
});

test('an override, and what runs from right to left, ends where it was filled in', () => {
  expect(sentence`${'\u202eAB'} 22:00`).toBe('\u2068\u202eAB\u2069 22:00');
  expect(sentence`“${'שלום'}” 22:00`).toBe('“\u2068שלום\u2069” 22:00');
  expect(isolated('\u202ea\nb')).toBe('\u2068\u202ea\u2069\n\u2068b\u2069');
});

test('a sentence within a sentence keeps its isolates', () => {
  expect(sentence`Refused: ${sentence`Remove ${'שלום'} of DR1`}`).toBe(
    'Refused: \u2068Remove \u2068שלום\u2069 of DR1\u2069',
  );
});

test('nothing typed closes an isolate of ours or leaves one open', () => {
  const controls = fc.string({
    unit: fc.constantFrom('a', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'),
    minLength: 1,
  });
  fc.assert(
    fc.property(controls, (text) => {
      for (const said of [sentence`${text}\u202e`, `${isolated(text)}\u202e`]) {
        const depths: number[] = [];
        for (const character of said) {
          const step = /[\u2066-\u2068]/.test(character) ? 1 : character === '\u2069' ? -1 : 0;
          depths.push((depths.at(-1) ?? 0) + step);
        }
        expect(depths.at(-1)).toBe(0);
        if (text.replaceAll('a', '') !== '') expect(depths.slice(0, -2).every((depth) => depth > 0)).toBe(true);
      }
    }),
  );
});
