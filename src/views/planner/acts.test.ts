import { describe, expect, test } from 'vitest';
import { at, CHAPTERS, NOW, PLANNED, sampleView } from '../../testing/sample-view.ts';
import { isScheduled, type Scheduled, setNote, setStatus, setTimes, slip, takeOut } from './acts.ts';
import type { ChapterLine } from './lines.ts';
import { plannerModel } from './model.ts';

const { rows, line } = plannerModel({
  view: sampleView(),
  iteration: 'DR1',
  now: NOW,
  collapsed: new Set(),
  selected: new Set(),
});
const chapters = rows.map(line).filter((each): each is ChapterLine => each.kind === 'chapter');
const load = chapters.filter(isScheduled)[0] as Scheduled;
const open = chapters.find(({ id }) => id === CHAPTERS.open) as ChapterLine;
const { planned_start: start, planned_end: end } = load.schedule;

describe('the planner’s edits', () => {
  test('a slip is one edit with one op for each chapter', () => {
    const act = slip([load, load], -15);
    expect(act.label).toBe('Slip of 2 chapters by −15m');
    expect(act.ops.map((op) => op.op === 'slip' && op.by)).toEqual([-15, -15]);
  });

  test('taking out removes the times of this iteration, and says what was seen of them', () => {
    const act = takeOut([load], 'DR1');
    expect(act.label).toBe('Take AA out of DR1');
    expect(act.ops).toMatchObject([
      {
        op: 'remove',
        table: 'chapter_schedules',
        id: load.schedule.id,
        base: { planned_start: start, status: 'pending' },
      },
    ]);
  });

  test('times set at once become the gesture that explains them', () => {
    const kindOf = (from: number, to: number) =>
      setTimes('Europe/Zurich', load, PLANNED, { start: from, end: to, isFixed: false }).ops.map(({ op }) => op);
    expect(kindOf(start + 30, end + 30)).toEqual(['move']);
    expect(kindOf(start, end + 30)).toEqual(['resize']);
    expect(kindOf(start - 30, end)).toEqual(['resize']);
    expect(kindOf(start - 30, end + 30)).toEqual(['set']);
  });

  test('fixing a start says so, in the unit of the planned times', () => {
    const act = setTimes('Europe/Zurich', load, PLANNED, { start, end, isFixed: true });
    expect(act.label).toBe('AA from Sat 16 Jan 20:00, fixed');
    expect(act.ops).toMatchObject([{ op: 'set', set: { planned_start: start, fixed_start: true } }]);
  });

  test('scheduling makes the row whose id every device derives', () => {
    const act = setTimes('Europe/Zurich', open, PLANNED, {
      start: at('2027-01-17T02:00Z'),
      end: at('2027-01-17T03:00Z'),
      isFixed: false,
    });
    expect(act.label).toBe('Schedule CB at Sun 17 Jan 03:00');
    expect(act.ops).toMatchObject([
      { op: 'insert', id: open.scheduleId, row: { chapter_id: CHAPTERS.open, iteration_id: PLANNED } },
    ]);
  });

  test('a deadline is a field of its own, beside the gesture that explains the times', () => {
    const act = (more: { from?: number; mustFinishBy: number | null }, line = load) =>
      setTimes('Europe/Zurich', line, PLANNED, {
        start: start + (more.from ?? 0),
        end: end + (more.from ?? 0),
        isFixed: false,
        mustFinishBy: more.mustFinishBy,
      });
    expect(act({ mustFinishBy: end }).label).toBe('AA must finish by Sat 16 Jan 22:00');
    expect(act({ mustFinishBy: end }).ops).toMatchObject([
      { op: 'set', base: { must_finish_by: null }, set: { must_finish_by: end } },
    ]);
    const both = act({ from: 30, mustFinishBy: end });
    expect(both.label).toBe('Move AA to Sat 16 Jan 20:30, and must finish by Sat 16 Jan 22:00');
    expect(both.ops.map(({ op }) => op)).toEqual(['move', 'set']);
    expect(act({ from: 30, mustFinishBy: null }).ops.map(({ op }) => op)).toEqual(['move']);
    const due = { ...load, schedule: { ...load.schedule, must_finish_by: end } };
    expect(act({ mustFinishBy: null }, due).label).toBe('AA has no deadline any more');
  });

  test('a status brings its actual times', () => {
    expect(setStatus([load], 'running', NOW).ops).toMatchObject([
      { op: 'set', set: { status: 'running', actual_start: NOW } },
    ]);
    expect(setStatus([load], 'running', NOW).label).toBe('AA: running');
  });

  test('a note is its own unit', () => {
    expect(setNote(load, 'Vendor late.').ops).toMatchObject([
      { op: 'set', base: { note: '' }, set: { note: 'Vendor late.' } },
    ]);
  });
});
