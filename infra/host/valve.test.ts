import { expect, test } from 'vitest';
import { createAdmission } from './admission.ts';
import { createApp } from './app.ts';
import { BASE_PATH } from './base-path.ts';
import type { BuildOutput } from './build-output.ts';
import type { Doors } from './doors.ts';
import { createMeter } from './meter.ts';
import { createValve } from './valve.ts';

function valve() {
  let now = 0;
  const made = createValve(() => now);
  return {
    wish: made.pollAfterMs,
    /** So many seconds with 100 answers each. */
    serve(seconds: number, ms: number) {
      for (let i = 0; i < seconds * 100; i += 1) {
        now += 10;
        made.answered(ms);
      }
    },
    rest(ms: number) {
      now += ms;
    },
  };
}

test('asks for nothing while answers are quick', () => {
  const { serve, wish } = valve();
  expect(wish()).toBeNull();
  serve(120, 100);
  expect(wish()).toBeNull();
});

test('asks pages to wait the longer the slower answers are, up to a minute', () => {
  const { serve, wish } = valve();
  serve(120, 1_000);
  expect(wish()).toBeGreaterThan(13_000);
  expect(wish()).toBeLessThanOrEqual(14_000);
  serve(120, 30_000);
  expect(wish()).toBe(60_000);
});

test('one slow answer among many is nothing', () => {
  const { serve, wish } = valve();
  serve(60, 50);
  serve(0.01, 10_000);
  expect(wish()).toBeNull();
});

test('opens again when answers are quick, and when nobody asked for a while', () => {
  const one = valve();
  one.serve(60, 3_000);
  one.serve(60, 50);
  expect(one.wish()).toBeNull();
  const other = valve();
  other.serve(60, 3_000);
  other.rest(60_000);
  expect(other.wish()).toBeNull();
});

test('every answer carries the wish, and only polls and syncs move the valve', async () => {
  const answered: number[] = [];
  let wish: number | null = 21_000;
  const doors = {
    delta: async (_who, _plan, _cursor, tag) => ({ etag: 'e.1', body: tag ? null : '{}' }),
    plans: async () => '{}',
  } satisfies Partial<Doors> as unknown as Doors;
  const app = await createApp({
    doors,
    admission: createAdmission({ most: 1, wait_ms: 1 }),
    build: { version: 'test', page: '', assets: new Map() } as unknown as BuildOutput,
    auth: { mode: 'dev' },
    adminGroup: 'admins',
    bodyBytes: 1_000,
    ratePerMinute: 1_000,
    log: () => undefined,
    meter: createMeter('test'),
    valve: { answered: (ms) => void answered.push(ms), pollAfterMs: () => wish },
  });
  const ask = (path: string, headers = {}) =>
    app.inject({ url: BASE_PATH + path, headers: { host: 'localhost', ...headers } });
  const header = 'x-macroplan-poll-after';
  const [full, same] = [await ask('/plans/p/delta'), await ask('/plans/p/delta', { 'if-none-match': '"e.1"' })];
  expect([full.statusCode, full.headers[header]]).toEqual([200, '21000']);
  expect([same.statusCode, same.headers[header]]).toEqual([304, '21000']);
  wish = null;
  expect((await ask('/plans')).headers[header]).toBeUndefined();
  expect(answered).toHaveLength(2);
  await app.close();
});
