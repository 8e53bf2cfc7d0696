import { expect, test } from 'vitest';
import { CHAPTER, ITERATION, id, NOON, PHASE, SCHEDULE, SECOND_SCHEDULE, TwoPeople } from '../testing/two-people.ts';
import { combineTexts } from './combine-text.ts';
import { chainsOf } from './conflict-chains.ts';
import { insertRow, moveTo, setFields, slipBy } from './ops.ts';
import { previewOf } from './preview.ts';
import { restated } from './restated.ts';
import { type ChapterSchedule, type Conflict, scheduleId } from './rows.ts';
import { settle, settleAll, settleByHand } from './settle-conflicts.ts';

/** Lou moves AB; Pat moves it elsewhere and then writes a note on it, which waits for the first. */
function chain() {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(moveTo(seen, NOON + 10));
  const first = people.pat(moveTo(seen, NOON + 30));
  const second = people.pat(setFields('chapter_schedules', seen, { note: 'Vendor is late' }));
  expect(second.cause).toBe('blocked');
  return { people, conflicts: [first, second] as const };
}

const states = (people: TwoPeople, conflicts: readonly Conflict[]) =>
  conflicts.map(({ id }) => people.row('conflicts', id).state);

test('edits that wait for a conflict belong to it', () => {
  const { conflicts } = chain();
  const other = { ...conflicts[0], id: 'other', author: 'lou', at: 5 };
  expect(chainsOf([conflicts[1], other, conflicts[0]])).toEqual([[...conflicts], [other]]);
});

test('an edit that refers to a row in dispute belongs to it too', () => {
  const people = new TwoPeople();
  const chapter = (n: number) => insertRow('chapters', id(n), { code: '3', title: 'Start', phase_id: PHASE });
  people.lou(chapter(7));
  const first = people.pat(chapter(8));
  const schedule = { chapter_id: id(8), iteration_id: ITERATION, planned_start: NOON, planned_end: NOON + 60 };
  const second = people.pat(insertRow('chapter_schedules', scheduleId(ITERATION, id(8)), schedule));
  expect([first.cause, second.cause]).toEqual(['constraint', 'blocked']);
  expect(chainsOf([first, second])).toEqual([[first, second]]);
});

test('a chain is settled by one edit: mine takes up all of it', () => {
  const { people, conflicts } = chain();
  people.settleWith(settle(people.view(), conflicts, 'mine')?.ops ?? []);
  expect(people.row('chapter_schedules', SCHEDULE)).toMatchObject({ planned_start: NOON + 30, note: 'Vendor is late' });
  expect(states(people, conflicts)).toEqual(['resolved', 'resolved']);
});

test('theirs drops what is in dispute, and keeps what was built on it and nobody contests', () => {
  const { people, conflicts } = chain();
  const seen = { ...people.row('chapter_schedules', SCHEDULE), planned_start: NOON + 30, planned_end: NOON + 90 };
  const third = people.pat(moveTo(seen, NOON + 40));
  const settling = settle(people.view(), [...conflicts, third], 'theirs');
  expect(settling?.fates.map(({ fate }) => fate)).toEqual(['kept', 'dropped']);
  people.settleWith(settling?.ops ?? []);
  expect(people.row('chapter_schedules', SCHEDULE)).toMatchObject({ planned_start: NOON + 10, note: 'Vendor is late' });
  expect(states(people, [...conflicts, third])).toEqual(['withdrawn', 'resolved', 'withdrawn']);
});

test.each(['theirs', 'mine', 'both'] as const)(
  'what somebody else changed meanwhile in an edit that waits is asked about on its own: %s',
  (way) => {
    const people = new TwoPeople();
    const seen = people.row('chapter_schedules', SCHEDULE);
    people.lou(moveTo(seen, NOON + 10), setFields('chapter_schedules', seen, { note: 'By lorry' }));
    const first = people.pat(moveTo(seen, NOON + 30));
    const waiting = people.pat(setFields('chapter_schedules', seen, { note: 'Vendor is late' }));
    people.settleWith(settle(people.view(), [first, waiting], way)?.ops ?? []);
    expect(people.row('chapter_schedules', SCHEDULE).note).toBe('By lorry');
    expect(people.row('conflicts', waiting.id).state).toBe('open');
    const [item] = restated(people.view(), waiting).items;
    expect(item).toMatchObject({ unit: 'note', theirs: { note: 'By lorry' }, mine: { note: 'Vendor is late' } });
  },
);

test('a conflict is shown as the plan stands, not as it stood when it was met', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(moveTo(seen, NOON + 10));
  const conflict = people.pat(moveTo(seen, NOON + 30));
  people.lou(moveTo(people.row('chapter_schedules', SCHEDULE), NOON + 200));
  expect(restated(people.view(), conflict).items).toMatchObject([
    { theirs: { planned_start: NOON + 200 }, mine: { planned_start: NOON + 30 } },
  ]);
});

