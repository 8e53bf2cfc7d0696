/** Tables as people have them, line by line. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { applied, demoView, iterationOf } from '../../testing/demo-view.ts';
import { importedId, importNight } from '../../testing/import-night.ts';
import { at } from '../../testing/sample-view.ts';
import type { Iteration } from '../rows.ts';
import type { PlanView } from '../view.ts';
import type { ImportPlan } from './import-plan.ts';
import { type ImportAnswers, previewImport } from './preview-import.ts';
import { readFile } from './read-file.ts';

const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');

function imported(
  text: string,
  view: PlanView = importNight,
  answers: ImportAnswers = {},
  iteration?: Iteration,
): ImportPlan {
  const into = iteration ?? [...view.rows.iterations.values()][0] ?? null;
  return previewImport(
    readFile(text),
    { view, iteration: into, newId: importedId, now: at('2026-03-01T00:00Z') },
    answers,
  );
}

const brief = ({ lines }: ImportPlan) =>
  lines.map(({ line, code, verdict, problems }) => [line, code, verdict, problems]);

/** The plan afterwards, by code. */
function madeOf(plan: ImportPlan, view = importNight) {
  const made = applied(view, plan.ops);
  const named = new Map([...made.rows.chapters.values()].map((chapter) => [chapter.code, chapter]));
  return {
    view: made,
    chapter: (code: string) => named.get(code),
    phase: (code: string) => made.rows.phases.get(named.get(code)?.phase_id ?? '')?.name,
    team: (code: string) => made.rows.teams.get(named.get(code)?.team_id ?? '')?.name,
    times: (code: string) => {
      const chapter = named.get(code);
      const schedule = [...made.rows.chapter_schedules.values()].find(({ chapter_id }) => chapter_id === chapter?.id);
      const iso = (minute: number) => new Date(minute * 60_000).toISOString().slice(0, 16);
      return schedule && [iso(schedule.planned_start), iso(schedule.planned_end)];
    },
    note: (code: string) =>
      [...made.rows.chapter_schedules.values()].find(({ chapter_id }) => chapter_id === named.get(code)?.id)?.note,
    links: [...made.rows.dependencies.values()].map(
      ({ predecessor_id, successor_id, kind, lag_minutes }) =>
        `${made.rows.chapters.get(predecessor_id)?.code} ${kind} ${lag_minutes} ${made.rows.chapters.get(successor_id)?.code}`,
    ),
  };
}

describe('a table in another language', () => {
  const german = 'Nr.\tVorgangsname\tAnfang\tEnde\tDauer\tVorgänger\nCH-1\tSichern\t28.03.2026 20:00\t\t1,5 Std.\t';
  const french = 'N°\tTâche\tDébut\tFin\tDurée\tPrédécesseurs\nCH-1\tSauvegarder\t28/03/2026 20:00\t\t1h30\t';

  test.each([german, french, french.normalize('NFD')])('has its columns known by their names', (text) => {
    const plan = imported(text);
    expect(brief(plan)).toEqual([[2, 'CH-1', 'added', []]]);
    expect(madeOf(plan).times('CH-1')).toEqual(['2026-03-28T19:00', '2026-03-28T20:30']);
  });

  const spanish = 'Tarea\tInicio\tDuración\nCH-1\t28/03/2026 20:00\t1h30';

  test('whose names nobody knows gives no chapter of them, once somebody said what they are', () => {
    const plan = imported(spanish, importNight, { mapping: ['code', 'start', 'duration'] });
    expect(brief(plan)).toEqual([[2, 'CH-1', 'added', []]]);
    expect(plan.remarks).toContain('Line 1 holds the names of the columns, so it is no chapter.');
  });

  test('a first line that has no times yet is a chapter', () => {
    const later = 'CH-1\ttbd\ttbd\nCH-2\t28/03/2026 20:00\t1h30';
    const plan = imported(later, importNight, { mapping: ['code', 'start', 'duration'] });
    expect(plan.lines.map(({ code }) => code)).toEqual(['CH-1', 'CH-2']);
  });
});

