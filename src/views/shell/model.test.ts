import { describe, expect, test } from 'vitest';
import { dayText } from '../../store/times-text.ts';
import type { Condition, SyncState } from '../../store/view.ts';
import { NOW, type SampleOptions, sampleConflict, sampleSync, sampleView } from '../../testing/sample-view.ts';
import { freshness } from './freshness.ts';
import { chipModel } from './status-chip.ts';

const zone = 'Europe/Zurich';
const edit = { id: 'e', seq: 1, at: 0, label: 'Move AB', ops: [] };
const queued = { edit, predicted: { outcome: 'applied' }, isKept: true, isSent: false } as const;
const refused = [
  { edit, refusal: { code: 'iteration_frozen', message: 'Frozen.', table: null, id: null, field: null } },
] as const;
const chip = (view: SampleOptions = {}, sync: Partial<SyncState> = {}) =>
  chipModel(sampleView(view), sampleSync(sync), { zone, notKept: 0, now: NOW * 60_000 });

describe('the status chip', () => {
  test.each<[string, SampleOptions, Partial<SyncState>]>([
    ['Saved', {}, {}],
    ['3 kept on this device', { queue: [queued, queued, queued] }, {}],
    ['1 kept on this device · keeping 1', { queue: [queued, { ...queued, isKept: false }] }, {}],
    ['keeping 1', { queue: [{ ...queued, isKept: false }] }, {}],
    ['2 need you', { refused, conflicts: [sampleConflict()] }, {}],
    ['1 needs you', { conflicts: [sampleConflict()] }, {}],
    // What builds on it is decided with it.
    ['1 needs you', { conflicts: [sampleConflict(), sampleConflict({ id: 'c2', cause: 'blocked', rev: 6 })] }, {}],
    ['Offline since 21:14', {}, { condition: 'offline' }],
    ['Offline since 21:14 · 1 kept on this device', { queue: [queued] }, { condition: 'offline' }],
    ['Signed out · 1 kept on this device', { queue: [queued] }, { condition: 'signed-out' }],
    ['Nothing is kept on this device · 1 not kept', { queue: [queued] }, { condition: 'storage' }],
    ['Nothing is kept on this device', {}, { keepsOn: 'page' }],
    [
      'Offline since 21:14 · Nothing is kept on this device · 1 only in this page',
      { queue: [queued] },
      { condition: 'offline', keepsOn: 'page' },
    ],
  ])('says: %s', (words, view, sync) => {
    expect(chip(view, sync).words).toBe(words);
  });

  test('a night later the chip says on which day the server answered last, by the server’s clock', () => {
    const sync = sampleSync({ condition: 'offline', clockOffset: -3_600_000 });
    const model = chipModel(sampleView(), sync, { zone, notKept: 0, now: sync.since + 40 * 3_600_000 });
    const day = dayText(zone, Math.floor(sync.since / 60_000));
    expect(model.words).toBe(`Offline since ${day} 20:14`);
    expect(model.meaning).toContain(`since ${day} 20:14.`);
  });

  test('an edit that the browser could not keep is told and can be downloaded', () => {
    const model = chipModel(sampleView(), sampleSync(), { zone, notKept: 1, now: NOW * 60_000 });
    expect(model).toMatchObject({ words: '1 not kept', tone: 'danger', actions: ['download'] });
    expect(model.meaning).not.toMatch(/^Everything you typed is on the server/);
  });

  test('a refused edit is not said to be on the server, and there is nothing to decide about it', () => {
    const { meaning, actions } = chip({ refused });
    expect(meaning).toBe(
      'Everything else that you typed is on the server. What the server refused changed nothing; the notices above say why.',
    );
    expect(actions).toEqual(['download']);
    expect(chip({ refused, conflicts: [sampleConflict()] }).actions).toEqual(['conflicts', 'download']);
  });

  test('another person’s conflict does not need this reader', () => {
    expect(chip({ conflicts: [sampleConflict({ author: 'planner-b' })] }).words).toBe('Saved');
  });

  test.each<Condition>([
    'starting',
    'offline',
    'signed-out',
    'wrong-user',
    'forbidden',
    'too-old',
    'looping',
    'storage',
  ])('explains %s and never calls it saved', (condition) => {
    const model = chip({}, { condition });
    expect(model.words).not.toBe('Saved');
    expect(model.meaning).toMatch(/\.$/);
    expect(model.actions.length).toBeGreaterThan(0);
    expect(model.tone).not.toBe('calm');
  });

  test('whatever waits here can be downloaded', () => {
    expect(chip({ queue: [queued] }, { condition: 'forbidden' }).actions).toContain('download');
    expect(chip().actions).toEqual([]);
  });
});

describe('freshness', () => {
  const now = NOW * 60_000 + 7_000;

  test('shows the server’s time of the data and its age', () => {
    expect(freshness(sampleSync(), now, zone)).toEqual({
      words: 'as of 22:20:03 CET (4 s)',
      age: 'fresh',
      banner: null,
    });
  });

  test('two missed polls are late, three are stale with a banner', () => {
    expect(freshness(sampleSync({ missedPolls: 2 }), now, zone).age).toBe('late');
    expect(freshness(sampleSync({ missedPolls: 3 }), now + 240_000, zone)).toMatchObject({
      age: 'stale',
      banner: 'Data is 4 min old – not live.',
    });
  });

  test('data goes stale while polling has stopped, too', () => {
    expect(freshness(sampleSync({ condition: 'signed-out' }), now + 60_000, zone).age).toBe('stale');
  });

  test('what a reload finds on the device is not live until the server answers', () => {
    expect(freshness(sampleSync({ freshAt: null, condition: 'offline' }), now, zone).age).toBe('stale');
    expect(freshness(sampleSync({ freshAt: null, condition: 'starting' }), now, zone).age).toBe('none');
  });
});
