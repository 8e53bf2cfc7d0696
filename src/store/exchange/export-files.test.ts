import { describe, expect, test } from 'vitest';
import { applied, demoView, iterationOf } from '../../testing/demo-view.ts';
import { at } from '../../testing/sample-view.ts';
import { readDelimited } from './delimited.ts';
import { type ExportKind, exportFile } from './export-files.ts';
import { planLines } from './plan-lines.ts';
import { scheduleClip } from './schedule-table.ts';

const NOW = Date.parse('2026-11-24T13:30:05Z');
const demo = demoView();
const dr2 = iterationOf(demo, 'DR2');
const lines = planLines(demo.rows, dr2.id);

const fileOf = (kind: ExportKind, view = demo) => {
  const file = exportFile(kind, view, { iteration: dr2, at: NOW });
  if (file === null) throw new Error('there is an iteration');
  return file;
};

/** The demo plan with other fields of the first schedule and its chapter. */
function changed(schedule: object, chapter: object = {}) {
  const [line] = lines;
  if (!line) throw new Error('DR2 has schedules');
  const set = (table: 'chapters' | 'chapter_schedules', row: object, fields: object) => ({
    op: 'set' as const,
    table,
    id: (row as { id: string }).id,
    base: Object.fromEntries(Object.keys(fields).map((name) => [name, (row as Record<string, never>)[name] ?? null])),
    set: fields as Record<string, never>,
  });
  return applied(demo, [set('chapter_schedules', line.schedule, schedule), set('chapters', line.chapter, chapter)]);
}

test('the demo plan has something to write', () => {
  expect(lines.length).toBeGreaterThan(40);
  expect(lines.some(({ links }) => links.length > 0)).toBe(true);
});

test('a file is named by plan, iteration and revision, and tells what has none yet', () => {
  expect(fileOf('csv').name).toBe('DEMO-DR2-r1.csv');
  expect(fileOf('plan').name).toBe('DEMO-r1.json');
  const queue = [{}, {}] as unknown as typeof demo.queue;
  expect(fileOf('calendar', { ...demo, queue }).name).toBe('DEMO-DR2-r1-and-2-pending.ics');
});

test('a code that is no file name is made one', () => {
  const plan = demo.rows.plans.get(demo.planId);
  if (!plan) throw new Error('there is a plan');
  const rows = { ...demo.rows, plans: new Map([[plan.id, { ...plan, code: '../a b\\c:é' }]]) };
  expect(fileOf('plan', { ...demo, rows }).name).toBe('.._a_b_c_é-r1.json');
});

describe('the spreadsheet', () => {
  const rowsOf = (text: string, delimiter: ',' | '\t') =>
    readDelimited(text, delimiter).lines.map(({ cells }) => cells);

  test('has a header and one row a chapter, for Excel with a byte order mark', () => {
    const { text } = fileOf('csv');
    const rows = rowsOf(text, ',');
    expect(text.startsWith('\uFEFFCode,Phase,Chapter,')).toBe(true);
    expect(rows.length).toBe(lines.length + 1);
    expect(new Set(rows.map((cells) => cells.length))).toEqual(new Set([rows[0]?.length]));
    expect(rowsOf(fileOf('tsv').text, '\t')).toEqual(rows);
  });

  test('says local times with the zone beside them, and the offset where clocks show a time twice', () => {
    const view = changed({ planned_start: at('2026-10-25T01:30Z'), planned_end: at('2026-10-25T02:30Z') });
    const [head, first] = rowsOf(fileOf('csv', view).text, ',');
    const cell = (title: string) => first?.[head?.indexOf(title) ?? -1];
    expect(cell('Planned start')).toBe('2026-10-25 02:30+01:00');
    expect(cell('Planned end')).toBe('2026-10-25 03:30');
    expect(cell('Zone')).toBe('Europe/Zurich');
    expect(cell('Duration')).toBe('1h');
  });

  test('runs no formula', () => {
    const view = changed({ note: '=HYPERLINK("http://x","y")' }, { title: '@SUM(A1)' });
    const [, first] = rowsOf(fileOf('csv', view).text, ',');
    expect(first).toContain(`'=HYPERLINK("http://x","y")`);
    expect(first).toContain("'@SUM(A1)");
  });
});

describe('the clipboard', () => {
  test('has the rows of the spreadsheet as text and as a table in which text is no markup', () => {
    const view = changed({ note: '<b>a</b>\nb' }, { title: '=1+1' });
    const { text, html } = scheduleClip(planLines(view.rows, dr2.id), 'Europe/Zurich');
    expect(`\uFEFF${text}`).toBe(fileOf('tsv', view).text);
    expect(html).toContain("<td>'=1+1</td>");
    expect(html).toContain('<td>&lt;b&gt;a&lt;/b&gt;<br>b</td>');
    expect(html.match(/<tr>/g)?.length).toBe(lines.length + 1);
  });
});

