import { describe, expect, test } from 'vitest';
import { ownDecisions } from '../../store/conflict-chains.ts';
import { type Conflict, scheduleId } from '../../store/rows.ts';
import type { PlanView } from '../../store/view.ts';
import { at, CHAPTERS, LIVE, NOW, sampleConflict, sampleView, schedule } from '../../testing/sample-view.ts';
import { conflictModel as modelOf, settleable } from './model.ts';
import { needingDecision } from './needing-decision.ts';

const CHECK = scheduleId(LIVE, CHAPTERS.check);
const base = { planned_start: at('2027-01-16T21:00Z'), planned_end: at('2027-01-17T00:15Z') };
const own = sampleConflict({
  ops: [{ op: 'move', table: 'chapter_schedules', id: CHECK, base, start: base.planned_start + 30 }],
});
const others = sampleConflict({ id: 'c2', author: 'planner-b', author_name: 'Planner B', at: 0 });

/** What stands is theirs, 15 minutes later than before. */
const stands = schedule(CHAPTERS.check, LIVE, {
  planned_start: at('2027-01-16T21:15Z'),
  planned_end: at('2027-01-17T00:30Z'),
});

const conflictModel = (view: PlanView, linked: string | null = null) =>
  modelOf({ view, now: NOW, linked, names: new Map([['lea', 'Lea Lead']]) });

