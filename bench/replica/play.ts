/**
 * One run of one contestant: a fresh profile and a fresh world, every cell in the order of a person's day. After each
 * durable point the browser is killed (SIGKILL) and the profile opened again: what was called durable must be there.
 */
import { assert } from '../../src/store/errors.ts';
import { freshProfile, onStage } from './browser.ts';
import type { Named } from './contestants.ts';
import type { BenchServer } from './server.ts';
import type { World, WorldRow } from './world.ts';

/** Something that a contestant had called durable was not there after the browser was killed. */
export class Lost extends Error {
  override readonly name = 'Lost';
}

export interface Cells {
  cold: number;
  warm: number;
  delta: number[];
  dom: number[];
  frames: number[];
  durable: number[];
  push: number;
  pushRequests: number;
}

export interface Setting {
  readonly server: BenchServer;
  readonly url: string;
  readonly rows: readonly WorldRow[];
  readonly isGzip: boolean;
}

const SHOWN = 50;
const DELTA = 100;
const DELTAS = 5;
const EDITS = 50;
const LAZY_EDITS = 8;
const QUEUED = 500;

export async function play({ name, isLazy = false }: Named, { server, url, rows, isGzip }: Setting): Promise<Cells> {
  const world = server.begin(rows, isGzip);
  const shown = world.editable.slice(0, SHOWN);
  const profile = await freshProfile(url);
  try {
    let stage = await onStage(profile, name);
    const cold = await stage.cold(shown);
    await profile.kill();

    stage = await onStage(profile, name);
    const warm = await stage.warm();
    check(name, await stage.check(), { world, edited: 0 });

    const delta = [];
    for (let i = 0; i < DELTAS; i += 1) {
      for (const id of world.editable.slice(0, DELTA)) world.postpone(id);
      delta.push(await stage.delta(shown));
    }
    const edits = isLazy ? LAZY_EDITS : EDITS;
    const times = await stage.edits(world.editable.slice(0, edits), 'edit');
    await profile.kill();

    stage = await onStage(profile, name);
    await stage.warm();
    check(name, await stage.check(), { world, edited: edits });
    await stage.push();
    await stage.queue(world.editable.slice(0, QUEUED), 'edit again');
    const before = server.pushes;
    const push = await stage.push();
    const pushRequests = server.pushes - before;
    const arrived = world.since(0).filter(({ row }) => String(row.note).startsWith('edit again')).length;
    assert(arrived === QUEUED, `${name} told that its edits had arrived, but ${arrived} of ${QUEUED} had`);
    return { cold, warm, delta, ...times, push, pushRequests };
  } finally {
    await profile.remove();
  }
}

/** The same cold start alone, for the cells that compare wires. */
export async function playCold({ name }: Named, { server, url, rows, isGzip }: Setting): Promise<number> {
  const world = server.begin(rows, isGzip);
  const profile = await freshProfile(url);
  try {
    return await (await onStage(profile, name)).cold(world.editable.slice(0, SHOWN));
  } finally {
    await profile.remove();
  }
}

interface Expected {
  readonly world: World;
  readonly edited: number;
}

function check(
  name: string,
  found: { readonly count: number; readonly sum: number; readonly edited: number },
  { world, edited }: Expected,
): void {
  if (found.count === world.rows.size && found.sum === world.rowSum && found.edited === edited) return;
  const expected = `${world.rows.size} rows of sum ${world.rowSum}, ${edited} of them edited`;
  throw new Lost(`${name} lost what it called durable: it has ${JSON.stringify(found)} instead of ${expected}`);
}
