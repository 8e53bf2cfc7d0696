import { expect, test } from 'vitest';
import { at } from '../testing/sample-view.ts';
import { readInstant } from './instant-entry.ts';

const start = at('2027-03-27T21:00Z');
const context = { zone: 'Europe/Zurich', now: start, current: start, windowStart: start };

test('a time is an instant, and a sentence where it is none or where clocks skip or repeat it', () => {
  expect(readInstant('sat 23:15', context)).toEqual({ instant: at('2027-03-27T22:15Z') });
  expect(readInstant('soon', context)).toMatchObject({ message: expect.stringMatching(/^Write a time/) });
  expect(readInstant('28/3 02:30', context)).toEqual({
    message: 'Clocks skip this time that night. Write Sun 28 Mar 2027 01:30 CET or Sun 28 Mar 2027 03:30 CEST.',
  });
  expect(readInstant('31/10/2027 02:30', context)).toEqual({
    message: 'Clocks show this time twice that night. Write Sun 31 Oct 2027 02:30 CEST or Sun 31 Oct 2027 02:30 CET.',
  });
  expect(readInstant('31/10/2027 02:30 CEST', context)).toEqual({ instant: at('2027-10-31T00:30Z') });
});

test.each([
  ['Europe/Zurich', '31/10/2027 02:30'],
  ['Europe/London', '31/10/2027 01:30'],
  ['Australia/Lord_Howe', '4/4/2027 01:45'],
  ['America/St_Johns', '14/3/2027 02:30'],
  // The clocks jump at midnight: one of the two is on the day before.
  ['Africa/Cairo', '30/4/2027 00:30'],
  ['Atlantic/Azores', '28/3/2027 00:30'],
])('in %s the sentence about %s says what can be written as it stands', (zone, text) => {
  const here = { ...context, zone };
  const entry = readInstant(text, here);
  const written = 'message' in entry ? (/Write (.*) or (.*)\.$/.exec(entry.message)?.slice(1) ?? []) : [];
  const instants = new Set(
    written.map((each) => readInstant(each, here)).map((each) => 'instant' in each && each.instant),
  );
  expect(instants.size).toBe(2);
  expect(instants).not.toContain(false);
});
