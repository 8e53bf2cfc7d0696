/** Whatever a file holds: it is read or refused in a sentence, and what it would do is something that the plan takes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { demoView, iterationOf } from '../../testing/demo-view.ts';
import { previewOf } from '../preview.ts';
import type { PlanView } from '../view.ts';
import { writeDelimited } from './delimited.ts';
import { exportFile } from './export-files.ts';
import { ImportError } from './imported.ts';
import { previewImport } from './preview-import.ts';
import { type ReadFile, readFile } from './read-file.ts';
import { TABLE_COLUMNS } from './table-columns.ts';

const demo = demoView();
let ids = 0;
const newId = () => {
  ids += 1;
  return `c0000000-0000-4000-8000-${ids.toString(16).padStart(12, '0')}`;
};

function read(text: string): ReadFile | null {
  try {
    return readFile(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ImportError);
    expect((error as ImportError).message).toMatch(/\.$/);
    return null;
  }
}

/** What an import would do must be something that the plan takes, whatever was left out on the way. */
function takes(text: string, view: PlanView, code: string): void {
  const file = read(text);
  if (file === null) return;
  let plan: ReturnType<typeof previewImport>;
  try {
    plan = previewImport(file, { view, iteration: iterationOf(view, code), newId, now: 29_900_000 });
  } catch (error) {
    expect(error).toBeInstanceOf(ImportError);
    return;
  }
  expect(plan.obstacle).toBeNull();
  expect(previewOf(view, plan.ops).verdict.outcome).toMatch(/applied|noop/);
  for (const { verdict, changes, problems } of plan.lines) {
    if (verdict === 'unchanged') expect([changes, problems]).toEqual([[], []]);
    if (verdict === 'changed' || verdict === 'added') expect(changes.length).toBeGreaterThan(0);
    if (verdict === 'rejected') expect(problems.length).toBeGreaterThan(0);
  }
}

const views = fc.record({
  role: fc.constantFrom<PlanView['role']>('lead', 'planner', 'viewer'),
  code: fc.constantFrom('DR2', 'RUN1', 'RUN3', 'CUTOVER'),
});
const codes = [...demo.rows.chapters.values()].map(({ code }) => code);
const cell = fc.oneof(
  fc.constantFrom(...codes),
  fc.constantFrom(
    '',
    'A',
    'done',
    'blocked',
    'skipped',
    'gate',
    'DBA',
    'ZRH',
    'yes',
    'go',
    'x',
    'Europe/Zurich',
    '-',
    "'=1",
  ),
  fc.constantFrom(
    '28.03.2027 02:30',
    '2027-03-28 22:00',
    '3/4/2027',
    '31.10.2027 02:30',
    '22:15',
    '+45m',
    'T-2h',
    '46109.9',
    '1.1.1999',
  ),
  fc.constantFrom(
    '45',
    '1.5h',
    '2:30',
    'PT2H30M',
    '0',
    '9999999',
    'AB FS+30, AC SS-1h',
    'AB, AB, ZZ',
    'AB SF',
    'AC FF+99999999',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const columns = TABLE_COLUMNS.map(({ title }) => title);

test('a table of anything under our headers', () => {
  const tables = fc.array(fc.array(cell, { maxLength: columns.length + 1 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(tables, fc.shuffledSubarray(columns, { minLength: 2 }), views, (rows, header, { role, code }) => {
      takes(writeDelimited([header, ...rows], ','), { ...demo, role }, code);
    }),
    { numRuns: 100 },
  );
});

test('a table in which codes are chapters of the plan', () => {
  const rows = fc.array(
    fc.tuple(fc.constantFrom(...codes, 'N-1', 'N-2'), fc.array(cell, { minLength: 3, maxLength: 3 })),
    { maxLength: 12 },
  );
  const others = fc.shuffledSubarray(
    columns.filter((title) => title !== 'Code'),
    { minLength: 3, maxLength: 3 },
  );
  fc.assert(
    fc.property(rows, others, views, (lines, header, { role, code }) => {
      takes(
        writeDelimited([['Code', ...header], ...lines.map(([first, rest]) => [first, ...rest])], ','),
        { ...demo, role },
        code,
      );
    }),
    { numRuns: 100 },
  );
});

test('text of any kind', () => {
  const texts = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.json(),
    fc
      .array(fc.constantFrom('<', '>', '/', 'a', '=', '"', '&', ';', '!', '-', '[', ']', 'CDATA', ' ', '\n', '?'), {
        maxLength: 60,
      })
      .map((parts) => `<${parts.join('')}`),
  );
  fc.assert(
    fc.property(texts, (text) => takes(text, demo, 'DR2')),
    { numRuns: 400 },
  );
});

test.each(['project', 'plan', 'csv'] as const)('a file of ours (%s) that was cut, doubled or written over', (kind) => {
  const text = exportFile(kind, demo, { iteration: iterationOf(demo, 'DR2'), at: 0 })?.text ?? '';
  const damages = fc.array(
    fc.record({
      from: fc.nat({ max: text.length }),
      length: fc.nat({ max: 40 }),
      put: fc.oneof(
        fc.constant(''),
        fc.constantFrom('0', '9', '-1', '"', '<', 'true', 'null', 'AB', '2', '1899-01-01'),
        fc.string({ maxLength: 5 }),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(damages, views, (all, { role, code }) => {
      const damaged = all.reduce(
        (now, { from, length, put }) => now.slice(0, from) + put + now.slice(from + length),
        text,
      );
      takes(damaged, { ...demo, role }, code);
    }),
    { numRuns: 40 },
  );
});