describe('the conflict review', () => {
  test('a conflict is one sentence with names and times', () => {
    const [card] = conflictModel(sampleView({ conflicts: [own] })).open;
    expect(card?.items[0]?.sentence).toBe(
      'You: Sat 16 Jan 22:30 → 01:45 (3h15). Planner B at 21:05: Sat 16 Jan 22:15 → 01:30 (3h15). Before: Sat 16 Jan 22:00 → 01:15 (3h15).',
    );
    expect(card?.items[0]?.what).toBe('AB Check · RUN3');
  });

  test('a change of another day is told with its day', () => {
    const view = sampleView({ conflicts: [own] });
    const [card] = modelOf({ view, now: NOW + 1_440, linked: null, names: new Map() }).open;
    expect(card?.items[0]?.sentence).toContain('Planner B at Sat 16 Jan 21:05: ');
  });

  test('planners see their own, leads see all with theirs first', () => {
    const conflicts = [others, own];
    expect(conflictModel(sampleView({ conflicts })).open.map(({ id }) => id)).toEqual([own.id]);
    const lead = sampleView({ conflicts, role: 'lead' });
    expect(conflictModel(lead).open.map(({ id }) => id)).toEqual([own.id, 'c2']);
    expect(conflictModel(lead).headline).toBe('1 decision waits for you, 1 for others.');
    expect([needingDecision(sampleView({ conflicts })), needingDecision(lead)]).toEqual([1, 2]);
  });

  test('what builds on a conflict is decided with it: tab, chip and headline count decisions, and say from how many edits', () => {
    const waiting = sampleConflict({ id: 'c5', cause: 'blocked', label: 'Slip AB', at: own.at + 1 });
    const again = sampleConflict({ id: 'c6', cause: 'blocked', label: 'Slip AB', at: own.at + 2 });
    const view = sampleView({ conflicts: [own, waiting, again, others], role: 'lead' });
    expect(needingDecision(view)).toBe(2);
    expect(conflictModel(view).headline).toBe('1 decision waits for you, from 3 edits, 1 for others.');
    expect(ownDecisions(view)).toBe(1);
    expect(ownDecisions(sampleView({ conflicts: [own, waiting, again, others] }))).toBe(1);
    const alone = sampleView({ conflicts: [waiting, again] });
    expect([needingDecision(alone), conflictModel(alone).headline]).toEqual([
      1,
      '1 decision waits for you, from 2 edits.',
    ]);
  });

  test('three bars share one stretch of time', () => {
    const [card] = conflictModel(sampleView({ conflicts: [own] })).open;
    const { base, theirs, mine } = card?.items[0]?.bars ?? {};
    expect(base?.[0]).toBe(0);
    expect(mine?.[1]).toBe(1);
    expect(theirs?.[0]).toBeCloseTo(15 / 225);
  });

  test('each choice tells what the plan will hold and what follows for the night', () => {
    const { rows } = sampleView({ conflicts: [own], schedules: [stands] });
    const link = { id: 'd', rev: 1, kind: 'FS', lag_minutes: 30, predecessor_id: CHAPTERS.check } as const;
    const dependencies = new Map([['d', { ...link, successor_id: CHAPTERS.gate }]]);
    const view = { ...sampleView({ role: 'lead' }), rows: { ...rows, dependencies } };
    const [card] = conflictModel(view).open;
    expect(card?.choices.map(({ key, name, value, effect }) => [key, name, value, effect])).toEqual([
      [
        '1',
        'Keep theirs',
        'will be Sat 16 Jan 22:15 → 01:30 (3h15)',
        'CA decided 5m late · on the critical path · 4h25 left in the window',
      ],
      [
        '2',
        'Use mine',
        'will be Sat 16 Jan 22:30 → 01:45 (3h15)',
        'pushes 1 other chapter · CA decided 15m late · on the critical path · 4h15 left in the window',
      ],
      ['3', 'Edit…', 'Set something else', ''],
      [
        '4',
        'Mine on top (+30m)',
        'will be Sat 16 Jan 22:45 → 02:00 (3h15)',
        'pushes 1 other chapter · CA decided 30m late · on the critical path · 4h left in the window',
      ],
    ]);
  });

  test('a choice that a rule forbids says so before it is made', () => {
    const { choices } = conflictModel(sampleView({ conflicts: [own], schedules: [stands] })).open[0] ?? {};
    // The sample’s iteration is live: only a lead moves planned times.
    expect(choices?.map(({ way, whyNot }) => [way, whyNot])).toEqual([
      ['theirs', null],
      ['mine', 'Iteration RUN3 is live: only a lead may change planned times.'],
      ['edit', null],
      ['both', 'Iteration RUN3 is live: only a lead may change planned times.'],
    ]);
  });

  test('one press for all is offered for those that no rule forbids', () => {
    const { open } = conflictModel(sampleView({ conflicts: [own], schedules: [stands] }));
    expect([settleable(open, 'theirs').length, settleable(open, 'mine').length]).toEqual([1, 0]);
  });

  test('conflicts of one cause with one person stand together, what has the least slack first', () => {
    const item = own.items[0];
    if (item === undefined) throw new Error('the sample has an item');
    const gateItem = { ...item, id: scheduleId(LIVE, CHAPTERS.gate) };
    const gate = sampleConflict({ id: 'c3', items: [gateItem] });
    const note = sampleConflict({ id: 'c4', cause: 'both_changed', items: [{ ...item, theirs_by: 'lea' }] });
    const waiting = sampleConflict({ id: 'c5', cause: 'blocked', label: 'Slip AB', at: own.at + 1 });
    const { groups } = conflictModel(sampleView({ conflicts: [own, note, gate, waiting] }));
    expect(groups.map(({ title, cards }) => [title, cards.map(({ id }) => id)])).toEqual([
      ['Moved by both – Planner B', ['c3', own.id]],
      ['Changed by both – Lea Lead', ['c4']],
    ]);
    expect(groups[0]?.cards[1]?.followers).toEqual(['Slip AB']);
  });

  test('a link shows somebody else’s conflict, and who may settle it', () => {
    const view = sampleView({ conflicts: [others] });
    expect(conflictModel(view).open).toEqual([]);
    expect(conflictModel(view, 'c2').open).toMatchObject([
      { id: 'c2', choices: [], whyNot: 'Only Planner B or a lead can settle this.' },
    ]);
  });

  test.each([
    [
      'double_slip',
      {},
      'You and Planner B both slipped AB by +30m. Together that is +1h. One slip is usually what was meant: keep theirs.',
    ],
    ['both_moved', {}, 'You and Planner B both moved AB, to different times.'],
    [
      'removed',
      { theirs: null },
      'Planner B removed AB, which you changed. Keep it removed, or bring it back with the change.',
    ],
    [
      'removed',
      { mine: null },
      'You removed AB, which Planner B changed meanwhile. Keep it with the change, or remove it all the same.',
    ],
    [
      'constraint',
      {},
      'What you and Planner B did to AB is fine alone; together it breaks a rule of the plan. What stands is safe.',
    ],
  ] as const)('%s has its own sentence', (cause, fields, sentence) => {
    const items = own.items.map((item) => ({ ...item, ...fields }));
    expect(
      conflictModel(sampleView({ conflicts: [sampleConflict({ ops: own.ops, cause, items })] })).open[0]?.cause,
    ).toBe(sentence);
  });

  test.each([
    ['code', 'You and Planner B both gave the code “AG”, and only one can have it. Edit… gives yours another one.'],
    ['principal', 'You and Planner B both gave “AG” a role. Keep theirs; the role can be changed then.'],
    [
      'row',
      'What you and Planner B did to AA, AB is fine alone; together it breaks a rule of the plan. What stands is safe.',
    ],
  ])('what only one row can have is told: %s', (unit, sentence) => {
    const item = { table: 'chapters', unit, base: null, theirs_at: null, theirs_rev: null } as const;
    const items = [
      { ...item, id: CHAPTERS.load, theirs: null, mine: { [unit]: 'AG' }, theirs_by: null },
      { ...item, id: CHAPTERS.check, theirs: { [unit]: 'AG' }, mine: null, theirs_by: 'Planner B' },
    ];
    const [card] = conflictModel(sampleView({ conflicts: [sampleConflict({ cause: 'constraint', items })] })).open;
    expect(card?.cause).toBe(sentence);
  });

  test('an own change is told as such, whichever page it was made on', () => {
    const items = own.items.map((item) => ({ ...item, theirs_by: 'planner-a' }));
    const told = (fields: Partial<Conflict>) => {
      const conflicts = [sampleConflict({ ops: own.ops, items, ...fields })];
      const { groups, open } = conflictModel(sampleView({ conflicts, role: 'lead' }));
      return [groups[0]?.title, open[0]?.cause, open[0]?.items[0]?.sentence.split(' Before')[0]];
    };
    expect(told({})).toEqual([
      'Moved by both – You, in another edit',
      'You and you, in another edit, both moved AB, to different times.',
      'You: Sat 16 Jan 22:30 → 01:45 (3h15). You, in another edit, at 21:05: Sat 16 Jan 22:15 → 01:30 (3h15).',
    ]);
    // Somebody else’s, which a lead decides.
    expect(told({ author: 'planner-b', author_name: 'Planner B' })).toEqual([
      'Moved by both – You',
      'Planner B and you both moved AB, to different times.',
      'Planner B: Sat 16 Jan 22:30 → 01:45 (3h15). You at 21:05: Sat 16 Jan 22:15 → 01:30 (3h15).',
    ]);
    const removed = items.map((item) => ({ ...item, theirs: null }));
    expect(told({ cause: 'removed', items: removed })[1]).toMatch(
      /^You, in another edit, removed AB, which you changed/,
    );
    const made = items.map((item) => ({ ...item, unit: 'code', base: null, mine: null, theirs: { code: 'AG' } }));
    const view = sampleView({ conflicts: [sampleConflict({ cause: 'constraint', items: made })] });
    expect(conflictModel(view).open[0]?.items[0]?.what).toBe('AB Check · RUN3 · yours');
  });

  test('a row that an edit only needs is not said to be changed by it', () => {
    const items = [{ ...own.items[0], table: 'phases', id: 'p9', unit: 'row', base: { code: 'Q' }, theirs: null }];
    const ops = [{ op: 'insert', table: 'chapters', id: 'new', row: { phase_id: 'p9' } }];
    const conflict = sampleConflict({ cause: 'removed', label: 'Add chapter AG', items, ops } as Partial<Conflict>);
    expect(conflictModel(sampleView({ conflicts: [conflict] })).open[0]?.cause).toBe(
      'Planner B removed Q, which “Add chapter AG” needs. Keep it removed, or bring it back.',
    );
  });

  test('what went with its chapter is not said to come back while the chapter is gone', () => {
    const fields = schedule(CHAPTERS.check, LIVE);
    const { id: _, rev: __, ...base } = { ...fields };
    const items = own.items.map((item) => ({ ...item, unit: 'row', base, theirs: null, mine: base }));
    const view = sampleView({
      conflicts: [sampleConflict({ cause: 'removed', items, ops: own.ops })],
      schedules: [],
      role: 'lead',
    });
    const chapters = new Map([...view.rows.chapters].filter(([id]) => id !== CHAPTERS.check));
    const schedules = new Map([...view.rows.chapter_schedules].filter(([id]) => id !== CHECK));
    const rows = { ...view.rows, chapters, chapter_schedules: schedules };
    const [card] = conflictModel({ ...view, rows }).open;
    expect(card?.cause).toBe(
      'Planner B removed a chapter and with it its schedule, which you changed. It stays removed, unless the chapter comes back first.',
    );
    expect(card?.choices.find(({ way }) => way === 'mine')?.whyNot).toBe(
      'What it belongs to was removed too, and would have to come back first.',
    );
  });

  test('what somebody removed and brought back is said to be back', () => {
    const items = own.items.map((item) => ({ ...item, theirs: null }));
    const conflicts = [sampleConflict({ cause: 'removed', items })];
    const view = sampleView({ conflicts, schedules: [{ ...stands, rev: 6 }] });
    expect(conflictModel(view).open[0]?.cause).toBe(
      'Planner B removed AB, which you changed; by now it is back. Leave it as it stands, or change it.',
    );
  });

  test('a dependency is named by the chapters that it joins', () => {
    const base = { predecessor_id: CHAPTERS.load, successor_id: CHAPTERS.check, kind: 'FS', lag_minutes: 0 };
    const items = own.items.map((item) => ({ ...item, table: 'dependencies' as const, id: 'd1', unit: 'row', base }));
    const conflicts = [
      sampleConflict({
        cause: 'children_changed',
        items: items.map((item) => ({ ...item, theirs: base, mine: null })),
      }),
    ];
    expect(conflictModel(sampleView({ conflicts })).open[0]?.cause).toBe(
      'You removed something that Planner B added to or changed meanwhile: the dependency of AB on AA.',
    );
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
      resolved_by: 'lea',
    });
    const own = sampleConflict({ ...resolved, id: 'c9', resolved_by: 'planner-a' });
    const { open, settled } = conflictModel(sampleView({ conflicts: [resolved, own] }));
    expect(open).toEqual([]);
    expect(settled).toMatchObject([
      { label: 'Move AB (Planner A)', how: 'kept theirs, Lea Lead' },
      { label: 'Move AB (Planner A)', how: 'kept theirs, you' },
    ]);
  });

  test('an edit that will conflict is announced softly', () => {
    const edit = { id: 'e9', seq: 1, at: 0, label: 'Move AB', ops: [] };
    const queue = [
      { edit, predicted: { outcome: 'conflict', cause: own.cause, items: own.items }, isKept: true, isSent: false },
    ] as const;
    expect(conflictModel(sampleView({ queue })).predicted).toMatchObject([{ label: 'Move AB' }]);
  });
});
