import { expect, test } from 'vitest';
import { textMemory } from '../testing/text-memory.ts';
import { copiedMemory } from './copied-memory.ts';

const draft = (at: number, text: string) => ({ at, typed: { title: { text, over: '' } } });

/** A device over several pages: what is asked of its copies is done only when `settle` is called, or never. */
function device() {
  const texts = new Map<string, string>();
  const copies = new Map<string, string>();
  let asked: (() => void)[] = [];
  const memory = textMemory(texts);
  return {
    texts,
    copies,
    /** Whatever was under way on the page before is cut off. */
    async open() {
      asked = [];
      const keep = (name: string, text: string | null) =>
        new Promise<boolean>((resolve) => {
          asked.push(() => {
            if (text === null) copies.delete(name);
            else copies.set(name, text);
            resolve(true);
          });
        });
      const opened = copiedMemory(memory, { keep, all: async () => new Map(copies) }, 'me plan ');
      await opened.isBack;
      return opened.memory;
    },
    async settle() {
      for (const act of asked.splice(0)) act();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

test('what was lost comes back from its copy, of this reader and plan only', async () => {
  const { open, settle, texts, copies } = device();
  (await open()).set('draft a', draft(1, 'typed'));
  await settle();
  copies.set('you plan draft b', JSON.stringify(draft(1, 'not mine')));
  texts.clear();
  const memory = await open();
  expect(memory.get('draft a')).toEqual(draft(1, 'typed'));
  expect([...texts.keys()]).toEqual(['draft a']);
});

test('what was dropped just before a reload does not come back, nor after the next one', async () => {
  const { open, settle, texts, copies } = device();
  const page = await open();
  page.set('draft a', draft(1, 'typed'));
  await settle();
  page.set('draft a', null);
  for (let reload = 0; reload < 3; reload += 1) {
    expect((await open()).get('draft a')).toBeNull();
    // Dropped again by a form that finds nothing.
    (await open()).set('draft a', null);
  }
  await settle();
  expect([texts.size, copies.size]).toEqual([0, 0]);
});

test('what was typed again after it was dropped comes back', async () => {
  const { open, settle, texts } = device();
  const page = await open();
  page.set('draft a', draft(1, 'typed'));
  page.set('draft a', null);
  page.set('draft a', draft(2, 'typed again'));
  await settle();
  texts.clear();
  expect((await open()).get('draft a')).toEqual(draft(2, 'typed again'));
});

test('a mark that the browser wrote to the disk before it was killed holds back nothing newer', async () => {
  const { open, settle, texts } = device();
  const page = await open();
  page.set('draft a', draft(1, 'typed'));
  page.set('draft a', null);
  const written = new Map(texts);
  page.set('draft a', draft(2, 'typed again'));
  await settle();
  texts.clear();
  for (const [key, text] of written) texts.set(key, text);
  expect((await open()).get('draft a')).toEqual(draft(2, 'typed again'));
  expect([...texts.keys()]).toEqual(['draft a']);
});

test('dropped twice before the first was done, it stays dropped', async () => {
  const { open, settle } = device();
  const page = await open();
  page.set('draft a', draft(1, 'typed'));
  await settle();
  page.set('draft a', null);
  page.set('draft a', draft(2, 'typed again'));
  page.set('draft a', null);
  expect((await open()).get('draft a')).toBeNull();
});