test('the code of a chapter of the plan with nothing behind it is that chapter, no heading of those below', () => {
  const view = demoView();
  const [known, other] = [...view.rows.chapters.values()];
  if (!known || !other) throw new Error('the demo plan has chapters');
  const plan = imported(`Code\tStart\tDuration\n${known.code}\t\t\n${other.code}\t\t1h`, view);
  expect(plan.lines.map(({ code }) => code)).toEqual([known.code, other.code]);
  expect(plan.remarks).toEqual([]);
});

describe('a runbook in American English', () => {
  const plan = imported(fixture('us-runbook.csv'));
  const made = madeOf(plan);

  test('is read with every row accounted for', () => {
    expect(brief(plan)).toEqual([
      [6, 'CH-1', 'added', []],
      [7, 'CH-2', 'added', []],
      [9, 'CH-3', 'added', []],
      [12, 'CH-4', 'added', ['There is no chapter “CH-9” to wait for: this link is left out.']],
      [13, 'CH-5', 'added', ['“CH-4 SF” links a start to a finish, which plans here do not have.']],
      [14, 'CH-4', 'rejected', ['Line 12 has the code CH-4 too: this one is left out.']],
      [15, 'CH-6', 'added', ['“soon” is no time that can be read.', 'Its planned times are left out.']],
    ]);
    expect(plan.remarks).toContain('Phase “Phase 1 - Preparation” is added.');
    expect(plan.obstacle).toBeNull();
  });

  test('headings become phases', () => {
    expect(made.phase('CH-3')).toBe('Phase 1 - Preparation');
    expect(made.phase('CH-4')).toBe('Phase 2 - Load');
  });

  test('times, durations, links and texts are what they say', () => {
    expect(made.times('CH-1')).toEqual(['2026-03-28T21:00', '2026-03-28T21:45']);
    expect(made.times('CH-2')).toEqual(['2026-03-28T21:45', '2026-03-28T23:15']);
    expect(made.times('CH-3')).toEqual(['2026-03-28T22:00', '2026-03-29T00:30']);
    expect(made.times('CH-4')).toEqual(['2026-03-29T01:30', '2026-03-29T04:00']);
    expect(made.times('CH-6')).toBeUndefined();
    expect(made.links).toEqual([
      'CH-1 FS 0 CH-2',
      'CH-1 FS 0 CH-3',
      'CH-2 FS 30 CH-3',
      'CH-3 FS 0 CH-4',
      'CH-5 FS 1440 CH-6',
    ]);
    expect(made.chapter('CH-3')?.title).toBe('Check 19" rack');
    expect(made.note('CH-2')).toBe('two lines\nof text');
    expect(made.team('CH-4')).toBe('DBA');
  });

  test('imported again changes nothing, and a changed cell is the only change', () => {
    const again = imported(fixture('us-runbook.csv'), made.view);
    expect(again.ops).toEqual([]);
    const later = imported(fixture('us-runbook.csv').replace('22:45,1.5h', '22:45,2h'), made.view);
    expect(later.ops.length).toBe(1);
    expect(
      later.lines.filter(({ verdict }) => verdict === 'changed').map(({ code, changes }) => [code, changes]),
    ).toEqual([['CH-2', [{ what: 'planned end', from: '2026-03-29 00:15', to: '2026-03-29 00:45' }]]]);
  });
});

test('a German sheet with semicolons, decimal commas, hours and a gap in the night', () => {
  const plan = imported(fixture('semicolons.csv'));
  const made = madeOf(plan);
  expect(brief(plan).map(([line, code, verdict]) => [line, code, verdict])).toEqual([
    [2, '1', 'added'],
    [3, '2', 'added'],
    [4, '3', 'added'],
  ]);
  expect(plan.lines[2]?.problems[0]).toBe('Clocks jump over 2026-03-29 02:30: write 01:30 or 03:30.');
  expect(made.times('1')).toEqual(['2026-03-28T21:00', '2026-03-28T21:45']);
  expect(made.times('2')).toEqual(['2026-03-28T21:45', '2026-03-28T23:15']);
  expect(made.phase('2')).toBe('Vorbereitung');
});

