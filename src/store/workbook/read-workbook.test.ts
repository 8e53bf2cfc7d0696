/** Workbooks that other programs wrote; `fixtures/make.py` and `fixtures/make-more.mjs` have them written. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { applied } from '../../testing/demo-view.ts';
import { importedId, importNight, RUN } from '../../testing/import-night.ts';
import { at } from '../../testing/sample-view.ts';
import { previewImport } from '../exchange/preview-import.ts';
import { readWorkbook } from './read-workbook.ts';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(path.join(import.meta.dirname, 'fixtures', `${name}.xlsx`)));
const cellsOf = async (name: string) => {
  const { file } = await readWorkbook(fixture(name));
  return file.header.body.map(({ line, cells }) => [line, ...cells]);
};

async function planOf(name: string) {
  const { file } = await readWorkbook(fixture(name));
  const view = importNight;
  const iteration = view.rows.iterations.get(RUN) ?? null;
  const plan = previewImport(file, { view, iteration, newId: importedId, now: at('2026-03-01T00:00Z') });
  const made = applied(view, plan.ops);
  const times = [...made.rows.chapter_schedules.values()].map(({ chapter_id, planned_start, planned_end }) => {
    const iso = (minute: number) => new Date(minute * 60_000).toISOString().slice(0, 16);
    return [made.rows.chapters.get(chapter_id)?.code, iso(planned_start), iso(planned_end)];
  });
  return { plan, times };
}

test('a runbook of openpyxl is read from its second sheet with a table, wherever its cells stand', async () => {
  const { workbook, sheet, file } = await readWorkbook(fixture('openpyxl'));
  expect(workbook.sheets).toEqual(['Read me', 'Empty', 'Plan']);
  expect(sheet).toBe(2);
  expect(file.about).toBe('Sheet “Plan”');
  expect(file.header.line).toBe(4);
  expect(await workbook.read(1)).toBeNull();
  expect(await cellsOf('openpyxl')).toEqual([
    [5, '', 'Freeze', 'C-1', 'Freeze the ledger', '2026-03-28 20:15', '01:30', 'TRUE', 'first\nsecond'],
    [6, '', '', 'C-2', 'Export', '2026-03-28 22:00', '26:30', 'FALSE'],
    [7, '', 'Load', 'C-3', 'Load & check <all>', '2026-03-30 01:00', '00:45'],
    [40, '', 'Load', 'C-4', 'Verify', '2026-03-30 02:00', '00:30'],
  ]);
  expect(file.remarks).toEqual([
    '1 row that the sheet hides is read too.',
    'Formulas that no program has calculated are read as empty: H6. Open the workbook and save it, and they have values.',
    'Cells beyond column 200 are not read: XFD1.',
  ]);
});

test('what a workbook says becomes one import, with what it does not show as remarks', async () => {
  const { plan, times } = await planOf('openpyxl');
  expect(plan.lines.map(({ line, code, verdict, problems }) => [line, code, verdict, problems])).toEqual([
    [5, 'C-1', 'added', []],
    [6, 'C-2', 'added', []],
    [7, 'C-3', 'added', []],
    [40, 'C-4', 'added', []],
  ]);
  expect(plan.remarks).toContain('1 row that the sheet hides is read too.');
  // Clocks of Zurich are set forward in the night of 29 March: 26 hours and a half end at 01:30 of the second day.
  expect(times).toEqual([
    ['C-1', '2026-03-28T19:15', '2026-03-28T20:45'],
    ['C-2', '2026-03-28T21:00', '2026-03-29T23:30'],
    ['C-3', '2026-03-29T23:00', '2026-03-29T23:45'],
    ['C-4', '2026-03-30T00:00', '2026-03-30T00:30'],
  ]);
});

test('the same runbook saved by LibreOffice says the same, and its formula has a value', async () => {
  const read = await cellsOf('openpyxl');
  expect(await cellsOf('libreoffice')).toEqual(read.map((row) => (row[0] === 6 ? [...row, '0'] : row)));
});

test('days since 1904 are the same days', async () => {
  expect(await cellsOf('openpyxl-1904')).toEqual([[2, 'M-1', 'Open', '2026-03-28 22:00', '1h30']]);
});

test('formats say what is a day, a time of day, a duration or a code with zeros', async () => {
  expect(await cellsOf('xlsxwriter')).toEqual([
    [2, 'N-007', 'Stop all jobs', '2026-03-28', '21:30', '22:45', '', 'ab'],
    [3, 'N-008', '  Copy  ', '2026-03-28', '2026-03-28 23:00', '', '01:30', 'TRUE'],
    [4, 'N-009', 'Gap of the clocks', '', '2026-03-29 02:30', '', '00:50', '0.3'],
  ]);
  const { plan, times } = await planOf('xlsxwriter');
  expect(plan.remarks).toContain('Cells that hold an error are read as empty: H2 (#NAME?).');
  expect(times).toEqual([
    ['N-007', '2026-03-28T20:30', '2026-03-28T21:45'],
    ['N-008', '2026-03-28T22:00', '2026-03-28T23:30'],
  ]);
  expect(plan.lines[2]?.problems[0]).toMatch(/^Clocks jump over 2026-03-29 02:30/);
});

test.each([
  ['exceljs', ['E-1', 'E-2'], ['2', 'rich text']],
  ['sheetjs', ['S-1', 'S-2'], ['x', 'y']],
])('a workbook of %s is read', async (name, [first, second], [note, other]) => {
  const cells = await cellsOf(name);
  expect(cells.map((row) => [row[1], row[2], row[3], row[5]])).toEqual([
    [first, 'Stop', '2026-03-28 21:30', note],
    [second, 'Go', '2026-03-28 22:30', other],
  ]);
});
