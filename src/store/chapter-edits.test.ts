import { describe, expect, test } from 'vitest';
import { CHAPTERS, LIVE, sampleView } from '../testing/sample-view.ts';
import { addChapter, hangingOn, moveChapter, nextCode, removeChapters } from './chapter-edits.ts';
import type { Op } from './edit.ts';
import { effectOf, inverseOf } from './effect.ts';
import { movePhase } from './phase-edits.ts';
import { chaptersInOrder, phasesInOrder } from './plan-order.ts';
import { placeAt } from './positions.ts';
import { previewOf } from './preview.ts';
import { changeRow, problemOf } from './row-edits.ts';
import type { Chapter, Phase } from './rows.ts';
import { scheduleId } from './rows.ts';
import { usesText } from './uses.ts';
import type { PlanView } from './view.ts';

const NEW = '00000000-0000-4000-8000-00000000aa01';
const LINK = '00000000-0000-4000-8000-00000000dd01';
const view = sampleView({ role: 'lead' });
const { rows } = view;
const [before, weekend] = phasesInOrder(rows) as readonly [Phase, Phase];
const chapter = (id: string, of: PlanView = view) => of.rows.chapters.get(id) as Chapter;

/** The plan after the ops, which have to be accepted. */
function planAfter(ops: readonly Op[], of: PlanView = view): PlanView {
  const { verdict, view: next } = previewOf(of, ops);
  expect(verdict).toEqual({ outcome: 'applied' });
  return next;
}

const codes = (of: PlanView, phase: Phase) => chaptersInOrder(of.rows, phase.id).map(({ code }) => code);

describe('positions', () => {
  test('a place between two is half-way, and moves nobody', () => {
    expect(placeAt([{ position: 0 }, { position: 100 }], 1)).toEqual({ position: 50, shifted: [] });
    expect(placeAt([], 0)).toEqual({ position: 1024, shifted: [] });
    expect(placeAt([{ position: 5 }], 0)).toEqual({ position: -1019, shifted: [] });
    expect(placeAt([{ position: 5 }], 1)).toEqual({ position: 1029, shifted: [] });
  });

  test('where there is no room, what follows makes some, as far as needed', () => {
    const siblings = [{ position: 1 }, { position: 2 }, { position: 3 }, { position: 9000 }];
    const { position, shifted } = placeAt(siblings, 1);
    expect([position, ...shifted.map((each) => each.position)]).toEqual([1025, 2049, 3073]);
  });

  test('rows in one place come apart', () => {
    const { position, shifted } = placeAt([{ position: 0 }, { position: 0 }], 1);
    expect([position, ...shifted.map((each) => each.position)]).toEqual([1024, 2048]);
  });
});