test('what is set by hand, or on top, keeps what was built on it', () => {
  const byHand = chain();
  const custom = { [SCHEDULE]: { planned_start: NOON + 5, planned_end: NOON + 65 } };
  byHand.people.settleWith(settleByHand(byHand.people.view(), byHand.conflicts, custom));
  expect(byHand.people.row('chapter_schedules', SCHEDULE)).toMatchObject({
    planned_start: NOON + 5,
    note: 'Vendor is late',
  });
  const onTop = chain();
  onTop.people.settleWith(settle(onTop.people.view(), onTop.conflicts, 'both')?.ops ?? []);
  expect(onTop.people.row('chapter_schedules', SCHEDULE)).toMatchObject({
    planned_start: NOON + 40,
    note: 'Vendor is late',
  });
});

test('several conflicts are settled by one edit', () => {
  const people = new TwoPeople();
  const [one, two] = [people.row('chapter_schedules', SCHEDULE), people.row('chapter_schedules', SECOND_SCHEDULE)];
  people.lou(slipBy(one, 30), slipBy(two, 30));
  const conflicts = [people.pat(slipBy(one, 30)), people.pat(slipBy(two, 30))];
  people.settleWith(
    settleAll(
      people.view(),
      conflicts.map((conflict) => [conflict]),
      'theirs',
    ),
  );
  expect(people.row('chapter_schedules', SECOND_SCHEDULE).planned_start).toBe(NOON + 30);
  expect(states(people, conflicts)).toEqual(['withdrawn', 'withdrawn']);
});

test('both notes stand, without the lines that one of them took out', () => {
  expect(combineTexts('a\nb', 'a\nb\nc', 'b\nd')).toBe('b\nc\nd');
  expect(combineTexts('', 'Vendor is late', 'Call Kim')).toBe('Vendor is late\nCall Kim');
  expect(combineTexts('a', 'a', 'a')).toBe('a');
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(setFields('chapter_schedules', seen, { note: 'Vendor is late' }));
  const conflict = people.pat(setFields('chapter_schedules', seen, { note: 'Call Kim' }));
  people.settleWith(settle(people.view(), [conflict], 'both')?.ops ?? []);
  expect(people.row('chapter_schedules', SCHEDULE).note).toBe('Vendor is late\nCall Kim');
});

test('a title has no both', () => {
  const people = new TwoPeople();
  const seen = people.row('chapters', CHAPTER);
  people.lou(setFields('chapters', seen, { title: 'End' }));
  expect(settle(people.view(), [people.pat(setFields('chapters', seen, { title: 'Halt' }))], 'both')).toBeNull();
});

test('a preview shows the plan after an edit, and the rule that forbids one', () => {
  const people = new TwoPeople();
  const view = people.view();
  const seen = people.row('chapter_schedules', SCHEDULE);
  const { verdict, view: after } = previewOf(view, [slipBy(seen, 30)]);
  expect(verdict.outcome).toBe('applied');
  expect(after.rows.chapter_schedules.get(SCHEDULE)?.planned_start).toBe(NOON + 30);
  expect(view.rows.chapter_schedules.get(SCHEDULE)?.planned_start).toBe(NOON);
  const wrong = previewOf(view, [setFields('chapter_schedules', seen, { planned_end: NOON - 5 })]);
  expect(wrong.verdict).toMatchObject({ outcome: 'refused', refusal: { code: 'end_before_start' } });
  expect(wrong.view.rows).toEqual(view.rows);
});

/** Both add a chapter of the same code; Pat schedules hers and writes a note. */
function twins() {
  const people = new TwoPeople();
  const chapter = (n: number) => insertRow('chapters', id(n), { code: '3', title: 'Start', phase_id: PHASE });
  people.lou(chapter(7));
  const own = scheduleId(ITERATION, id(8));
  const schedule = { chapter_id: id(8), iteration_id: ITERATION, planned_start: NOON, planned_end: NOON + 60 };
  const made = { ...schedule, id: own, rev: 0, note: '' } as ChapterSchedule;
  const conflicts = [
    people.pat(chapter(8)),
    people.pat(insertRow('chapter_schedules', own, schedule)),
    people.pat(setFields('chapter_schedules', made, { note: 'By lorry' })),
  ];
  return { people, conflicts, own };
}

test('a chapter whose code was taken gets another one, and keeps what was built on it', () => {
  const { people, conflicts, own } = twins();
  people.settleWith(settleByHand(people.view(), conflicts, { [id(8)]: { code: '4' } }));
  expect(people.row('chapters', id(8)).code).toBe('4');
  expect(people.row('chapter_schedules', own)).toMatchObject({ planned_start: NOON, note: 'By lorry' });
  expect(states(people, conflicts)).toEqual(['resolved', 'resolved', 'resolved']);
});

test('without it nothing is left of what was built on it', () => {
  const { people, conflicts } = twins();
  people.settleWith(settle(people.view(), conflicts, 'theirs')?.ops ?? []);
  expect(states(people, conflicts)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
});
