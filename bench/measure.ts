/**
 * Ratios, not times: the contestants of one table take turns in short rounds on the same machine, so that whatever else
 * it does meets them alike, and each is told beside the first.
 */

export interface Contestant {
  readonly name: string;
  /** One call; resolves when it is done. */
  readonly call: () => Promise<unknown>;
}

export interface Result {
  readonly name: string;
  /** Milliseconds a call: the median of the rounds' means. */
  readonly ms: number;
}

export interface Rounds {
  readonly rounds: number;
  /** Calls a round. */
  readonly calls: number;
  /** Calls under way at once. */
  readonly abreast: number;
}

export async function measure(contestants: readonly Contestant[], rounds: Rounds): Promise<readonly Result[]> {
  const times = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  for (const contestant of contestants) await round(contestant, { ...rounds, calls: Math.ceil(rounds.calls / 5) });
  for (let i = 0; i < rounds.rounds; i += 1) {
    for (const contestant of contestants) times.get(contestant.name)?.push(await round(contestant, rounds));
  }
  return contestants.map(({ name }) => ({ name, ms: median(times.get(name) ?? []) }));
}

/** Milliseconds a call, by the clock on the wall. */
async function round({ call }: Contestant, { calls, abreast }: Rounds): Promise<number> {
  let left = calls;
  const startedAt = performance.now();
  const walk = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: abreast }, walk));
  return (performance.now() - startedAt) / calls;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A table in Markdown: each time beside the first one's. */
export function table(title: string, results: readonly Result[]): string {
  const first = results[0]?.ms ?? Number.NaN;
  const rows = results.map(({ name, ms }) => `| ${name} | ${ms.toFixed(3)} | ${(ms / first).toFixed(2)} |`);
  return [`\n${title}\n`, '| | ms a call | beside the first |', '|---|---:|---:|', ...rows].join('\n');
}
