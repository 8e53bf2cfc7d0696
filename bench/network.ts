/** The network of a large plan: 10,000 chapters, 20,000 links of every kind, from rows as the replica holds them. */
import { networkTimes } from '../src/store/network/network.ts';
import { measure, table } from './measure.ts';

const KINDS = ['FS', 'SS', 'FF'] as const;

export async function benchNetwork(): Promise<void> {
  const results = await measure(
    [
      contestant('10,000 chapters, 20,000 links', 10_000, 20_000),
      contestant('50,000 chapters, 100,000 links', 50_000, 100_000),
    ],
    { rounds: 7, calls: 10, abreast: 1 },
  );
  console.log(table('Critical path, slack, earliest and latest times', results));
}

function contestant(name: string, chapters: number, links: number) {
  const network = madeUp(chapters, links);
  return { name, call: async () => networkTimes(network) };
}

/** Links lead a little way ahead, as chapters of a plan do. A fixed seed, so that every run measures the same. */
function madeUp(chapters: number, links: number) {
  let seed = 7;
  const below = (limit: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed % limit;
  };
  const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return {
    start: 30_000_000,
    finish: 30_200_000,
    activities: Array.from({ length: chapters }, (_, n) => ({
      id: id(n),
      duration: below(600),
      notBefore: 30_000_000 + n * 20 + below(60),
    })),
    links: Array.from({ length: links }, () => {
      const from = below(chapters - 1);
      const to = Math.min(chapters - 1, from + 1 + below(50));
      return { from: id(from), to: id(to), kind: KINDS[below(3)] ?? 'FS', lag: below(120) - 40 };
    }),
  };
}
