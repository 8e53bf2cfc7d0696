/**
 * The dangerous pairs, in every order of their statements. A push is one statement for its host; here it is opened at
 * the boundaries that it has inside: find the plan, take its lock, take the edits, read the delta, commit.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { Base } from '../src/store/base.ts';
import type { Op, Receipt } from '../src/store/edit.ts';
import { playOrders, type Scene, type Stage } from './interleave.ts';
import { checkSnapshot, Follower, snapshotSteps, type Taken } from './interleaving-readers.ts';
import {
  conflictsOf,
  createWorld,
  errorsIn,
  KIM,
  LEE,
  note,
  openEdit,
  openPush,
  type Push,
  push,
  receiptsIn,
  START,
  scheduleOf,
  slip,
  step,
  type World,
} from './interleaving-steps.ts';
import { checkPlan } from './invariants.ts';
import { ADMIN, edit, sync, write } from './test-plan.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

/** Plays and prints how much was played: an order that nobody played proves nothing. */
async function play(what: string, begin: () => Promise<Scene>, sample: Stage['sample'] = null): Promise<void> {
  const { orders, waits } = await playOrders({ url: database.url, begin, sample });
  console.log(`${what}: ${orders} orders, ${waits} waits${sample ? `, seed ${sample.seed}` : ''}`);
  expect(orders).toBeGreaterThan(1);
}

/** Two pushes on one row and what must come of them. */
async function twoPushes(
  sent: (world: World) => readonly [Push, Push],
  check: (world: World, receipts: readonly Receipt[]) => Promise<void>,
): Promise<Scene> {
  const world = await createWorld(database);
  const [a, b] = sent(world);
  return {
    sessions: [openPush(world, 'A', a), openPush(world, 'B', b)],
    async check({ answers }) {
      expect(errorsIn(answers)).toEqual([]);
      await check(world, answers.flatMap(receiptsIn));
      await checkPlan(database.admin, world.plan);
    },
  };
}

test('two pushes to different fields of one row both take effect', async () => {
  await play('push/push, different fields', () =>
    twoPushes(
      (world) => [
        { by: KIM, edits: [edit(1, [note(world, 'Kim')])] },
        { by: LEE, edits: [edit(1, [slip(world, 30)])] },
      ],
      async (world, receipts) => {
        for (const { outcome } of receipts) expect(['applied', 'merged']).toContain(outcome);
        expect(receipts).toHaveLength(2);
        expect(await scheduleOf(world)).toEqual({ note: 'Kim', planned_start: START + 30 });
      },
    ),
  );
});

test('of two pushes to one field one takes effect and the other is kept as a conflict', async () => {
  await play('push/push, same field', () =>
    twoPushes(
      (world) => [
        { by: KIM, edits: [edit(1, [note(world, 'Kim')])] },
        { by: LEE, edits: [edit(1, [note(world, 'Lee')])] },
      ],
      async (world, receipts) => {
        expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'conflict']);
        const first = receipts[0]?.outcome === 'applied' ? 'Kim' : 'Lee';
        expect(await scheduleOf(world)).toMatchObject({ note: first });
        expect(await conflictsOf(world)).toEqual([{ state: 'open', cause: 'both_changed' }]);
      },
    ),
  );
});

test('the same slip pushed twice by two people moves the chapter once', async () => {
  await play('push/push, same slip', () =>
    twoPushes(
      (world) => [
        { by: KIM, edits: [edit(1, [slip(world, 30)])] },
        { by: LEE, edits: [edit(1, [slip(world, 30)])] },
      ],
      async (world, receipts) => {
        expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'conflict']);
        expect(await scheduleOf(world)).toMatchObject({ planned_start: START + 30 });
        expect(await conflictsOf(world)).toEqual([{ state: 'open', cause: 'double_slip' }]);
      },
    ),
  );
});

/** One device whose request reached us twice, the second behind the first. */
const sameEditTwice = () =>
  twoPushes(
    (world) => {
      const sent = { by: KIM, client: randomUUID(), edits: [edit(1, [note(world, 'Kim')])] };
      return [sent, sent];
    },
    async (world, [one, two]) => {
      expect([one?.dup, two?.dup].sort()).toEqual([false, true]);
      expect({ ...one, dup: null }).toEqual({ ...two, dup: null });
      expect(await scheduleOf(world)).toMatchObject({ note: 'Kim' });
    },
  );

