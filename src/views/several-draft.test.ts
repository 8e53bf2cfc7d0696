import { expect, test } from 'vitest';
import { textMemory } from '../testing/text-memory.ts';
import { draftsIn } from './drafts.ts';
import { severalDraft, severalOf, waitingSeveral } from './several-draft.ts';

const typed = { added: { text: 'night', over: '' } };
const open = (texts = new Map<string, string>()) => draftsIn(textMemory(texts), () => 1);

test('what is typed about several is named by the first and the count, and leads to all of them', () => {
  const texts = new Map<string, string>();
  const all = ['c1', 'c2', 'c3'];
  severalDraft(open(texts), 'labels', { id: 'c1', all }).keep(typed);
  const drafts = open(texts);
  expect(drafts.waiting()).toEqual(['labels and 2 more c1']);
  expect(severalOf('labels and 2 more')).toEqual({ what: 'labels', more: 2 });
  const { draft, all: found } = waitingSeveral(drafts, 'labels and 2 more', 'c1');
  expect([found, draft.typed()?.added]).toEqual([all, typed.added]);
  // Typed further.
  draft.keep({ added: { text: 'nights', over: '' } });
  expect(waitingSeveral(open(texts), 'labels and 2 more', 'c1').all).toEqual(all);
  draft.keep({});
  expect(open(texts).waiting()).toEqual([]);
});

test('a draft about one thing is none about several', () => {
  expect(['labels', 'times in x', 'new chapter', 'times and more'].map(severalOf)).toEqual([null, null, null, null]);
});

test('of very many what is typed is kept, and not which they are', () => {
  const drafts = open();
  severalDraft(drafts, 'move', { id: '0', all: Array.from({ length: 5_000 }, (_, i) => `${i}`) }).keep(typed);
  const { draft, all } = waitingSeveral(drafts, 'move and 4999 more', '0');
  expect([draft.typed(), all]).toEqual([typed, []]);
});