describe('chapters', () => {
  const fields = { code: 'AC', title: 'Tidy', kind: 'work', team_id: null, site_id: null } as const;

  test('a new chapter stands right after another one, or first in its phase', () => {
    const add = (place: string | null) =>
      codes(planAfter(addChapter(rows, NEW, { place: { phaseId: before.id, after: place }, fields }).ops), before);
    expect(add(CHAPTERS.load)).toEqual(['AA', 'AC', 'AB']);
    expect(add(CHAPTERS.check)).toEqual(['AA', 'AB', 'AC']);
    expect(add(null)).toEqual(['AC', 'AA', 'AB']);
  });

  test('a code that is taken is a problem of the field, told before anything is sent', () => {
    const { ops } = addChapter(rows, NEW, {
      place: { phaseId: before.id, after: null },
      fields: { ...fields, code: 'AB' },
    });
    expect(problemOf(view, ops)).toEqual({ field: 'code', message: 'The code "AB" is taken by another chapter.' });
    expect(problemOf({ ...view, role: 'planner' }, ops)?.message).toBe('Only a lead may change a chapter.');
  });

  test('moving goes one place on, and at the end of a phase into the next one', () => {
    const down = planAfter(moveChapter(rows, chapter(CHAPTERS.load), 1)?.ops ?? []);
    expect(codes(down, before)).toEqual(['AB', 'AA']);
    const act = moveChapter(down.rows, chapter(CHAPTERS.load, down), 1);
    expect(act?.label).toBe('Move AA to phase C');
    expect(codes(planAfter(act?.ops ?? [], down), weekend)).toEqual(['AA', 'CA', 'CB']);
    const up = moveChapter(rows, chapter(CHAPTERS.gate), -1);
    expect(codes(planAfter(up?.ops ?? []), before)).toEqual(['AA', 'AB', 'CA']);
    expect(moveChapter(rows, chapter(CHAPTERS.load), -1)).toBeNull();
    expect(moveChapter(rows, chapter(CHAPTERS.open), 1)).toBeNull();
  });

  test('a form sends the fields that changed, on the values that it was opened with', () => {
    const row = chapter(CHAPTERS.load);
    const act = changeRow('chapters', 'Chapter AA', { row, wanted: { ...row, title: 'Load all', team_id: null } });
    expect(act?.label).toBe('Chapter AA: title and team');
    expect(act?.ops).toEqual([
      {
        op: 'set',
        table: 'chapters',
        id: row.id,
        base: { title: 'Load', team_id: row.team_id },
        set: { title: 'Load all', team_id: null },
      },
    ]);
    expect(changeRow('chapters', 'Chapter AA', { row, wanted: { title: 'Load' } })).toBeNull();
  });

  test('removing takes times and dependencies along, and undo brings everything back', () => {
    const link = { predecessor_id: CHAPTERS.load, successor_id: CHAPTERS.check, kind: 'FS', lag_minutes: 0 } as const;
    const linked = planAfter([{ op: 'insert', table: 'dependencies', id: LINK, row: link }]);
    const chapters = [chapter(CHAPTERS.load, linked)];
    const hanging = hangingOn(linked.rows, chapters);
    expect(hanging.dependencies).toHaveLength(1);
    expect(hanging.schedules).toHaveLength(2);
    const { label, ops } = removeChapters(chapters, hanging);
    expect(label).toBe('Remove chapter AA');
    const gone = planAfter(ops, linked);
    expect(gone.rows.chapters.has(CHAPTERS.load)).toBe(false);
    expect(gone.rows.chapter_schedules.has(scheduleId(LIVE, CHAPTERS.load))).toBe(false);
    const back = inverseOf(gone, effectOf(linked, ops));
    expect(back.kept).toEqual([]);
    const again = planAfter(back.ops, gone);
    expect(again.rows.chapters.get(CHAPTERS.load)).toMatchObject({ code: 'AA', title: 'Load', position: 1 });
    expect(again.rows.chapter_schedules.get(scheduleId(LIVE, CHAPTERS.load))).toMatchObject({ status: 'running' });
    expect(again.rows.dependencies.get(LINK)).toMatchObject(link);
  });

  test('undo of a new chapter removes it, unless somebody gave it times since', () => {
    const { ops } = addChapter(rows, NEW, { place: { phaseId: before.id, after: null }, fields });
    const added = planAfter(ops);
    const effect = effectOf(view, ops);
    expect(inverseOf(added, effect).ops.map(({ op }) => op)).toEqual(['remove']);
    const times = { chapter_id: NEW, iteration_id: LIVE, planned_start: 30_000_000, planned_end: 30_000_060 };
    const timed = planAfter(
      [{ op: 'insert', table: 'chapter_schedules', id: scheduleId(LIVE, NEW), row: times }],
      added,
    );
    const { ops: none, kept } = inverseOf(timed, effect);
    expect(none).toEqual([]);
    expect(kept[0]?.why).toBe('Chapter AC is still used by the schedule of chapter AC in RUN3.');
  });

  test('the next code goes on where the last one ended', () => {
    const next = (code: string, ...taken: string[]) => nextCode(code, new Set(taken));
    expect(next('CF')).toBe('CG');
    expect(next('CF', 'CG', 'CH')).toBe('CI');
    expect(next('CZ')).toBe('CZA');
    expect(next('A-09')).toBe('A-10');
    expect(next('C')).toBe('D');
  });
});

describe('phases', () => {
  test('a phase moves past its neighbour, with all its chapters', () => {
    const moved = planAfter(movePhase(rows, weekend, -1)?.ops ?? []);
    expect(phasesInOrder(moved.rows).map(({ code }) => code)).toEqual(['C', 'A']);
    expect(movePhase(rows, before, -1)).toBeNull();
  });

  test('what uses a row is named, and counted where there is more', () => {
    expect(usesText(view, 'phases', before.id)).toBe('used by chapter AB, chapter AA');
    expect(usesText(view, 'teams', chapter(CHAPTERS.load).team_id ?? '')).toBe(
      'used by chapter AB, chapter AA, chapter CA and 1 more',
    );
    expect(usesText(view, 'sites', NEW)).toBe('');
  });
});
