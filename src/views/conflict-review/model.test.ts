import { describe, expect, test } from 'vitest';
import { scheduleId } from '../../store/rows.ts';
import { CHAPTERS, LIVE, sampleConflict, sampleView } from '../sample-view.ts';
import { needingDecision } from './conflict-review.ts';
import { conflictModel } from './model.ts';

const own = sampleConflict();
const others = sampleConflict({ id: 'c2', author: 'planner-b', author_name: 'Planner B', at: 0 });

describe('the conflict review', () => {
  test('a conflict is one sentence with names and times', () => {
    const [card] = conflictModel(sampleView({ conflicts: [own] })).open;
    expect(card?.items[0]?.sentence).toBe(
      'You: Sat 16 Jan 22:30 → 01:45 (3h15). Planner B at 21:05: Sat 16 Jan 22:15 → 01:30 (3h15). Before: Sat 16 Jan 22:00 → 01:15 (3h15).',
    );
    expect(card?.items[0]?.what).toBe('AB Check · RUN3');
  });

  test('planners see their own, leads see all with theirs first', () => {
    const conflicts = [others, own];
    expect(conflictModel(sampleView({ conflicts })).open.map(({ id }) => id)).toEqual([own.id]);
    const lead = sampleView({ conflicts, role: 'lead' });
    expect(conflictModel(lead).open.map(({ id }) => id)).toEqual([own.id, 'c2']);
    expect(conflictModel(lead).headline).toBe('1 decision waits for you, 1 for others.');
    expect([needingDecision(sampleView({ conflicts })), needingDecision(lead)]).toEqual([1, 2]);
  });

  test('three bars share one stretch of time', () => {
    const [card] = conflictModel(sampleView({ conflicts: [own] })).open;
    const { base, theirs, mine } = card?.items[0]?.bars ?? {};
    expect(base?.[0]).toBe(0);
    expect(mine?.[1]).toBe(1);
    expect(theirs?.[0]).toBeCloseTo(15 / 225);
  });

  test('a shift can be put on top of theirs', () => {
    expect(conflictModel(sampleView({ conflicts: [own] })).open[0]?.onTop).toBe('+30m');
    const note = sampleConflict({ cause: 'both_changed' });
    expect(conflictModel(sampleView({ conflicts: [note] })).open[0]?.onTop).toBeNull();
  });

  test('values are told as people read them', () => {
    const id = scheduleId(LIVE, CHAPTERS.load);
    const side = { table: 'chapter_schedules', id, theirs_by: 'Planner B', theirs_at: null, theirs_rev: 4 } as const;
    const items = [
      {
        ...side,
        unit: 'progress',
        base: { status: 'pending', actual_start: null },
        theirs: { status: 'blocked', actual_start: null },
        mine: { status: 'skipped', actual_start: null },
      },
      { ...side, unit: 'note', base: { note: '' }, theirs: { note: 'Vendor late.' }, mine: { note: 'Call Kim' } },
      { ...side, unit: 'row', base: { note: '' }, theirs: null, mine: { note: '' } },
    ];
    const [card] = conflictModel(sampleView({ conflicts: [sampleConflict({ items })] })).open;
    expect(card?.items.map(({ base, theirs, mine }) => [base, theirs, mine])).toEqual([
      ['Planned', 'Blocked', 'Skipped'],
      ['nothing', '“Vendor late.”', '“Call Kim”'],
      ['kept', 'removed', 'kept'],
    ]);
    expect(card?.items[1]?.sentence).toBe('You: “Call Kim”. Planner B: “Vendor late.” Before: nothing.');
  });

  test('what is settled is told below, with how and by whom', () => {
    const resolved = sampleConflict({
      state: 'resolved',
      resolution: { choice: 'theirs', edit_id: 'x' },
      resolved_by: 'Lea Lead',
    });
    const { open, settled } = conflictModel(sampleView({ conflicts: [resolved] }));
    expect(open).toEqual([]);
    expect(settled).toMatchObject([{ label: 'Move AB (Planner A)', how: 'kept theirs, Lea Lead' }]);
  });

  test('an edit that will conflict is announced softly', () => {
    const edit = { id: 'e9', seq: 1, at: 0, label: 'Move AB', ops: [] };
    const queue = [
      { edit, predicted: { outcome: 'conflict', cause: own.cause, items: own.items }, isKept: true, isSent: false },
    ] as const;
    expect(conflictModel(sampleView({ queue })).predicted).toMatchObject([{ label: 'Move AB' }]);
  });
});
