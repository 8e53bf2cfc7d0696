import { expect, test } from 'vitest';
import { rowChanges } from './delta.ts';
import type { Row } from './rows.ts';
import type { TableName } from './schema.ts';

const schedules = {
  chapter_schedules: {
    cols: ['id', 'rev', 'chapter_id', 'iteration_id', 'note', 'colour'],
    rows: [['s', 1, 'a', 'x', 'a', null]],
  },
};

/** What a row has in the fields that nobody told. */
const UNHEARD = {
  chapters: { site_id: null, kind: 'work', position: 0, success_criterion: '', rollback_action: '', labels: null },
  chapter_schedules: {
    fixed_start: false,
    actual_start: null,
    actual_end: null,
    status: 'pending',
    decision: null,
    must_finish_by: null,
  },
};

test('a row carries the text that the row it names has for its own id', () => {
  // No program can tell two equal texts apart, so here the one in memory differs.
  const here = (table: TableName) => new Map<string, Row>([['a', { id: `the ${table} in memory`, rev: 1 }]]);
  expect([...rowChanges(schedules, here)].map(({ row }) => row)).toEqual([
    {
      ...UNHEARD.chapter_schedules,
      id: 's',
      rev: 1,
      chapter_id: 'the chapters in memory',
      iteration_id: 'x',
      note: 'a',
      colour: null,
    },
  ]);
});

test('a row that names what is not here yet, or nothing, is as it came', () => {
  const chapters = { chapters: { cols: ['id', 'rev', 'phase_id', 'team_id'], rows: [['a', 1, 'p', null]] } };
  const row = { ...UNHEARD.chapters, id: 'a', rev: 1, phase_id: 'p', team_id: null };
  expect([...rowChanges(chapters, () => new Map())]).toEqual([{ table: 'chapters', id: 'a', row }]);
  expect([...rowChanges(chapters)]).toEqual([{ table: 'chapters', id: 'a', row }]);
});

test('a table and columns of a newer server are kept', () => {
  const colours = {
    colours: { cols: ['id', 'rev', 'chapter_id'], rows: [['c', 1, 'a']], removed: [['d', 2] as const] },
  };
  expect([...rowChanges(colours, () => new Map([['a', { id: 'b', rev: 1 }]]))]).toEqual([
    { table: 'colours', id: 'c', row: { id: 'c', rev: 1, chapter_id: 'a' } },
    { table: 'colours', id: 'd', row: null },
  ]);
});

test('a row that is older than a field has it as nobody ever set it', () => {
  const [change] = rowChanges(schedules);
  expect(change?.row).toMatchObject({ must_finish_by: null, fixed_start: false, note: 'a' });
  expect(change?.row).not.toHaveProperty('planned_start');
});