test('merged cells and a column of days beside one of times', () => {
  const plan = imported(fixture('merged-cells.tsv'));
  const made = madeOf(plan);
  const codes = plan.lines.map(({ code }) => code);
  expect(codes.map(made.times)).toEqual([
    ['2026-03-28T21:15', '2026-03-28T22:00'],
    ['2026-03-28T22:00', '2026-03-29T00:30'],
    ['2026-03-29T04:30', '2026-03-29T05:00'],
  ]);
  expect(codes.map(made.phase)).toEqual(['Night', 'Night', 'Morning']);
  // Without a column of codes, people name what they wait for by its title.
  expect(made.links).toEqual(['Night-1 FS 0 Night-2', 'Night-2 FS 0 Morning-1']);
});

test('a day that could be two is asked for once, and the answer counts for all', () => {
  const text = 'Code,Task,Start,Duration\nA,One,3/4/2026 22:00,1h\nB,Two,4/4/2026 01:00,30 min\n';
  expect(imported(text).lines[0]?.problems[0]).toContain('may be two days');
  expect(madeOf(imported(text, importNight, { order: 'day-first' })).times('A')?.[0]).toBe('2026-04-03T20:00');
  expect(madeOf(imported(text, importNight, { order: 'month-first' })).times('A')?.[0]).toBe('2026-03-04T21:00');
});

test('a duration that does not fit start and end is told, and those count', () => {
  const plan = imported('Code,Task,Start,End,Duration\nA,a_b,28.03.2026 22:00,28.03.2026 23:00,2h\n');
  expect(plan.lines[0]?.problems).toEqual([
    'Its duration of 2h does not fit start and end, which are 1h apart: it is left out.',
  ]);
  expect(madeOf(plan).times('A')).toEqual(['2026-03-28T21:00', '2026-03-28T22:00']);
  const again = imported('Code,Task\nA,a_c\n', madeOf(plan).view);
  expect(again.lines[0]?.changes).toEqual([{ what: 'title', from: 'a_b', to: 'a_c' }]);
});

test('a line whose start cannot be read keeps the times that the plan has', () => {
  const one = madeOf(imported('Code,Task,Start,Duration\nA,One,28.03.2026 22:00,2h\n')).view;
  const plan = imported('Code,Start,Duration\nA,3/4/2026 22:00,1h\n', one);
  expect(plan.lines[0]?.verdict).toBe('rejected');
  expect(plan.ops).toEqual([]);
});

test('a column that the header calls nothing known can be given a meaning', () => {
  const text = 'Kennung,Was,Code\nX1,Stop,A\n';
  expect(imported(text).remarks).toEqual([]);
  const plan = imported('Kennung,Was,Wann\nX1,Stop,28.03.2026 22:00\n', importNight, {
    mapping: ['code', 'title', 'start'],
  });
  expect(plan.lines[0]).toMatchObject({ line: 1, code: 'Kennung' });
  expect(plan.lines[1]).toMatchObject({ line: 2, code: 'X1', title: 'Stop', verdict: 'added' });
});

test('of several teams the first one counts, and the others are told', () => {
  const plan = imported('Code,Task,Resource Names\nA,One,"DBA[50%],NET"\nB,Two,DBA\n');
  expect(plan.lines[0]?.problems).toEqual(['A chapter has one team: left out: NET.']);
  expect(madeOf(plan).team('A')).toBe('DBA');
  expect(madeOf(plan).view.rows.teams.size).toBe(1);
});

