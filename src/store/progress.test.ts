import { describe, expect, test } from 'vitest';
import { schedule as sampleSchedule } from '../testing/sample-view.ts';
import { lateBy, reportProgress, shownStatus, variance } from './progress.ts';
import type { ChapterSchedule, Iteration } from './rows.ts';

const live: Iteration = {
  id: 'i',
  rev: 1,
  code: 'DR2',
  name: 'Dress rehearsal 2',
  kind: 'DR',
  window_start: 1000,
  window_end: 2000,
  state: 'live',
  rollback_minutes: 0,
  position: 0,
  mail_mode: 'off',
};
const planned: Iteration = { ...live, state: 'planned' };
const schedule = sampleSchedule('c', 'i', { id: 's', planned_start: 1100, planned_end: 1200 });
const running: ChapterSchedule = { ...schedule, status: 'running', actual_start: 1130 };

describe('progress', () => {
  test('what has not begun is late after its start, what runs after its end', () => {
    expect(shownStatus(schedule, live, 1100)).toBe('pending');
    expect(shownStatus(schedule, live, 1101)).toBe('late');
    expect(shownStatus(running, live, 1200)).toBe('running');
    expect(shownStatus(running, live, 1215)).toBe('late');
    expect(lateBy(running, live, 1215)).toBe(15);
  });

  test('nothing is late in an iteration that is not live, and nothing finished is late', () => {
    expect(shownStatus(schedule, planned, 5000)).toBe('pending');
    expect(shownStatus({ ...schedule, status: 'done' }, live, 5000)).toBe('done');
    expect(shownStatus({ ...schedule, status: 'skipped' }, live, 5000)).toBe('skipped');
  });

  test('blocked outranks late', () => {
    expect(shownStatus({ ...schedule, status: 'blocked' }, live, 5000)).toBe('blocked');
  });

  test('a report stamps the times that follow from it and keeps those that are known', () => {
    expect(reportProgress(schedule, 'running', 1105)).toEqual({
      status: 'running',
      actual_start: 1105,
      actual_end: null,
    });
    expect(reportProgress(running, 'done', 1190)).toEqual({ status: 'done', actual_start: 1130, actual_end: 1190 });
    expect(reportProgress(schedule, 'done', 1190)).toEqual({ status: 'done', actual_start: 1190, actual_end: 1190 });
    expect(reportProgress(running, 'blocked', 1190)).toEqual({
      status: 'blocked',
      actual_start: 1130,
      actual_end: null,
    });
    expect(reportProgress(running, 'pending', 1190)).toEqual({
      status: 'pending',
      actual_start: null,
      actual_end: null,
    });
  });

  test('variance is that of the end once there is one', () => {
    expect(variance(schedule)).toBeNull();
    expect(variance(running)).toBe(30);
    expect(variance({ ...running, actual_end: 1195 })).toBe(-5);
  });
});
