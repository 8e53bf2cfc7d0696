import { expect, test } from 'vitest';
import { at } from '../testing/sample-view.ts';
import { readInstant } from './instant-entry.ts';

const start = at('2027-03-27T21:00Z');
const context = { zone: 'Europe/Zurich', now: start, current: start, windowStart: start };

test('a time is an instant, and a sentence where it is none or where clocks skip or repeat it', () => {
  expect(readInstant('sat 23:15', context)).toEqual({ instant: at('2027-03-27T22:15Z') });
  expect(readInstant('soon', context)).toMatchObject({ message: expect.stringMatching(/^Write a time/) });
  expect(readInstant('28/3 02:30', context)).toEqual({
    message: 'Clocks skip this time that night. Write 01:30 CET or 03:30 CEST.',
  });
  expect(readInstant('31/10/2027 02:30', context)).toEqual({
    message: 'Clocks show this time twice that night. Write 02:30 CEST or 02:30 CET.',
  });
  expect(readInstant('31/10/2027 02:30 CEST', context)).toEqual({ instant: at('2027-10-31T00:30Z') });
});
