import { expect, test } from 'vitest';
import type { Op } from '../../store/edit.ts';
import { previewOf } from '../../store/preview.ts';
import type { Dependency } from '../../store/rows.ts';
import { CHAPTERS, NOW, sampleView } from '../../testing/sample-view.ts';
import { arrowsOf } from './arrow-paths.ts';
import { plannerModel } from './model.ts';

const { load, check, gate } = CHAPTERS;
const measures = { scale: 1, row: 30, head: 50 };

function arrows(rowId: string, ...links: readonly Partial<Dependency>[]) {
  const ops = links.map((link, i): Op => {
    const row = { predecessor_id: load, successor_id: check, ...link };
    return { op: 'insert', table: 'dependencies', id: `00000000-0000-4000-8000-00000000dd0${i}`, row };
  });
  const { view } = previewOf(sampleView({ role: 'lead' }), ops);
  const model = plannerModel({
    view,
    iteration: 'RUN3',
    now: NOW,
    collapsed: new Set(),
    selected: new Set(),
  });
  return { start: model.axis.start, found: arrowsOf(model, rowId, measures) };
}

// AA is planned 19:00–21:00, AB 21:30–00:45, in rows 1 and 2 under phase A; the axis starts at 17:00.
test('a line leaves the end of the one and meets the start of the other', () => {
  const { found } = arrows(load, { kind: 'FS' });
  expect(found).toEqual([{ line: 'M240 95h8V110H262V125H270', tip: 'M270 125l-6 -4v8z', isBroken: false }]);
  expect(arrows(check, { kind: 'FS' }).found).toEqual(found);
});

test('lines of the other kinds leave and meet the edges that they are about', () => {
  expect(arrows(load, { kind: 'SS' }).found[0]?.line).toBe('M120 95h-8V110H262V125H270');
  expect(arrows(load, { kind: 'FF' }).found[0]?.line).toBe('M240 95h8V110H473V125H465');
});

test('a dependency that the planned times do not keep is broken', () => {
  expect(arrows(load, { lag_minutes: 30 }).found[0]?.isBroken).toBe(false);
  expect(arrows(load, { lag_minutes: 31 }).found[0]?.isBroken).toBe(true);
});

test('nothing is drawn to what has no times, nor for rows without a part in it', () => {
  expect(arrows(check, { successor_id: CHAPTERS.open, predecessor_id: check }).found).toEqual([]);
  expect(arrows(gate, { kind: 'FS' }).found).toEqual([]);
});