test.each([
  ['a table in Markdown', '| Code | Task |\n|------|:----:|\n| A | One |\n'],
  ['a hint for Excel in the first line', 'sep=;\r\nCode;Task\r\nA;One\r\n'],
])('%s is read', (_title, text) => {
  expect(brief(imported(text)).map(([, code, verdict]) => [code, verdict])).toEqual([['A', 'added']]);
});

test('columns that mean nothing here are named, and empty ones are not', () => {
  expect(imported('Code,Task,Colour,Cost,,Empty\nA,One,red,5,,\n').remarks).toContain(
    'Columns not used: Colour, Cost.',
  );
});

test('links that close a circle are told, and the others stay', () => {
  const text = 'Code,Task,Predecessors\nA,One,C\nB,Two,A\nC,Three,"B, C"\n';
  const plan = imported(text);
  expect(plan.lines.flatMap(({ line, problems }) => problems.map((problem) => [line, problem]))).toEqual([
    [4, 'It cannot wait for itself: this link is left out.'],
    [4, 'B and C would wait for each other: this link is left out.'],
  ]);
  expect(madeOf(plan).links).toEqual(['C FS 0 A', 'A FS 0 B']);
});

test('a chain can be turned round in one file', () => {
  const one = madeOf(imported('Code,Task,Predecessors\nA,One,\nB,Two,A\n')).view;
  const plan = imported('Code,Task,Predecessors\nA,One,B\nB,Two,-\n', one);
  expect(plan.lines.flatMap(({ problems }) => problems)).toEqual([]);
  expect(madeOf(plan, one).links).toEqual(['B FS 0 A']);
});

test('what nobody sees in a copied cell makes no second chapter, phase or team', () => {
  const one = madeOf(imported('Code,Phase,Task,Team\nA,Prepare,One,NET\nB,Prepare,Two,NET\n')).view;
  const copied =
    'Code,Phase,Task,Team,Predecessors\nA\u200b,Prepare\u200b,One more,\ufeffNET,\nB,Prepare,Two,N\u00adET,A\u200b\n';
  const plan = imported(copied, one);
  expect(brief(plan).map(([, code, verdict]) => [code, verdict])).toEqual([
    ['A', 'changed'],
    ['B', 'changed'],
  ]);
  const made = madeOf(plan, one);
  expect([made.view.rows.chapters.size, made.view.rows.phases.size, made.view.rows.teams.size]).toEqual([
    one.rows.chapters.size,
    one.rows.phases.size,
    one.rows.teams.size,
  ]);
  expect(made.links).toEqual(['A FS 0 B']);
});

test('zones of a column count for its line', () => {
  const text =
    'Code,Task,Start,Duration,Time zone\nA,One,2026-03-28 22:00,1h,Europe/London\nB,Two,2026-03-28 22:00,1h,Nowhere\n';
  const plan = imported(text);
  expect(madeOf(plan).times('A')?.[0]).toBe('2026-03-28T22:00');
  expect(plan.lines[1]?.problems).toEqual(['“Nowhere” is no time zone: its times are left out.']);
});

test.each([
  ['Start', '1803-01-01 10:00', 'must lie between the years 2000 and 2100'],
  ['Start', '9999-12-31 10:00', 'must lie between the years 2000 and 2100'],
  ['Status', 'sleeping', '“sleeping” is no status that is known here.'],
  ['Duration', 'a while', '“a while” is no duration'],
])('%s %j is told', (column, cell, sentence) => {
  const plan = imported(
    `Code,Task,${column === 'Start' ? 'Start,Duration' : `Start,${column}`}\nA,One,${column === 'Start' ? `${cell},1h` : `2026-03-28 22:00,${cell}`}\n`,
  );
  expect(plan.lines[0]?.problems.join(' ')).toContain(sentence);
  expect(plan.obstacle).toBeNull();
});

