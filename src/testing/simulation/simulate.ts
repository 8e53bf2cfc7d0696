/** Many nights: finds the first that goes wrong and makes it as short as it can. */
import { Counters } from './counters.ts';
import { type Failure, type MakeServer, play } from './night.ts';
import { type Happening, scriptOf, storyOf } from './script.ts';

export interface Found extends Failure {
  readonly seed: number;
  readonly script: readonly Happening[];
}

export interface Batch {
  readonly first: number;
  readonly nights: number;
  /** Tabs that people open before the night begins; 0 unless told. */
  readonly moreTabs?: number;
  readonly counters: Counters;
  readonly makeServer: MakeServer;
}

const HAPPENINGS_A_NIGHT = 60;
const SHRINKING_RUNS_MAX = 400;

/** Plays nights `first`, `first + 1`, …; stops at the first failure. */
export async function simulate({ first, nights, moreTabs = 0, counters, makeServer }: Batch): Promise<Found | null> {
  for (let seed = first; seed < first + nights; seed += 1) {
    const script = scriptOf(seed, HAPPENINGS_A_NIGHT, moreTabs);
    const failure = await play(seed, script, { counters, makeServer });
    if (failure) return { seed, script, ...failure };
  }
  return null;
}

/** Leaves out whatever is not needed for the same invariant to break (delta debugging). */
export async function shrink(found: Found, makeServer: MakeServer): Promise<Found> {
  let best = found;
  let runs = 0;
  for (let size = Math.ceil(best.script.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.script.length && runs < SHRINKING_RUNS_MAX; ) {
      runs += 1;
      const script = [...best.script.slice(0, at), ...best.script.slice(at + size)];
      const failure = await play(best.seed, script, { counters: new Counters(), makeServer });
      if (failure?.invariant === best.invariant) best = { ...best, ...failure, script };
      else at += size;
    }
  }
  return best;
}

export function describe({ seed, invariant, detail, script }: Found): string {
  return `seed ${seed} breaks “${invariant}”\n  ${detail}\n  ${script.length} happenings: ${storyOf(script)}`;
}
