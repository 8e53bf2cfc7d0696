/** Many nights: finds the first that goes wrong and makes it as short as it can. */
import { Counters } from './counters.ts';
import { type Failure, type Happening, play, scriptOf } from './night.ts';

export interface Found extends Failure {
  readonly seed: number;
  readonly script: readonly Happening[];
}

const HAPPENINGS_A_NIGHT = 60;
const SHRINKING_RUNS_MAX = 400;

/** Plays nights `first`, `first + 1`, …; stops at the first failure. */
export async function simulate(first: number, nights: number, counters: Counters): Promise<Found | null> {
  for (let seed = first; seed < first + nights; seed += 1) {
    const script = scriptOf(seed, HAPPENINGS_A_NIGHT);
    const failure = await play(seed, script, counters);
    if (failure) return { seed, script, ...failure };
  }
  return null;
}

/** Leaves out whatever is not needed for the same invariant to break (delta debugging). */
export async function shrink(found: Found): Promise<Found> {
  let best = found;
  let runs = 0;
  for (let size = Math.ceil(best.script.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.script.length && runs < SHRINKING_RUNS_MAX; ) {
      runs += 1;
      const script = [...best.script.slice(0, at), ...best.script.slice(at + size)];
      const failure = await play(best.seed, script, new Counters());
      if (failure?.invariant === best.invariant) best = { ...best, ...failure, script };
      else at += size;
    }
  }
  return best;
}

export function describe({ seed, invariant, detail, script }: Found): string {
  const story = script.map(({ kind, chance }) => `${kind}:${chance}`).join(' ');
  return `seed ${seed} breaks “${invariant}”\n  ${detail}\n  ${script.length} happenings: ${story}`;
}