test.each([
  ['01:30:00', 90],
  ['01:30:00 AM', 90],
  ['12:45 AM', 45],
  ['2:00:00 PM', 840],
  ['26:00:00', 1560],
  ['90,00', 90],
])('a duration that a spreadsheet shows as %s is that long', (cell, minutes) => {
  const made = madeOf(imported(`Code;Task;Start;Duration\nA;One;2026-03-20 10:00;${cell}\n`));
  const [start = '', end = ''] = made.times('A') ?? [];
  expect((Date.parse(`${end}Z`) - Date.parse(`${start}Z`)) / 60_000).toBe(minutes);
});

test.each(['Labels', 'Tags', 'label'])('labels of a column %s are shown before they replace what stands', (column) => {
  const text = `Code,Task,${column}\nA,One,"Go-Live, backup"\nB,Two,a+b\nC,Three,\n`;
  const plan = imported(text);
  const made = madeOf(plan);
  expect(made.chapter('A')?.labels).toBe('backup go-live');
  expect(plan.lines[1]?.problems).toEqual([
    'The label “a+b” has more than letters, digits, - and _. Its labels are left out.',
  ]);
  expect([made.chapter('B')?.title, made.chapter('B')?.labels, made.chapter('C')?.labels]).toEqual(['Two', null, null]);
  const again = imported(text.replace('backup', 'bank'), made.view);
  expect(again.lines[0]?.changes).toEqual([{ what: 'labels', from: 'backup go-live', to: 'bank go-live' }]);
  expect(again.ops).toHaveLength(1);
  // A cell that says nothing takes nothing away.
  expect(imported(`Code,Task,${column}\nA,One,\n`, made.view).ops).toEqual([]);
});

test('a title that is too long is told with its line', () => {
  const plan = imported(`Code,Task,Phase\nA,${'x'.repeat(501)},Only here\nB,fine,Night\n`);
  expect(plan.remarks).toEqual(['Phase “Night” is added.']);
  expect(brief(plan)).toEqual([
    [2, 'A', 'rejected', ['The title is longer than 500 characters.']],
    [3, 'B', 'added', []],
  ]);
});

test.each(['Deadline', 'Must Finish By', 'due', 'Due date'])(
  'a column %s says what must finish by some time',
  (name) => {
    const table = (due: string) =>
      `ID,Phase,Task,Start,End,${name}\nA1,One,Stop,2026-03-28 22:00,2026-03-28 23:00,${due}\nA2,One,Start,2026-03-28 23:00,2026-03-28 23:30,\n`;
    const dueOf = (view: PlanView) =>
      [...view.rows.chapter_schedules.values()].map(({ must_finish_by }) => must_finish_by);
    const plan = imported(table('23:30'));
    expect(brief(plan)).toEqual([
      [2, 'A1', 'added', []],
      [3, 'A2', 'added', []],
    ]);
    const made = madeOf(plan);
    const [first] = [...made.view.rows.chapter_schedules.values()];
    expect(dueOf(made.view)).toEqual([(first?.planned_end ?? 0) + 30, null]);

    const later = imported(table('2026-03-29 00:15'), made.view);
    expect(later.lines.map(({ verdict, changes }) => [verdict, changes])).toEqual([
      [
        'changed',
        [{ what: 'must finish by', from: expect.stringContaining('23:30'), to: expect.stringContaining('00:15') }],
      ],
      ['unchanged', []],
    ]);
    expect(dueOf(applied(made.view, later.ops))).toEqual([(first?.planned_end ?? 0) + 75, null]);
    // An empty cell says nothing.
    expect(imported(table(''), made.view).ops).toEqual([]);
    const [wrong] = imported(table('someday'), made.view).lines;
    expect([wrong?.verdict, wrong?.problems.length]).toEqual(['rejected', 1]);
  },
);

test('beside a start alone a due date is the planned end', () => {
  const plan = imported('Code,Task,Start,Due date\nA1,Stop,2026-03-28 22:00,2026-03-28 23:00\n');
  expect(brief(plan)).toEqual([[2, 'A1', 'added', []]]);
  expect(madeOf(plan).times('A1')).toEqual(['2026-03-28T21:00', '2026-03-28T22:00']);
  const both = imported('Code,Task,Start,Duration,Due date\nA1,Stop,2026-03-28 22:00,30,2026-03-28 23:00\n');
  expect(madeOf(both).times('A1')).toEqual(['2026-03-28T21:00', '2026-03-28T21:30']);
});