test('one edit pushed by two requests takes effect once and has one receipt', async () => {
  await play('push/push, same edit', sameEditTwice);
});

test('a push that is rolled back leaves the other one as if alone', async () => {
  await play('push/push, one rolled back', () =>
    twoPushes(
      (world) => [
        { by: KIM, edits: [edit(1, [note(world, 'Kim')])], end: 'rollback' },
        { by: LEE, edits: [edit(1, [note(world, 'Lee')])] },
      ],
      async (world, receipts) => {
        expect(receipts.at(-1)?.outcome).toBe('applied');
        expect(await scheduleOf(world)).toMatchObject({ note: 'Lee' });
      },
    ),
  );
});

test('a delta between any statements of a push neither skips nor tears an edit', async () => {
  await play('push/delta', async () => {
    const world = await createWorld(database);
    const follower = await Follower.at(world);
    const edits = [edit(1, [note(world, 'Kim'), slip(world, 15)]), edit(2, [note(world, 'Kim')])];
    return {
      sessions: [openPush(world, 'A', { by: KIM, edits }), follower.polls(world, 3)],
      async check({ answers }) {
        expect(errorsIn(answers)).toEqual([]);
        await follower.check(world);
        await checkPlan(database.admin, world.plan);
      },
    };
  });
});

test('a delta between the single writes of an edit does not see them', async () => {
  await play('edit/delta', async () => {
    const world = await createWorld(database);
    const follower = await Follower.at(world);
    return {
      sessions: [openEdit(world, 'E'), follower.polls(world, 3)],
      async check({ answers }) {
        expect(errorsIn(answers)).toEqual([]);
        await follower.check(world);
        await checkPlan(database.admin, world.plan);
      },
    };
  });
});

/** What a push and a pruning do to a replica that has not heard of a tombstone yet. */
async function pushAndPrune(): Promise<Scene> {
  const world = await createWorld(database);
  await write(database, world.plan, [['teams', world.team, null]]);
  const follower = await Follower.at(world);
  const revive: Op = { op: 'insert', table: 'teams', id: world.team, row: { code: 'T', name: 'Again' } };
  const prune = [
    step('prune', async (session) => {
      await session.query('begin');
      return await session.query(`select macroplan.prune($1, '0 seconds')`, [world.plan]);
    }),
    step('prune commit', (session) => session.query('commit')),
  ];
  return {
    sessions: [openPush(world, 'A', { by: ADMIN, edits: [edit(1, [revive])] }), prune, follower.polls(world, 2)],
    async check({ answers }) {
      expect(errorsIn(answers)).toEqual([]);
      expect(receiptsIn(answers[0])).toMatchObject([{ outcome: 'applied' }]);
      await follower.check(world);
      await checkPlan(database.admin, world.plan);
    },
  };
}

test('a tombstone that is pruned between the statements of a push is missed by nobody', async () => {
  await play('push/prune/delta', pushAndPrune, { orders: 50, seed: seedNow() });
});

test('manifest and parts of a snapshot are of one moment, and the delta after them goes on from it', async () => {
  await play('push/snapshot', async () => {
    const world = await createWorld(database);
    const taken: Taken = { replica: new Base() };
    const edits = [edit(1, [note(world, 'Kim'), slip(world, 15)])];
    return {
      sessions: [openPush(world, 'A', { by: KIM, edits }), snapshotSteps(world, 'S', taken)],
      async check({ answers }) {
        expect(errorsIn(answers)).toEqual([]);
        await checkSnapshot(world, taken);
        await checkPlan(database.admin, world.plan);
      },
    };
  });
});

test('two who need a snapshot at once get the same one', async () => {
  await play(
    'snapshot/snapshot/push',
    async () => {
      const world = await createWorld(database);
      const both: readonly [Taken, Taken] = [{ replica: new Base() }, { replica: new Base() }];
      const edits = [edit(1, [note(world, 'Kim')])];
      return {
        sessions: [
          snapshotSteps(world, 'S', both[0]),
          snapshotSteps(world, 'T', both[1]),
          push(world, 'A', { by: KIM, edits }),
        ],
        async check({ answers }) {
          expect(errorsIn(answers)).toEqual([]);
          for (const taken of both) await checkSnapshot(world, taken);
          expect(both[0].manifest?.snapshot).toBe(both[1].manifest?.snapshot);
        },
      };
    },
    { orders: 40, seed: seedNow() },
  );
});

