import { describe, expect, test } from 'vitest';
import { at, CHAPTERS, LIVE, NOW, sampleView, schedule } from '../../testing/sample-view.ts';
import { type DashboardInput, dashboardModel } from './model.ts';

const model = (fields: Partial<DashboardInput> = {}) =>
  dashboardModel({ view: sampleView(), iteration: null, now: NOW * 60_000, show: null, ...fields });

describe('the live dashboard', () => {
  test('counts every scheduled chapter once, late instead of running', () => {
    const counts = Object.fromEntries(model().counters.map(({ status, count }) => [status, count]));
    expect(counts).toEqual({ blocked: 0, late: 1, running: 0, ready: 0, pending: 2, done: 0 });
  });

  test('says where the night stands', () => {
    const { headline, detail } = model();
    expect(headline).toBe('T+3h20 · 8h40 left');
    expect(detail).toBe('Sat 16 Jan 19:00 → 07:00 · 0 of 3 done · furthest behind: 20m');
  });

  test('shows the urgent first and then the next to begin', () => {
    const blocked = schedule(CHAPTERS.open, LIVE, {
      status: 'blocked',
      planned_start: at('2027-01-17T02:00Z'),
      planned_end: at('2027-01-17T03:00Z'),
    });
    const { lines } = model({ view: sampleView({ schedules: [blocked] }) });
    expect(lines.map(({ code, status }) => [code, status])).toEqual([
      ['CB', 'blocked'],
      ['AA', 'late'],
      ['AB', 'pending'],
      ['CA', 'pending'],
    ]);
  });

  test('a pressed counter filters the list', () => {
    const { lines, listTitle } = model({ show: 'late' });
    expect(listTitle).toBe('Late');
    expect(lines.map(({ code }) => code)).toEqual(['AA']);
  });

  test('puts planned beside actual and forecast, with the differences', () => {
    const [load] = model().lines;
    expect(load).toMatchObject({
      planned: 'Sat 16 Jan 20:00 → 22:00',
      actual: 'began 20:10 (+10m) · forecast 22:20 (+20m)',
      lateness: '20m late',
    });
  });

  test('counts down to the gates that are not decided', () => {
    expect(model().gates).toMatchObject([{ title: 'G1', at: 'Sun 17 Jan 02:30', countdown: 'in 4h10' }]);
    const done = schedule(CHAPTERS.gate, LIVE, { status: 'done' });
    expect(model({ view: sampleView({ schedules: [done] }) }).gates).toEqual([]);
  });

  test('a gate says who decides, what it waits for and when it will really be', () => {
    const { rows } = sampleView();
    const link = { id: 'd', rev: 1, kind: 'FS', lag_minutes: 60 } as const;
    const dependencies = new Map([['d', { ...link, predecessor_id: CHAPTERS.check, successor_id: CHAPTERS.gate }]]);
    const chapters = new Map(rows.chapters);
    const gate = chapters.get(CHAPTERS.gate);
    if (gate) chapters.set(gate.id, { ...gate, success_criterion: 'Counts agree.', rollback_action: 'Empty it.' });
    const view = { ...sampleView(), rows: { ...rows, dependencies, chapters } };
    expect(model({ view }).gates[0]).toMatchObject({
      forecast: 'forecast 03:15 (+45m)',
      facts: 'Database team decides; waits for AB.\nGo if: Counts agree.\nIf no go: Empty it.',
    });
  });

  test('tells the forecast end, the drift, and for how long there is a way back', () => {
    expect(model().figures.map(({ label, value, note }) => [label, value, note])).toEqual([
      ['Forecast end', 'Sun 17 Jan 02:30', 'planned Sun 17 Jan 02:30 (±0m), 4h30 before the window closes'],
      ['Drift so far', '±0m', 'work done so far, as planned'],
      ['Rollback still possible for', '7h40', 'until Sun 17 Jan 06:00; takes 1h, checks included'],
    ]);
    const over = model({ now: at('2027-01-17T05:01Z') * 60_000 }).figures.at(-1);
    expect(over).toMatchObject({ value: 'no longer fits', isLate: true });
  });

  test('says why there is nothing to see', () => {
    expect(model({ iteration: 'DR1', show: 'late' }).emptyText).toBe(
      'No chapter stands here now; press Late again for the others.',
    );
    const { rows } = sampleView();
    const view = { ...sampleView(), rows: { ...rows, chapter_schedules: new Map() } };
    expect(model({ view })).toMatchObject({
      standing: null,
      emptyText: 'Nothing is scheduled in RUN3 yet. Set times in the planner.',
    });
    const empty = { ...sampleView(), rows: { ...rows, iterations: new Map() } };
    expect(model({ view: empty }).detail).toBe('This plan has no iteration yet.');
    const { detail, emptyText, iterations } = model({ iteration: 'DR9' });
    expect(detail).toBe('This plan has no iteration DR9, or no longer. Choose one above.');
    expect([emptyText, iterations.length]).toEqual(['', 2]);
  });

  test('a phase shows the parts that are done, running, late and blocked', () => {
    expect(model().phases).toMatchObject([
      {
        name: 'Before',
        words: '0 of 2',
        rag: 'amber',
        reason: 'AA is 20m late; nothing breaks yet',
        forecast: 'ends Sun 17 Jan 01:45 (±0m)',
        parts: [{ status: 'late', part: 0.5 }],
      },
      { name: 'Weekend', words: '0 of 1', rag: 'grey', parts: [] },
    ]);
  });

  test('the feed has one line for each edit, newest first', () => {
    const event = {
      n: 1,
      actor: 'planner-b',
      actor_name: 'Planner B',
      label: 'Slip of 2 chapters',
      op: 'slip',
      table_name: 'chapter_schedules',
      row_id: 'x',
    } as const;
    const events = [
      { ...event, rev: 9, n: 2, at: NOW * 60_000 - 5_000 },
      { ...event, rev: 9, at: NOW * 60_000 - 5_000 },
      { ...event, rev: 8, at: NOW * 60_000 - 600_000, label: 'Move AB' },
    ];
    const { feed } = model({ view: sampleView({ events }) });
    expect(feed.map(({ what, when }) => [what, when])).toEqual([
      ['Slip of 2 chapters', 'just now'],
      ['Move AB', '10 min ago'],
    ]);
  });
});
