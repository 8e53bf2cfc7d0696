import { expect, test } from 'vitest';
import { openDrafts } from './open-drafts.ts';

const [OURS, THEIRS] = ['me plan ', 'you plan '];

/** The locks of this process are those of a browser. */
const page = (start = OURS) => openDrafts(locks(), start);

/** Shared and exclusive, first come first served: what Web Locks are, as far as they are used here. */
let held: { name: string; mode: string; end: Promise<unknown> }[] = [];
function locks() {
  async function request(name: string, ...[options, callback]: unknown[]): Promise<unknown> {
    const [act, mode] = typeof options === 'function' ? [options, 'exclusive'] : [callback as () => unknown, 'shared'];
    for (;;) {
      const inTheWay = held.filter((each) => each.name === name && (mode === 'exclusive' || each.mode === 'exclusive'));
      if (inTheWay.length === 0) break;
      await Promise.all(inTheWay.map(({ end }) => end));
    }
    const lock = { name, mode, end: Promise.resolve(act()) };
    held.push(lock);
    const result = await lock.end;
    held = held.filter((each) => each !== lock);
    return result;
  }
  return { request, query: async () => ({ held, pending: [] }) } as unknown as LockManager;
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

test('what stands in a form of another page is known there, until it is let go', async () => {
  const [one, other] = [page(), page()];
  one.hold('chapter a');
  one.hold('chapter a');
  expect([...(await other.held())]).toEqual(['chapter a']);
  expect([...(await page(THEIRS).held())]).toEqual([]);
  const told: boolean[] = [];
  void other.isFreed('chapter a').then((isFree) => told.push(isFree));
  await turn();
  expect(told).toEqual([]);
  one.letGo('chapter a');
  await turn();
  expect(told).toEqual([true]);
  expect([...(await other.held())]).toEqual([]);
});

test('what this page has opened meanwhile waits for nobody when the other one is gone', async () => {
  const [one, other] = [page(), page()];
  one.hold('chapter a');
  const freed = other.isFreed('chapter a');
  other.hold('chapter a');
  one.letGo('chapter a');
  other.hold('chapter b');
  other.letGo('chapter b');
  expect(await other.isFreed('chapter a')).toBe(false);
  other.letGo('chapter a');
  expect(await freed).toBe(true);
});

test('without locks only this page is known', async () => {
  const plain = openDrafts(undefined, OURS);
  plain.hold('chapter a');
  expect([...(await plain.held())]).toEqual(['chapter a']);
  expect(await plain.isFreed('chapter b')).toBe(false);
});