describe('the calendar', () => {
  const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);

  test('has lines of at most 75 octets, cut at no character', () => {
    const view = changed({ note: 'Zürich 😀; '.repeat(40) }, { title: 'é'.repeat(400) });
    const { text } = fileOf('calendar', view);
    const sizes = text.split('\r\n').map((line) => new TextEncoder().encode(line).length);
    expect(Math.max(...sizes)).toBe(75);
    expect(text).not.toContain('\uFFFD');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(unfolded(text)).toContain(`SUMMARY:${lines[0]?.chapter.code} ${'é'.repeat(400)}`);
  });

  test('escapes what would end a value', () => {
    const view = changed({ note: 'a;b,c\\d\ne' });
    const description = unfolded(fileOf('calendar', view).text).find((line) => line.includes('Note: '));
    expect(description).toMatch(/\\nNote: a\\;b\\,c\\\\d\\ne$/);
  });

  test('has an event a chapter with times in UTC, and the same UID in every file', () => {
    const { text } = fileOf('calendar');
    const uids = unfolded(text).filter((line) => line.startsWith('UID:'));
    expect(uids.length).toBe(lines.length);
    expect(new Set(uids).size).toBe(lines.length);
    const moved = changed({ planned_start: at('2026-10-25T01:30Z'), planned_end: at('2026-10-25T02:30Z') });
    const later = fileOf('calendar', moved).text;
    expect(unfolded(later).filter((line) => line.startsWith('UID:'))).toEqual(uids);
    expect(later).toContain('DTSTART:20261025T013000Z\r\nDTEND:20261025T023000Z');
    expect(later).toContain('DTSTAMP:20261124T133005Z');
  });

  test('a moment has a start and no end', () => {
    const view = changed({ planned_start: at('2026-10-25T01:30Z'), planned_end: at('2026-10-25T01:30Z') });
    expect(fileOf('calendar', view).text).toMatch(/DTSTART:20261025T013000Z\r\nSUMMARY/);
  });
});

describe('the project', () => {
  const { text } = fileOf('project');
  const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;

  test('has a summary task a phase, a task a chapter, and a link a dependency between them', () => {
    const phases = new Set(lines.map(({ phase }) => phase.id));
    const scheduled = new Set(lines.map(({ chapter }) => chapter.id));
    const links = lines.flatMap((line) => line.links).filter(({ predecessor }) => scheduled.has(predecessor.id));
    expect(count(/<Summary>1</g)).toBe(phases.size);
    expect(count(/<OutlineLevel>2</g)).toBe(lines.length);
    expect(count(/<PredecessorLink>/g)).toBe(links.length);
    expect(count(/<Milestone>1</g)).toBeGreaterThan(0);
  });

  test('says times by the plan’s clocks, without a zone', () => {
    const view = changed({ planned_start: at('2026-11-28T21:15Z'), planned_end: at('2026-11-28T23:45Z') });
    const moved = fileOf('project', view).text;
    expect(moved).toContain('<Start>2026-11-28T22:15:00</Start><Finish>2026-11-29T00:45:00</Finish>');
    expect(moved).toContain('<Duration>PT2H30M0S</Duration>');
  });

  test('names a chapter by its code where an older server let its title be blank', () => {
    const [line] = lines;
    if (!line) throw new Error('DR2 has schedules');
    const { chapter } = line;
    const chapters = new Map([...demo.rows.chapters, [chapter.id, { ...chapter, title: '\u00a0 ' }]]);
    const { text: written } = fileOf('project', { ...demo, rows: { ...demo.rows, chapters } });
    expect(written).toContain(`<Name>${chapter.code}</Name>`);
    expect(written).not.toMatch(/<Name>\s*<\/Name>/);
  });

  test('lets no text become markup', () => {
    const view = changed({ note: ']]></Notes><x/>&\u0001' }, { title: '<b>"&\'' });
    const { text: written } = fileOf('project', view);
    expect(written).toContain("<Name>&lt;b&gt;&quot;&amp;'</Name>");
    expect(written).toContain('<Notes>]]&gt;&lt;/Notes&gt;&lt;x/&gt;&amp;</Notes>');
  });
});

describe('the whole plan', () => {
  test('holds every live row of the tables that make it, and nobody’s rights', () => {
    const file = JSON.parse(fileOf('plan').text);
    expect(file).toMatchObject({ format: 'macroplan', version: 1, plan: demo.planId, rev: 1 });
    expect(Object.keys(file.tables)).not.toContain('plan_members');
    expect(file.tables.chapter_schedules.length).toBe(demo.rows.chapter_schedules.size);
    const [row] = file.tables.chapters;
    const { rev: _, ...fields } = demo.rows.chapters.get(row.id) ?? {};
    expect(row).toEqual(fields);
  });
});

test('without an iteration only the whole plan can be written', () => {
  expect(exportFile('csv', demo, { iteration: null, at: NOW })).toBeNull();
  expect(exportFile('plan', demo, { iteration: null, at: NOW })).not.toBeNull();
});
