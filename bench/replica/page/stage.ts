/** Runs one contestant in the page and takes the times, the same way for all. The bench calls it from outside. */
import { mix } from '../../../src/store/mix.ts';
import type { Contestant } from './contestant.ts';
import { countWrites, databaseWrites } from './database-writes.ts';
import { draw, paint } from './paint.ts';

export interface Check {
  readonly count: number;
  /** The sum of `mix` over all rows: the right rows at the right revs. */
  readonly sum: number;
  /** Rows whose note is an edit of the bench. */
  readonly edited: number;
}

export interface Stage {
  cold(shown: readonly string[]): Promise<number>;
  warm(): Promise<number>;
  check(): Promise<Check>;
  delta(shown: readonly string[]): Promise<number>;
  /** Milliseconds to the DOM, animation frames that passed before, and milliseconds to durable; of each edit. */
  edits(ids: readonly string[], note: string): Promise<{ dom: number[]; frames: number[]; durable: number[] }>;
  queue(ids: readonly string[], note: string): Promise<void>;
  push(): Promise<number>;
  follow(): Promise<void>;
  writes(): number;
}

export function takeStage(contestant: Contestant): void {
  countWrites();
  const show = async (ids: readonly string[]) => paint(await contestant.some(ids));
  const stage: Stage = {
    async cold(shown) {
      const startedAt = performance.now();
      await contestant.open();
      const { durable } = await contestant.pull();
      await Promise.all([show(shown), durable]);
      return performance.now() - startedAt;
    },
    async warm() {
      const startedAt = performance.now();
      await contestant.open();
      await contestant.all();
      return performance.now() - startedAt;
    },
    async check() {
      const rows = [...(await contestant.all())];
      const sum = rows.reduce((total, { id, rev }) => total + mix(id, rev), 0);
      return { count: rows.length, sum, edited: rows.filter(({ note }) => note?.startsWith('edit')).length };
    },
    async delta(shown) {
      const startedAt = performance.now();
      const { durable } = await contestant.pull();
      await Promise.all([show(shown), durable]);
      return performance.now() - startedAt;
    },
    async edits(ids, note) {
      const times = { dom: [] as number[], frames: [] as number[], durable: [] as number[] };
      await show(ids.slice(0, 50));
      for (const [at, id] of ids.entries()) {
        let frames = 0;
        let isCounting = true;
        const countFrame = () => {
          if (!isCounting) return;
          frames += 1;
          requestAnimationFrame(countFrame);
        };
        requestAnimationFrame(countFrame);
        const startedAt = performance.now();
        const { durable } = await contestant.edit(id, `${note} ${at}`);
        draw(await contestant.some(ids.slice(0, 50)));
        times.dom.push(performance.now() - startedAt);
        times.frames.push(frames);
        isCounting = false;
        await durable;
        times.durable.push(performance.now() - startedAt);
        // A person is never quicker; what an engine puts off to a quiet moment gets one.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return times;
    },
    async queue(ids, note) {
      const arrived = [];
      for (const [at, id] of ids.entries()) arrived.push(await contestant.edit(id, `${note} ${at}`));
      await Promise.all(arrived.map(({ durable }) => durable));
    },
    async push() {
      const startedAt = performance.now();
      await contestant.push();
      return performance.now() - startedAt;
    },
    async follow() {
      await contestant.open();
      await contestant.follow();
    },
    writes: databaseWrites,
  };
  Object.assign(window, { stage });
}
