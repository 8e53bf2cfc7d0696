import { describe, expect, test } from 'vitest';
import { applied } from '../testing/demo-view.ts';
import { CHAPTERS, sampleView } from '../testing/sample-view.ts';
import { chapterMeant, chaptersLike } from './chapter-search.ts';
import { dependenciesOf } from './dependencies-of.ts';
import { addDependency, changeDependency, readLag, removeDependency, waitProblem } from './dependency-edits.ts';
import { effectOf, inverseOf } from './effect.ts';
import { insertRow } from './ops.ts';
import { previewOf } from './preview.ts';
import { problemOf } from './row-edits.ts';
import type { Dependency } from './rows.ts';

const IDS = ['1', '2'].map((end) => `00000000-0000-4000-8000-00000000dd0${end}`) as readonly string[] as readonly [
  string,
  string,
];
const empty = sampleView({ role: 'lead' });
const wait = (predecessor_id: string, successor_id: string) =>
  ({ predecessor_id, successor_id, kind: 'FS', lag_minutes: 0 }) as const;
const first = addDependency(empty.rows, IDS[0], wait(CHAPTERS.load, CHAPTERS.check));
const one = previewOf(empty, first.ops).view;
const second = addDependency(one.rows, IDS[1], wait(CHAPTERS.check, CHAPTERS.gate));
const view = previewOf(one, second.ops).view;

describe('dependencies', () => {
  test('a chapter has those it waits for and those that wait for it', () => {
    expect(first.label).toBe('Add dependency AA → AB');
    const { before, after } = dependenciesOf(view.rows, CHAPTERS.check);
    expect(before.map(({ id }) => id)).toEqual([IDS[0]]);
    expect(after.map(({ id }) => id)).toEqual([IDS[1]]);
  });

  test('a circle is named chapter by chapter, and the rules refuse it too', () => {
    const closing = wait(CHAPTERS.gate, CHAPTERS.load);
    expect(waitProblem(view.rows, closing)).toEqual({
      field: 'other',
      message: 'That would close a circle: AA → AB → CA → AA.',
    });
    const { ops } = addDependency(view.rows, '00000000-0000-4000-8000-00000000dd03', closing);
    expect(problemOf(view, ops)?.message).toBe('Chapters CA and AA would wait for each other.');
    expect(waitProblem(view.rows, wait(CHAPTERS.load, CHAPTERS.gate))).toBeNull();
  });

  test('a chapter does not wait for itself, nor twice in the same way for another one', () => {
    expect(waitProblem(view.rows, wait(CHAPTERS.load, CHAPTERS.load))?.message).toBe(
      'A chapter cannot wait for itself.',
    );
    expect(waitProblem(view.rows, wait(CHAPTERS.load, CHAPTERS.check))?.message).toBe('AB waits for AA already.');
    expect(waitProblem(view.rows, { ...wait(CHAPTERS.load, CHAPTERS.check), kind: 'FF' })).toBeNull();
  });

  test('a change sends what changed, and undo puts it back', () => {
    const row = view.rows.dependencies.get(IDS[0]) as Dependency;
    const act = changeDependency(view.rows, row, { kind: 'SS', lag_minutes: 30 });
    expect(act?.label).toBe('Dependency AA → AB: SS +30m');
    expect(act?.ops).toMatchObject([{ base: { kind: 'FS', lag_minutes: 0 }, set: { kind: 'SS', lag_minutes: 30 } }]);
    expect(changeDependency(view.rows, row, { kind: 'FS', lag_minutes: 0 })).toBeNull();
    const ops = act?.ops ?? [];
    const back = inverseOf(previewOf(view, ops).view, effectOf(view, ops));
    expect(back.ops).toMatchObject([{ op: 'set', set: { kind: 'FS', lag_minutes: 0 } }]);
    const { label, ops: removal } = removeDependency(view.rows, row);
    expect(label).toBe('Remove dependency AA → AB');
    const again = inverseOf(previewOf(view, removal).view, effectOf(view, removal));
    expect(again.ops).toMatchObject([{ op: 'insert', id: IDS[0], row: wait(CHAPTERS.load, CHAPTERS.check) }]);
  });

  test('a lag is read as it is written', () => {
    expect(['', '0', '±0m', '+30m', '-1h30', '−15', 'soon'].map(readLag)).toEqual([0, 0, 0, 30, -90, -15, null]);
  });
});

describe('finding a chapter', () => {
  const codes = (text: string) => chaptersLike(view.rows, text, 3).map(({ code }) => code);

  test('codes that begin so come before titles that contain it', () => {
    expect(codes('a')).toEqual(['AA', 'AB']);
    expect(codes('c')).toEqual(['CA', 'CB', 'AB']);
    expect(codes('')).toHaveLength(3);
  });

  test('a code, the offered name or the only match means a chapter; anything else means none', () => {
    const meant = (text: string) => chapterMeant(view.rows, text)?.code ?? null;
    expect([' ab', 'AB – Check', 'loa', 'c', 'nothing', ''].map(meant)).toEqual(['AB', 'AB', 'AA', null, null, null]);
  });

  test('a code means the chapter that has it in this case, and in another case the only one', () => {
    const id = '80000000-0000-4000-8000-0000000000aa';
    const both = applied(view, [
      insertRow('chapters', id, {
        code: 'ab',
        title: 'Check',
        phase_id: view.rows.chapters.get(CHAPTERS.check)?.phase_id ?? '',
      }),
    ]);
    const meant = (text: string) => chapterMeant(both.rows, text)?.code ?? null;
    expect(['ab', 'AB', 'ab – Check', 'Ab', 'aa'].map(meant)).toEqual(['ab', 'AB', 'ab', null, 'AA']);
  });
});
