import { expect, test } from 'vitest';
import { textMemory } from '../testing/text-memory.ts';
import type { Typed } from './draft-record.ts';
import { draftsIn } from './drafts.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const AB = 'c4a7f2de-0000-4000-8000-000000000001';

/** What a browser keeps, as text, beside other things of the same reader. */
function device() {
  const texts = new Map([['look', '{"rev":7}']]);
  let now = 1000 * DAY;
  const memory = textMemory(texts);
  return {
    texts,
    /** As a page does that was just opened. */
    open: () => draftsIn(memory, () => now),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

const title = (text: string): Typed => ({ title: { text, over: 'Back up' } });

test('what was typed is there for the next page, for the same thing only', () => {
  const { open } = device();
  open().of('chapter', AB).keep(title('Back up all'));
  const next = open();
  expect(next.of('chapter', AB).typed()).toEqual(title('Back up all'));
  expect(next.of('phase', AB).typed()).toBeNull();
  expect(next.ofNew('chapter', AB).typed()).toBeNull();
  expect(next.of('chapter', AB.replace('1', '2')).typed()).toBeNull();
});

test('what is saved, left or typed back is forgotten, and nothing else that is remembered', () => {
  const { open, texts } = device();
  const draft = open().of('chapter', AB);
  draft.keep(title('Back up all'));
  expect(texts.size).toBe(2);
  draft.keep({});
  expect(texts.size).toBe(1);
  draft.keep(title('Back up all'));
  draft.drop();
  expect(open().of('chapter', AB).typed()).toBeNull();
  expect([...texts.keys()]).toEqual(['look']);
});

test('the twenty that were typed in last stay', () => {
  const { open, wait } = device();
  const drafts = open();
  for (let i = 0; i < 25; i += 1) {
    wait(MINUTE);
    drafts.of('chapter', `c${i}`).keep(title(`title ${i}`));
  }
  // Typed in again, it is among the last.
  wait(MINUTE);
  drafts.of('chapter', 'c6').keep(title('again'));
  wait(MINUTE);
  drafts.of('chapter', 'c25').keep(title('title 25'));
  const left = Array.from({ length: 26 }, (_, i) => i).filter((i) => open().of('chapter', `c${i}`).typed() !== null);
  expect(left).toEqual([6, ...Array.from({ length: 19 }, (_, i) => i + 7)]);
});

test('a clock that goes back forgets nothing that is typed now', () => {
  const { open, wait } = device();
  const drafts = open();
  for (let i = 0; i < 20; i += 1) drafts.of('chapter', `c${i}`).keep(title(`title ${i}`));
  wait(-90 * DAY);
  drafts.of('chapter', AB).keep(title('Back up all'));
  expect(open().of('chapter', AB).typed()).toEqual(title('Back up all'));
});

test('a text that is too long is not kept, which is said, and takes no room from others', () => {
  const { open, texts } = device();
  const drafts = open();
  const draft = drafts.ofNew('import');
  expect(draft.keep(title('x'.repeat(190_000)))).toBe(true);
  expect(draft.keep(title('x'.repeat(200_001)))).toBe(false);
  expect(draft.typed()).toBeNull();
  for (let i = 0; i < 6; i += 1) drafts.of('chapter', `c${i}`).keep(title('x'.repeat(190_000)));
  const characters = [...texts.values()].join('').length;
  expect(characters).toBeGreaterThan(700_000);
  expect(characters).toBeLessThan(820_000);
});

test.each([
  ['a list of values, as an older page kept them', ['Sat 22:15', 'Sat 23:15']],
  ['a text', 'Call the vendor'],
  ['fields that are no texts', { at: 1_440_000, typed: { title: 'Back up all' } }],
  ['no time', { typed: title('Back up all') }],
])('%s is no draft, and goes', (_what, value) => {
  const { open, texts } = device();
  texts.set(`draft chapter ${AB}`, JSON.stringify(value));
  expect(open().of('chapter', AB).typed()).toBeNull();
  open().ofNew('phase').keep(title('Aftercare'));
  expect([...texts.keys()]).toEqual(['look', 'draft new phase ']);
});