test('of two who settle one conflict exactly one does, and the other is told that it is closed', async () => {
  await play('resolve/resolve', async () => {
    const world = await createWorld(database);
    await sync(database.admin, { ...world, client: randomUUID(), asker: LEE, edits: [edit(1, [note(world, 'Lee')])] });
    const mine = { client: randomUUID(), asker: KIM, edits: [edit(1, [note(world, 'Kim')])] };
    const conflict = (await sync(database.admin, { ...world, ...mine })).receipts[0]?.conflict ?? '';
    const takeMine: readonly Op[] = [
      { op: 'resolve', id: conflict, choice: 'mine' },
      { ...note(world, 'Kim'), base: { note: 'Lee' } } as Op,
    ];
    const settled = [edit(1, takeMine), edit(2, [{ op: 'resolve', id: conflict, choice: 'theirs' }])] as const;
    return {
      sessions: [
        openPush(world, 'A', { by: ADMIN, edits: [settled[0]] }),
        openPush(world, 'B', { by: KIM, client: mine.client, edits: [settled[1]] }),
      ],
      async check({ answers }) {
        expect(errorsIn(answers)).toEqual([]);
        const [lead, author] = answers.flatMap(receiptsIn);
        const isLeadFirst = lead?.outcome === 'applied';
        const [first, second] = isLeadFirst ? [lead, author] : [author, lead];
        expect(first?.outcome).toBe('applied');
        expect(second).toMatchObject({ outcome: 'refused', refusal: { code: 'conflict_closed' } });
        expect(await scheduleOf(world)).toMatchObject({ note: isLeadFirst ? 'Kim' : 'Lee' });
        expect(await conflictsOf(world)).toMatchObject([{ state: isLeadFirst ? 'resolved' : 'withdrawn' }]);
        await checkPlan(database.admin, world.plan);
      },
    };
  });
});

test('a push beside the removal of its author takes effect before it or not at all, and reads nothing after it', async () => {
  await play('push/role removal', async () => {
    const world = await createWorld(database);
    const removal: Op = {
      op: 'remove',
      table: 'plan_members',
      id: world.lee,
      base: { principal: 'user:lee', role: 'planner' },
    };
    return {
      sessions: [
        openPush(world, 'A', { by: ADMIN, edits: [edit(1, [removal])] }),
        push(world, 'B', { by: LEE, edits: [edit(1, [note(world, 'Lee')])] }),
      ],
      async check({ answers }) {
        const [removed, pushed] = [receiptsIn(answers[0])[0], receiptsIn(answers[1])[0]];
        expect(removed?.outcome).toBe('applied');
        if (pushed?.outcome === 'applied') expect(Number(pushed.rev)).toBeLessThan(Number(removed?.rev));
        else expect(errorsIn(answers)).toMatchObject([{ code: 'MP404' }]);
        expect(await scheduleOf(world)).toMatchObject({ note: pushed ? 'Lee' : '' });
        await checkPlan(database.admin, world.plan);
      },
    };
  });
});

test('two pushes and a replica that follows them agree in the end', async () => {
  await play(
    'push/push/delta',
    async () => {
      const world = await createWorld(database);
      const follower = await Follower.at(world);
      const [kim, lee] = [edit(1, [note(world, 'Kim'), slip(world, 15)]), edit(1, [slip(world, 30)])];
      return {
        sessions: [
          openPush(world, 'A', { by: KIM, edits: [kim] }),
          openPush(world, 'B', { by: LEE, edits: [lee] }),
          follower.polls(world, 3),
        ],
        async check({ answers }) {
          expect(errorsIn(answers)).toEqual([]);
          expect(answers.flatMap(receiptsIn)).toHaveLength(2);
          await follower.check(world);
          await checkPlan(database.admin, world.plan);
        },
      };
    },
    { orders: 60, seed: seedNow() },
  );
});

test('without the lock of the plan these orders find an edit that takes effect twice', async () => {
  const broken = await createDatabase();
  await broken.admin.query(
    `create or replace function macroplan.lock_plan(p_plan uuid) returns void language sql as 'select'`,
  );
  const whole = database;
  database = broken;
  try {
    await expect(playOrders({ url: broken.url, begin: sameEditTwice, sample: null })).rejects.toThrow(/After A find/);
  } finally {
    database = whole;
    await broken.drop();
  }
});

/** Another one at each run; it is printed, and `SEED=… npx vitest …` plays the same orders again. */
function seedNow(): number {
  return Number(process.env.SEED ?? Date.now() % 2 ** 31);
}
