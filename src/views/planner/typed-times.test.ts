import { describe, expect, test } from 'vitest';
import { at, CHAPTERS, NOW, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import type { Scheduled } from './acts.ts';
import { plannerModel } from './model.ts';
import { atInstant, readField, type TypedContext } from './typed-times.ts';

/** Saturday 27 March 2027, 20:00 to 22:00 CET: the night on which clocks skip 02:00 to 03:00. */
const row = schedule(CHAPTERS.load, PLANNED, {
  planned_start: at('2027-03-27T19:00Z'),
  planned_end: at('2027-03-27T21:00Z'),
});
const view = sampleView({ schedules: [row] });
const model = plannerModel({ view, iteration: 'DR1', now: NOW, collapsed: new Set(), selected: new Set() });
const line = model.rows.map(model.line).find(({ code }) => code === 'AA') as Scheduled;
const context: TypedContext = { zone: 'Europe/Zurich', now: NOW, windowStart: at('2027-03-27T18:00Z') };

describe('what a typed time would do', () => {
  test('a new start moves the chapter and keeps its duration', () => {
    expect(readField('start', '21:30', line, context)).toEqual({
      kind: 'act',
      act: {
        label: 'Move AA to Sat 27 Mar 21:30',
        ops: [
          {
            op: 'move',
            table: 'chapter_schedules',
            id: row.id,
            base: { planned_start: row.planned_start, planned_end: row.planned_end },
            start: at('2027-03-27T20:30Z'),
          },
        ],
      },
      preview: 'Sat 27 Mar 21:30 (+1h30), ends Sat 27 Mar 23:30',
    });
  });

  test('a new end and a new duration are the same gesture', () => {
    const byEnd = readField('end', '23:00', line, context);
    const byDuration = readField('duration', '3h', line, context);
    expect(byEnd).toMatchObject({ act: { ops: [{ op: 'resize', edge: 'end', to: at('2027-03-27T22:00Z') }] } });
    expect(byDuration).toMatchObject({ act: { ops: [{ op: 'resize', edge: 'end', to: at('2027-03-27T22:00Z') }] } });
  });

  test('an end after midnight is the next night’s', () => {
    expect(readField('end', '00:30', line, context)).toMatchObject({ preview: 'Sun 28 Mar 00:30 (+2h30), takes 4h30' });
  });

  test('what is there already changes nothing', () => {
    expect(readField('start', line.start, line, context)).toEqual({ kind: 'same' });
    expect(readField('end', line.end, line, context)).toEqual({ kind: 'same' });
    expect(readField('duration', line.duration, line, context)).toEqual({ kind: 'same' });
  });

  test('a milestone and a gate may be made a moment, and a moment is written back as it is shown', () => {
    for (const chapterKind of ['milestone', 'gate'] as const) {
      expect(readField('duration', '0', { ...line, chapterKind }, context)).toMatchObject({
        act: { ops: [{ op: 'resize', edge: 'end', to: row.planned_start }] },
      });
    }
    const moment = { ...line, duration: '0m', schedule: { ...row, planned_end: row.planned_start } };
    expect(readField('duration', moment.duration, moment, context)).toEqual({ kind: 'same' });
    expect(readField('duration', '0m', line, context)).toMatchObject({ kind: 'error' });
  });

  test('an end before the start is said, with the start', () => {
    expect(readField('end', '27/3 19:00', line, context)).toEqual({
      kind: 'error',
      message: 'That is before the start, Sat 27 Mar 20:00.',
    });
  });

  test('an end at the start would be no time at all, but for a gate', () => {
    expect(readField('end', '27/3 20:00', line, context)).toEqual({
      kind: 'error',
      message: 'A duration is at least one minute.',
    });
    expect(readField('end', '27/3 20:00', { ...line, chapterKind: 'gate' }, context)).toMatchObject({ kind: 'act' });
  });

  test('a time that clocks skip is asked, and the answer acts', () => {
    const reading = readField('start', '28/3 02:30', line, context);
    expect(reading).toMatchObject({
      kind: 'ask',
      choices: [{ label: 'Sun 28 Mar 01:30 CET' }, { label: 'Sun 28 Mar 03:30 CEST' }],
    });
    if (reading.kind !== 'ask') return;
    expect(atInstant('start', reading.choices[1]?.instant ?? 0, line, context)).toMatchObject({
      act: { ops: [{ op: 'move', start: at('2027-03-28T01:30Z') }] },
    });
  });

  test.each([
    ['start', '1/1/2101 00:00'],
    ['start', '31/12/2099 23:30'],
    ['start', '1999-12-31 23:59'],
    ['start', '+99999999h'],
    ['end', '1/1/2101 00:00'],
    ['duration', '999999999h'],
  ] as const)('a %s of %s is said to be out of range before there is an edit', (field, text) => {
    const message = 'Times lie between the years 2000 and 2100.';
    expect(readField(field, text, line, context)).toEqual({ kind: 'error', message });
  });

  test('an hour shown twice is named once each, also in a zone whose name is its offset', () => {
    const there = { ...context, zone: 'Australia/Lord_Howe' };
    const choices = [{ label: 'Sun 4 Apr 01:45 UTC+11' }, { label: 'Sun 4 Apr 01:45 UTC+10:30' }];
    expect(readField('start', '4/4/2027 01:45', line, there)).toMatchObject({ kind: 'ask', choices });
  });

  test('nonsense is answered with what to write', () => {
    expect(readField('start', 'soon', line, context)).toMatchObject({ kind: 'error' });
    expect(readField('duration', 'long', line, context)).toMatchObject({ kind: 'error' });
  });
});