describe('who may do what', () => {
  const demo = demoView();
  const planner: PlanView = { ...demo, role: 'planner' };
  const dr2 = iterationOf(demo, 'DR2');
  const row = (code: string, more: string) => `Code,Task,Start,Duration\n${code},${more}\n`;

  test('a planner moves chapters of a planned iteration and adds none', () => {
    const text = 'Code,Start,Duration\nAB,2027-01-16 22:00,1h\nNEW-1,2027-01-16 22:00,1h\n';
    expect(brief(imported(text, planner, {}, dr2))).toEqual([
      [2, 'AB', 'changed', []],
      [3, 'NEW-1', 'rejected', ['NEW-1 is not in this plan, and only a lead adds chapters.']],
    ]);
  });

  test('a planner changes no chapter', () => {
    const plan = imported(row('AB', 'Another title,2027-01-16 22:00,1h'), planner, {}, dr2);
    expect(plan.lines[0]).toMatchObject({
      verdict: 'changed',
      problems: ['Only a lead changes a chapter: left out: title.'],
    });
    expect(plan.ops.every((op) => 'table' in op && op.table === 'chapter_schedules')).toBe(true);
    expect(applied(planner, plan.ops)).toBeDefined();
  });

  test('a frozen iteration takes times from a lead only', () => {
    const frozen = { ...dr2, state: 'frozen' as const };
    const iterations = new Map(demo.rows.iterations).set(dr2.id, frozen);
    const view = { ...planner, rows: { ...planner.rows, iterations } };
    const text = 'Code,Start,Duration,Note\nAB,2027-01-16 22:00,1h,told\n';
    const plan = imported(text, view, {}, frozen);
    expect(plan.lines[0]?.problems).toEqual(['DR2 is frozen: only a lead moves planned times.']);
    expect(plan.lines[0]?.changes.map(({ what }) => what)).toEqual(['note']);
    expect(imported(text, { ...view, role: 'lead' }, {}, frozen).lines[0]?.problems).toEqual([]);
  });

  test('a finished iteration stays as it is, for everybody', () => {
    const done = iterationOf(demo, 'RUN1');
    const plan = imported('Code,Start,Duration\nAB,2027-01-16 22:00,1h\n', demo, {}, done);
    expect(brief(plan)).toEqual([[2, 'AB', 'rejected', ['RUN1 is done: its record stays as it is.']]]);
    expect(plan.ops).toEqual([]);
  });
});

describe('too much', () => {
  const rows = (count: number) =>
    `Code,Task,Start,Duration\n${Array.from({ length: count }, (_, i) => `C${i},Chapter ${i},2026-03-28 22:00,1h`).join('\n')}\n`;

  test('20,000 rows are refused with the line where it is too much', () => {
    expect(() => imported(rows(20_000))).toThrow(
      'Line 10002: a table of at most 10000 rows can be imported; this one has 20000.',
    );
  });

  test('more changes than one edit holds are refused with their number', () => {
    const plan = imported(rows(6_000));
    expect(plan.obstacle).toContain('12001 changes; one edit holds 10000');
  });

  test('as many as one edit holds make one that the plan takes', () => {
    const plan = imported(rows(4_500));
    expect(plan.obstacle).toBeNull();
    expect(plan.ops.length).toBe(9_001);
  });
});

