import { expect, test } from 'vitest';
import { NOW, type SampleOptions, sampleConflict, sampleView } from '../../testing/sample-view.ts';
import { restoredWords } from './restored-words.ts';

const nothing = { rev: 4, isOlder: false, until: null, edits: [], kept: [] } as const;
const until = (NOW - 75) * 60_000;

const words = (restored: SampleOptions['restored'], more: SampleOptions = {}) =>
  restoredWords(sampleView({ restored: restored ?? null, ...more }), NOW * 60_000);

const queued = (id: string) =>
  ({
    edit: { id, seq: 1, at: 0, label: 'Move AB', ops: [] },
    predicted: { outcome: 'applied' },
    isKept: true,
    isSent: true,
  }) as const;

test('nothing is told of a server that is as it was', () => {
  expect(words(null)).toBe(null);
});

test('how far the server went back is told as far as it is known', () => {
  expect(words({ ...nothing, isOlder: true, until })).toBe('The server went back to an older state, of 21:05.');
  expect(words({ ...nothing, isOlder: true })).toBe('The server went back to an older state.');
  expect(words(nothing)).toBe('The server was restored, or another one took its place.');
});

test('what became of the edits of this device is counted until all of it is known', () => {
  const edits = ['a', 'b', 'c', 'd', 'e', 'f'];
  const conflicts = [
    sampleConflict({ edit_id: 'c' }),
    sampleConflict({ id: 'c2', edit_id: 'd', state: 'resolved', resolved_by: 'lea' }),
  ];
  const of = (queue: SampleOptions['queue'] = []) =>
    words({ ...nothing, edits, kept: ['a', 'b'] }, { conflicts, queue: queue ?? [] });
  expect(of([queued('e'), queued('f')])).toBe(
    'The server was restored, or another one took its place. Of your 6 edits of the last two weeks on this device 2 are still there, 1 needs you, 1 was decided and 2 are on the way again.',
  );
  // That it had to be made again shows that it was lost.
  expect(of()).toBe(
    'The server went back to an older state. Of your 6 edits of the last two weeks on this device 2 are still there, 2 were made again, 1 needs you and 1 was decided.',
  );
});

test('a refusal needs its author, and one edit is told without a count', () => {
  const refusal = { code: 'iteration_closed', message: '', table: null, id: null, field: null } as const;
  const refused = [{ edit: queued('a').edit, refusal }];
  expect(words({ ...nothing, edits: ['a'] }, { refused })).toMatch(
    / Your edit of the last two weeks on this device needs you\.$/,
  );
  expect(words({ ...nothing, edits: ['a'], kept: ['a'] })).toMatch(/ Your edit .* is still there\.$/);
});
