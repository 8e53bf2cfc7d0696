import { expect, test } from 'vitest';
import type { Iteration } from '../../store/rows.ts';
import type { PlanStore } from '../../store/view.ts';
import { sampleView } from '../../testing/sample-view.ts';
import { followRenamedIteration } from './renamed-iteration.ts';

/** The place of a reader who looks at `code`, and what gives the plan's iterations other codes. */
function looking(code: string | null) {
  let view = sampleView();
  let tell = () => {};
  const place = new Map([['iteration', code]]);
  const store: Partial<PlanStore> = {
    view: () => view,
    subscribe: (listener) => {
      tell = listener;
      return () => {};
    },
  };
  followRenamedIteration(store as PlanStore, {
    get: (key) => place.get(key) ?? null,
    set: (key, value) => place.set(key, value),
  });
  return {
    where: () => place.get('iteration'),
    rename(codes: Readonly<Record<string, string>>) {
      const renamed = [...view.rows.iterations].map(([id, row]): [string, Iteration] => [
        id,
        { ...row, code: codes[row.code] ?? row.code },
      ]);
      view = { ...view, rows: { ...view.rows, iterations: new Map(renamed) } };
      tell();
    },
  };
}

test('the place follows its iteration to another code, and again', () => {
  const { rename, where } = looking('DR1');
  rename({ DR1: 'DR1b' });
  expect(where()).toBe('DR1b');
  rename({ DR1b: 'DR2' });
  expect(where()).toBe('DR2');
});

test('two iterations that change their codes with each other do not change places', () => {
  const { rename, where } = looking('DR1');
  rename({ DR1: 'RUN3', RUN3: 'DR1' });
  expect(where()).toBe('RUN3');
});

test('who chose none, or one that is not there, stays', () => {
  for (const code of [null, 'DR9']) {
    const { rename, where } = looking(code);
    rename({ DR1: 'DR9', RUN3: 'RUN4' });
    expect(where()).toBe(code);
  }
});
