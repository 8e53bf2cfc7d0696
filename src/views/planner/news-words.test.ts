import { expect, test } from 'vitest';
import type { ActivityEvent } from '../../store/view.ts';
import { newsWords } from './news-words.ts';

const event = (row_id: string, actor_name: string): ActivityEvent => ({
  rev: 7,
  n: 1,
  at: 0,
  actor: actor_name,
  actor_name,
  label: 'Slip',
  op: 'update',
  table_name: 'chapter_schedules',
  row_id,
});

const slip = (chapters: number) => Array.from({ length: chapters }, (_, i) => event(`row ${i}`, 'Ada'));

test('what others did counts each row once, and names who did it', () => {
  expect(newsWords([event('a', 'Ada')])).toBe('1 row changed by Ada.');
  expect(newsWords([event('a', 'Ada'), event('b', 'Ada'), event('a', 'Ada')])).toBe('2 rows changed by Ada.');
});

test('what several did is not said to be one person’s', () => {
  expect(newsWords([event('a', 'Ada'), event('b', 'Ben')])).toBe('2 rows changed by Ada and others.');
});

test('where there may be more events than a reply holds, the count is a least one', () => {
  expect(newsWords(slip(49))).toBe('49 rows changed by Ada.');
  expect(newsWords(slip(50))).toBe('At least 50 rows changed by Ada.');
});
