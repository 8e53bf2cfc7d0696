/** What other programs read in our files: an iCalendar library and a strict XML parser, neither of them ours. */
import ICAL from 'ical.js';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { applied, demoView, iterationOf } from '../../testing/demo-view.ts';
import { at } from '../../testing/sample-view.ts';
import { insertRow, setFields } from '../ops.ts';
import { exportFile } from './export-files.ts';
import { planLines } from './plan-lines.ts';

const demo = demoView();
const dr2 = iterationOf(demo, 'DR2');
const [first, second] = planLines(demo.rows, dr2.id);
if (!first || !second) throw new Error('DR2 has schedules');

const HARD = 'Zürich; a, b\\n "c" <d> & ]]> 😀\nnext line';
const NIGHT = { planned_start: at('2026-10-25T00:30Z'), planned_end: at('2026-10-25T01:30Z') };
const MOMENT = { planned_start: at('2026-10-25T01:30Z'), planned_end: at('2026-10-25T01:30Z') };
const view = applied(demo, [
  setFields('chapter_schedules', first.schedule, { ...NIGHT, note: HARD }),
  setFields('chapters', first.chapter, { title: `${HARD.replace('\n', ' ')} ${'long '.repeat(60)}` }),
  setFields('chapter_schedules', second.schedule, MOMENT),
  insertRow('baselines', '50000000-0000-4000-8000-000000000001', {
    iteration_id: dr2.id,
    name: 'As agreed',
    taken_at: 30_000_000,
    times: { [first.chapter.id]: [NIGHT.planned_start, NIGHT.planned_end] },
  }),
]);
const lines = planLines(view.rows, dr2.id);

const written = (kind: 'calendar' | 'project') => {
  const file = exportFile(kind, view, { iteration: dr2, at: Date.parse('2026-11-24T13:30:05Z') });
  if (file === null) throw new Error('there is an iteration');
  return file.text;
};

describe('a calendar', () => {
  const calendar = new ICAL.Component(ICAL.parse(written('calendar')));
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));

  test('is read with every event, its times and its texts', () => {
    expect(
      events.map(({ startDate, endDate }) => [startDate.toJSDate().getTime(), endDate.toJSDate().getTime()]),
    ).toEqual(lines.map(({ schedule }) => [schedule.planned_start * 60_000, schedule.planned_end * 60_000]));
    expect(events.map(({ summary }) => summary)).toEqual(
      lines.map(({ chapter }) => `${chapter.code} ${chapter.title}`),
    );
    expect(events.find(({ summary }) => summary.startsWith(`${first.chapter.code} `))?.description).toContain(
      `Note: ${HARD}`,
    );
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(lines.length);
  });

  test('says for itself what it is', () => {
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('prodid')).toContain('Macroplan');
    for (const { component } of events)
      expect(String(component.getFirstPropertyValue('dtstamp'))).toBe('2026-11-24T13:30:05Z');
  });
});

/** The order in which the schema of MSPDI wants what we write of a task. */
const TASK_ORDER = (
  'UID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority Start Finish ' +
  'Duration ManualStart ManualFinish ManualDuration DurationFormat Work Milestone Summary Critical PercentComplete ' +
  'ActualStart ActualFinish ActualDuration ConstraintType CalendarUID ConstraintDate Deadline Notes PredecessorLink ' +
  'ExtendedAttribute Baseline'
).split(' ');

describe('a project', () => {
  const tasks: { readonly names: string[]; readonly texts: Map<string, string> }[] = [];
  const path: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  let failure: Error | null = null;
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.on('opentag', ({ local, uri }) => {
    if (uri !== 'http://schemas.microsoft.com/project') failure ??= new Error(`${local} is in ${uri}`);
    if (path.at(-1) === 'Task') tasks.at(-1)?.names.push(local);
    if (local === 'Task') tasks.push({ names: [], texts: new Map() });
    path.push(local);
  });
  parser.on('text', (text) => {
    if (path.at(-2) === 'Task') tasks.at(-1)?.texts.set(path.at(-1) ?? '', text);
  });
  parser.on('closetag', () => {
    path.pop();
  });
  parser.write(written('project')).close();

  test('is well-formed XML in the namespace of the program', () => {
    expect(failure).toBeNull();
    expect(tasks.length).toBe(lines.length + new Set(lines.map(({ phase }) => phase.id)).size);
  });

  test('has what it says of a task in the order of the schema', () => {
    for (const { names } of tasks) {
      const places = names.map((name) => TASK_ORDER.indexOf(name));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0]).toBe(0);
    }
  });

  test('keeps every text', () => {
    const texts = tasks.map((task) => task.texts.get('Notes')).filter((text) => text !== undefined);
    expect(texts).toContain(HARD);
    const titles = tasks.filter((task) => task.texts.get('Summary') === '0').map((task) => task.texts.get('Name'));
    expect(titles).toEqual(lines.map(({ chapter }) => chapter.title));
  });
});
