/** Readers beside the writers: a replica that follows by deltas, and one that takes a snapshot in steps. */

import type pg from 'pg';
import { expect } from 'vitest';
import { Base } from '../src/store/base.ts';
import type { Delta } from '../src/store/delta.ts';
import { readDelta, readManifest, readPart } from '../src/sync/protocol.ts';
import type { SessionStep } from './interleave.ts';
import { answerOf, step, type World } from './interleaving-steps.ts';
import { contents, stateAt } from './invariants.ts';
import { ADMIN } from './test-plan.ts';

/** A replica that follows by deltas; each of its moments is kept for the check. */
export class Follower {
  readonly moments: { readonly rev: number; readonly rows: object }[] = [];
  #replica = new Base();
  #cursor = '';

  static async at(world: World): Promise<Follower> {
    const follower = new Follower();
    follower.#replica = await stateAt(world.database.admin, world.plan, Number(world.cursor.split('.')[1]));
    follower.#cursor = world.cursor;
    return follower;
  }

  polls({ plan }: World, count: number): readonly SessionStep[] {
    return Array.from({ length: count }, (_, i) => step(`poll ${i + 1}`, (session) => this.poll(session, plan)));
  }

  async poll(session: pg.Client | pg.Pool, plan: string): Promise<void> {
    const delta = await this.#read(session, plan);
    if (delta.reset === 'horizon') return await this.#restart(session, plan);
    expect(delta.reset).toBeNull();
    this.#put(delta);
    expect({ row_count: this.#replica.rowCount, row_sum: this.#replica.rowSum }).toEqual({
      row_count: delta.row_count,
      row_sum: delta.row_sum,
    });
    expect(delta.rev).toBeGreaterThanOrEqual(this.moments.at(-1)?.rev ?? 0);
    this.moments.push({ rev: delta.rev, rows: structuredClone(contents(this.#replica)) });
  }

  async check({ database, plan }: World): Promise<void> {
    await this.poll(database.admin, plan);
    for (const { rev, rows } of this.moments) expect(rows).toEqual(contents(await stateAt(database.admin, plan, rev)));
  }

  async #read(session: pg.Client | pg.Pool, plan: string): Promise<Delta> {
    const { rows } = await session.query('select body from api.delta($1, $2, $3, null)', [ADMIN, plan, this.#cursor]);
    return readDelta(JSON.parse(rows[0].body), '');
  }

  async #restart(session: pg.Client | pg.Pool, plan: string): Promise<void> {
    const { rows } = await session.query('select api.snapshot($1, $2) as it', [ADMIN, plan]);
    const { snapshot, cursor } = readManifest(JSON.parse(rows[0].it), '');
    const part = await session.query('select api.snapshot_part($1, $2, $3, 0) as it', [ADMIN, plan, snapshot]);
    this.#replica = new Base();
    this.#replica.lay(readPart(JSON.parse(part.rows[0].it), '').rows);
    this.#cursor = cursor;
    await this.poll(session, plan);
  }

  #put({ cursor, rows }: Delta): void {
    this.#replica.lay(rows);
    this.#cursor = cursor;
  }
}

/** A snapshot made and fetched in steps, then the delta after it. */
export function snapshotSteps({ plan }: World, name: string, taken: Taken): readonly SessionStep[] {
  return [
    step(`${name} manifest`, async (session) => {
      await session.query('begin');
      taken.manifest = readManifest(
        JSON.parse(await answerOf(session, 'select api.snapshot($1, $2)', [ADMIN, plan])),
        '',
      );
    }),
    step(`${name} commit`, (session) => session.query('commit')),
    step(`${name} part`, async (session) => {
      const args = [ADMIN, plan, taken.manifest?.snapshot];
      const text = await answerOf(session, 'select api.snapshot_part($1, $2, $3, 0)', args);
      taken.replica.lay(readPart(JSON.parse(text), '').rows);
      taken.rows = structuredClone(contents(taken.replica));
    }),
    step(`${name} delta`, async (session) => {
      const args = [ADMIN, plan, taken.manifest?.cursor];
      const { rows } = await session.query('select body from api.delta($1, $2, $3, null)', args);
      taken.delta = readDelta(JSON.parse(rows[0].body), '');
      taken.replica.lay(taken.delta.rows);
    }),
  ];
}

export interface Taken {
  readonly replica: Base;
  manifest?: ReturnType<typeof readManifest>;
  rows?: object;
  delta?: Delta;
}

export async function checkSnapshot(
  { database, plan }: World,
  { replica, manifest, rows, delta }: Taken,
): Promise<void> {
  expect(rows).toEqual(contents(await stateAt(database.admin, plan, manifest?.rev ?? 0)));
  expect(delta?.reset).toBeNull();
  expect(contents(replica)).toEqual(contents(await stateAt(database.admin, plan, delta?.rev ?? 0)));
}