describe('what is no table', () => {
  test.each([
    ['', 'This file is empty.'],
    ['\n\n  \n', 'This file is empty.'],
    ['<!DOCTYPE html><html></html>', 'This is a web page.'],
    ['BEGIN:VCALENDAR\r\n', 'This is a calendar'],
    ['Code,Task\nA,"One\nB,Two\n', 'Line 2: a quotation mark opens here that is never closed.'],
    ['{"format":"macroplan-edits"}', 'These are pending edits.'],
    ['{"format":"macroplan","version":2}', 'A newer Macroplan wrote this file.'],
    ['{"format":"macroplan","version":1}', 'This file is damaged: nothing is read.'],
    ['{"a":\n1,}', 'this is no JSON, or it is cut off here.'],
    ['<Plan/>', 'This XML is no Microsoft Project file.'],
  ])('%j is refused', (text, sentence) => {
    expect(() => imported(text)).toThrow(sentence);
  });

  test('a table without a header has no known columns, so every row is rejected until they are named', () => {
    const plan = imported('A1,Stop\nA2,Start\n');
    expect(plan.lines.map(({ verdict }) => verdict)).toEqual(['rejected', 'rejected']);
    expect(plan.ops).toEqual([]);
  });
});

describe('a project as Microsoft’s program writes it', () => {
  const plan = imported(fixture('project.xml'));
  const made = madeOf(plan);

  // Of seed -160348944.
  test.each(['-1', '21899-01-01', '1.5', '99999999999'])('an outline level of %s is read as none', (level) => {
    const damaged = fixture('project.xml').replace(/<OutlineLevel>2</, `<OutlineLevel>${level}<`);
    expect(brief(imported(damaged)).length).toBeGreaterThan(0);
  });

  test('is read with every task accounted for', () => {
    expect(brief(plan)).toEqual([
      [10, 'T11', 'added', []],
      [
        16,
        'T12',
        'added',
        [
          'It waits for the summary “Weekend & night”, which is no chapter: this link is left out.',
          'It waits for task 77, which is not in this file: this link is left out.',
          'Its link to “Freeze the sources” goes from a start to a finish, which plans here do not have.',
        ],
      ],
      [27, 'T15', 'added', []],
      [33, 'T21', 'added', ['Its link to “Compare the totals” has a lag in percent: this link is left out.']],
    ]);
    expect(plan.remarks).toEqual([
      'Summary tasks inside of phases are no rows here: Checks.',
      'Phase “Weekend & night” is added.',
      'Team “Database team” is added.',
      'Phase “Morning” is added.',
      'Baseline “Baseline” with 1 chapter is added.',
    ]);
  });

  test('hierarchy, times, links with lags, milestones and baselines are there', () => {
    expect(made.phase('T15')).toBe('Weekend & night');
    expect(made.phase('T21')).toBe('Morning');
    expect(made.times('T12')).toEqual(['2026-03-28T22:15', '2026-03-29T00:45']);
    expect(made.times('T15')).toEqual(['2026-03-29T00:45', '2026-03-29T01:15']);
    expect(made.links).toEqual(['T11 FS 30 T12', 'T12 SS -60 T15']);
    expect(made.chapter('T21')?.kind).toBe('milestone');
    expect(made.note('T12')).toBe('Two <streams> & more');
    expect(made.team('T11')).toBe('Database team');
    const [baseline] = [...made.view.rows.baselines.values()];
    expect(Object.values(baseline?.times ?? {})).toEqual([[at('2026-03-28T20:30Z'), at('2026-03-28T21:15Z')]]);
  });

  test('its deadlines are what must finish by some time', () => {
    const one = /(<Name>Freeze the sources<\/Name>[\s\S]*?)(<PercentComplete>)/;
    const text = fixture('project.xml').replace(one, '$1<Deadline>2026-03-28T23:45:00</Deadline>$2');
    const { view } = madeOf(imported(text));
    const due = [...view.rows.chapter_schedules.values()].flatMap(({ must_finish_by }) => must_finish_by ?? []);
    expect(due).toEqual([at('2026-03-28T22:45Z')]);
  });

  test('imported again changes nothing', () => {
    expect(imported(fixture('project.xml'), made.view).ops).toEqual([]);
  });
});
