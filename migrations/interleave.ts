/**
 * Plays sessions of a database against each other in every order of their steps: the next step is always one of a
 * session that waits for nobody, so each order that a server can show is played exactly once, from a fresh beginning.
 * A step that waits for a lock goes on by itself when another session's step lets go of it.
 */
import pg from 'pg';

/** One statement of a session; what it answers is for the check at the end. */
export interface SessionStep {
  readonly name: string;
  readonly run: (session: pg.Client) => Promise<unknown>;
}

export interface Played {
  /** Names of the steps in the order in which they were started, `…` where one had to wait. */
  readonly order: readonly string[];
  /** What each session's steps answered or threw, in their order. */
  readonly answers: readonly (readonly Answer[])[];
}

export type Answer = { readonly value: unknown } | { readonly error: pg.DatabaseError };

/** A beginning: steps of two or three sessions, and what must be true after them in whatever order. */
export interface Scene {
  readonly sessions: readonly (readonly SessionStep[])[];
  readonly check: (played: Played) => Promise<void>;
}

export interface Stage {
  /** The superuser's address. */
  readonly url: string;
  readonly begin: () => Promise<Scene>;
  /** Plays this many orders by chance from the seed where there are more; null: all of them. */
  readonly sample: { readonly orders: number; readonly seed: number } | null;
}

export interface Tally {
  readonly orders: number;
  readonly waits: number;
}

/** Rejects at the first order after which the scene's check fails, with the order in the message. */
export async function playOrders({ url, begin, sample }: Stage): Promise<Tally> {
  const theatre = await openTheatre(url);
  try {
    return sample === null ? await playAll(theatre, begin) : await playSome(theatre, begin, sample);
  } finally {
    await theatre.close();
  }
}

/** Depth first: after each order, the last choice that has an alternative takes its next one. */
async function playAll(theatre: Theatre, begin: Stage['begin']): Promise<Tally> {
  const path: { chosen: number; among: number }[] = [];
  const tally = { orders: 0, waits: 0 };
  do {
    let depth = 0;
    const choose = (among: number) => {
      const at = path[depth] ?? { chosen: 0, among };
      path[depth] = at;
      depth += 1;
      if (at.among !== among) throw new Error(`the same steps left ${among} sessions free, and before it ${at.among}`);
      return at.chosen;
    };
    count(tally, await playOnce(theatre, await begin(), choose));
    for (let last = path.at(-1); last; last = path.at(-1)) {
      last.chosen += 1;
      if (last.chosen < last.among) break;
      path.pop();
    }
  } while (path.length > 0);
  return tally;
}

async function playSome(
  theatre: Theatre,
  begin: Stage['begin'],
  { orders, seed }: { orders: number; seed: number },
): Promise<Tally> {
  const tally = { orders: 0, waits: 0 };
  let state = seed;
  const choose = (among: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * among);
  };
  while (tally.orders < orders) count(tally, await playOnce(theatre, await begin(), choose));
  return tally;
}

function count(tally: { orders: number; waits: number }, { order }: Played): void {
  tally.orders += 1;
  tally.waits += order.filter((name) => name.endsWith('…')).length;
}

async function playOnce(theatre: Theatre, scene: Scene, choose: (among: number) => number): Promise<Played> {
  const actors = await Promise.all(scene.sessions.map((steps, i) => theatre.enter(i, steps)));
  const order: string[] = [];
  for (;;) {
    const free = actors.filter((actor) => actor.waiting === null && actor.left.length > 0);
    const actor = free[free.length === 1 ? 0 : choose(free.length)];
    if (actor === undefined) break;
    const step = actor.left.shift();
    if (step === undefined) break;
    start(actor, step);
    await theatre.settle([actor, ...actors.filter((other) => other !== actor)]);
    order.push(actor.waiting ? `${step.name}…` : step.name);
  }
  const stuck = actors.filter((actor) => actor.waiting !== null);
  if (stuck.length > 0) throw new Error(`after ${order.join(', ')} somebody waits for ever`);
  const played = { order, answers: actors.map((actor) => actor.answers) };
  await Promise.all(actors.map((actor) => actor.client.query('rollback')));
  try {
    await scene.check(played);
  } catch (error) {
    if (error instanceof Error) error.message = `After ${order.join(', ')}: ${error.message}`;
    throw error;
  }
  return played;
}

interface Actor {
  readonly client: pg.Client;
  readonly left: SessionStep[];
  readonly answers: Answer[];
  waiting: Promise<void> | null;
}

function start(actor: Actor, step: SessionStep): void {
  actor.waiting = step
    .run(actor.client)
    .then(
      (value) => actor.answers.push({ value }),
      (error) => actor.answers.push({ error }),
    )
    .then(() => {
      actor.waiting = null;
    });
}

interface Theatre {
  /** The i-th session, with these steps before it. */
  enter(i: number, steps: readonly SessionStep[]): Promise<Actor>;
  /** Resolves when every session has its answer or waits for a lock: the first one, then those that it may have freed. */
  settle(actors: readonly Actor[]): Promise<void>;
  close(): Promise<void>;
}

async function openTheatre(url: string): Promise<Theatre> {
  const watcher = new pg.Client(url);
  const clients: { client: pg.Client; pid: number }[] = [];
  await watcher.connect();

  async function ensureSession(i: number): Promise<pg.Client> {
    const known = clients[i];
    if (known) return known.client;
    const client = new pg.Client(url);
    await client.connect();
    // What a step waits for is let go by another step, which comes when this one is seen to wait.
    await client.query(`set lock_timeout = '20s'`);
    const { rows } = await client.query('select pg_backend_pid() as pid');
    clients[i] = { client, pid: rows[0].pid };
    return client;
  }

  async function isWaitingForLock(actor: Actor): Promise<boolean> {
    const pid = clients.find(({ client }) => client === actor.client)?.pid;
    const { rows } = await watcher.query('select cardinality(pg_blocking_pids($1)) > 0 as waits', [pid]);
    return rows[0].waits;
  }

  return {
    enter: async (i, steps) => ({ client: await ensureSession(i), left: [...steps], answers: [], waiting: null }),
    async settle(actors) {
      for (const actor of actors) {
        while (actor.waiting !== null) {
          const isDone = await Promise.race([actor.waiting.then(() => true), pause().then(() => false)]);
          // It may have got the lock and its answer while we asked.
          if (!isDone && (await isWaitingForLock(actor)) && actor.waiting !== null) break;
        }
      }
    },
    async close() {
      await Promise.all([watcher.end(), ...clients.map(({ client }) => client.end())]);
    },
  };
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 3));
