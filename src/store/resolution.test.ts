import { expect, test } from 'vitest';
import {
  CHAPTER,
  id,
  NOON,
  OTHER_PHASE,
  PHASE,
  SCHEDULE,
  SECOND,
  SECOND_SCHEDULE,
  TwoPeople,
} from '../testing/two-people.ts';
import { effectOf, inverseOf } from './effect.ts';
import { insertRow, moveTo, removeRow, resizeEdge, setFields, slipBy } from './ops.ts';
import { combineWithTheirs, resolveConflict } from './resolution.ts';

test('theirs leaves everything as it stands and withdraws the author’s conflict', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(moveTo(seen, NOON + 10));
  const conflict = people.pat(moveTo(seen, NOON + 30));
  people.settle(conflict, 'theirs');
  expect(people.row('chapter_schedules', SCHEDULE).planned_start).toBe(NOON + 10);
  expect(people.row('conflicts', conflict.id).state).toBe('withdrawn');
});

test('mine applies the whole edit, with what was not in dispute', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  const second = people.row('chapter_schedules', SECOND_SCHEDULE);
  people.lou(moveTo(seen, NOON + 10));
  const conflict = people.pat(moveTo(seen, NOON + 30), slipBy(second, 30));
  people.settle(conflict, 'mine');
  expect(people.row('chapter_schedules', SCHEDULE)).toMatchObject({ planned_start: NOON + 30, planned_end: NOON + 90 });
  expect(people.row('chapter_schedules', SECOND_SCHEDULE).planned_start).toBe(NOON + 30);
  expect(people.row('conflicts', conflict.id)).toMatchObject({ state: 'resolved', resolved_by: 'pat' });
});

test('custom sets what was typed and keeps the rest of the edit', () => {
  const people = new TwoPeople();
  const seen = people.row('chapters', CHAPTER);
  people.lou(setFields('chapters', seen, { title: 'End' }));
  const conflict = people.pat(
    setFields('chapters', seen, { title: 'Halt' }),
    setFields('chapters', people.row('chapters', SECOND), { title: 'Copy all' }),
  );
  people.settle(conflict, 'custom', { [CHAPTER]: { title: 'Halt and end' } });
  expect(people.row('chapters', CHAPTER).title).toBe('Halt and end');
  expect(people.row('chapters', SECOND).title).toBe('Copy all');
});

test('a slip goes on top of the same slip when a person says so', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(slipBy(seen, 30));
  const conflict = people.pat(slipBy(seen, 30));
  expect(conflict.cause).toBe('double_slip');
  people.settleWith(combineWithTheirs(people.view(), conflict) ?? []);
  expect(people.row('chapter_schedules', SCHEDULE).planned_start).toBe(NOON + 60);
});

test('a change of length is not offered on top', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(resizeEdge(seen, 'end', NOON + 90));
  const conflict = people.pat(resizeEdge(seen, 'end', NOON + 75));
  expect(conflict.cause).toBe('both_resized');
  expect(combineWithTheirs(people.view(), conflict)).toBeNull();
});

test('mine brings back a row that somebody removed, with my change', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(setFields('chapter_schedules', seen, { note: 'Vendor is late' }));
  people.lou(removeRow('chapter_schedules', people.row('chapter_schedules', SCHEDULE)));
  const conflict = people.pat(slipBy(seen, 30));
  people.settle(conflict, 'mine');
  expect(people.row('chapter_schedules', SCHEDULE)).toMatchObject({
    planned_start: NOON + 30,
    planned_end: NOON + 90,
    note: 'Vendor is late',
  });
});

test('mine brings back what my new row refers to', () => {
  const people = new TwoPeople();
  const third = id(7);
  people.lou(removeRow('phases', people.row('phases', OTHER_PHASE)));
  const conflict = people.pat(insertRow('chapters', third, { code: '3', title: 'Start', phase_id: OTHER_PHASE }));
  people.settle(conflict, 'mine');
  expect(people.row('phases', OTHER_PHASE).code).toBe('B');
  expect(people.row('chapters', third).title).toBe('Start');
});

test('mine removes a row with what others added to it', () => {
  const people = new TwoPeople();
  const third = id(7);
  const seen = people.row('phases', OTHER_PHASE);
  people.lou(insertRow('chapters', third, { code: '3', title: 'Start', phase_id: OTHER_PHASE }));
  const conflict = people.pat(removeRow('phases', seen));
  expect(conflict.cause).toBe('children_changed');
  people.settle(conflict, 'mine');
  expect(people.view().rows.phases.has(OTHER_PHASE)).toBe(false);
  expect(people.view().rows.chapters.has(third)).toBe(false);
});

test('mine removes a row that somebody moved', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(slipBy(seen, 30));
  const conflict = people.pat(removeRow('chapter_schedules', seen));
  people.settle(conflict, 'mine');
  expect(people.view().rows.chapter_schedules.has(SCHEDULE)).toBe(false);
});

test.each([
  ['blocked', 'done'],
  ['done', 'blocked'],
  ['skipped', 'done'],
] as const)('what one called %s the other can decide to be %s, and undo goes back', (theirs, mine) => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(setFields('chapter_schedules', seen, { status: theirs }));
  const conflict = people.pat(setFields('chapter_schedules', seen, { status: mine }));
  const ops = resolveConflict(people.view(), conflict, 'mine');
  const effect = effectOf(people.view(), ops);
  people.settleWith(ops);
  expect(people.row('chapter_schedules', SCHEDULE).status).toBe(mine);
  const back = inverseOf(people.view(), effect);
  expect(back.kept).toEqual([]);
  people.settleWith(back.ops);
  expect(people.row('chapter_schedules', SCHEDULE).status).toBe(theirs);
});

test('what was typed for one field keeps what the same form changed besides', () => {
  const people = new TwoPeople();
  const seen = people.row('chapters', CHAPTER);
  people.lou(setFields('chapters', seen, { title: 'End' }));
  const conflict = people.pat(setFields('chapters', seen, { title: 'Halt', rollback_action: 'Start again' }));
  people.settle(conflict, 'custom', { [CHAPTER]: { title: 'Halt and end' } });
  expect(people.row('chapters', CHAPTER)).toMatchObject({ title: 'Halt and end', rollback_action: 'Start again' });
});

test('a new row whose code is taken is made under another one, with all that was asked for', () => {
  const people = new TwoPeople();
  const chapter = (n: number, title: string) => insertRow('chapters', id(n), { code: '3', title, phase_id: PHASE });
  people.lou(chapter(7, 'Start'));
  const conflict = people.pat(chapter(8, 'Check'));
  expect(conflict.cause).toBe('constraint');
  people.settle(conflict, 'custom', { [id(8)]: { code: '4' }, [id(7)]: { code: '3' } });
  expect(people.row('chapters', id(8))).toMatchObject({ code: '4', title: 'Check', phase_id: PHASE });
  expect(people.row('chapters', id(7))).toMatchObject({ code: '3', title: 'Start' });
});
