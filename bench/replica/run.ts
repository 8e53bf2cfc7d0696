/** `npm run bench -- replica`: our engine beside its peers in a real Chromium. Prints tables; asserts no times. */
import { loadavg } from 'node:os';
import { type Line, quantile, ratios } from '../statistics.ts';
import { bundleAll, CONTESTANTS, installPeers, type Named } from './contestants.ts';
import { type Idle, watchIdle } from './idle.ts';
import { type Cells, Lost, play, playCold, type Setting } from './play.ts';
import { BenchServer } from './server.ts';
import { sizes } from './sizes.ts';
import { seedRows } from './world.ts';

const ROWS = 10_000;

/** `--rounds N` (5), `--only a,b` (everybody), `--no-idle`. */
export async function benchReplica(args: readonly string[]): Promise<void> {
  installPeers();
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const only = option('--only')?.split(',');
  const rounds = Number(option('--rounds') ?? 5);
  const contestants = CONTESTANTS.filter(({ name }) => only?.includes(name) ?? true);
  const rows = seedRows(ROWS);
  const server = new BenchServer(await bundleAll(contestants));
  const url = await server.listen();
  const setting = { server, url, rows, isGzip: false };
  const cells = new Map(contestants.map(({ name }) => [name, [] as Cells[]]));
  const zipped = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  const idle = new Map<string, Idle>();
  const losses: string[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const contestant of contestants) {
        cells.get(contestant.name)?.push(await playWhole(contestant, setting, losses));
        zipped.get(contestant.name)?.push(await playCold(contestant, { ...setting, isGzip: true }));
      }
      console.error(`Round ${round + 1} of ${rounds}; load ${loadavg()[0]?.toFixed(1)}`);
    }
    if (!args.includes('--no-idle')) {
      for (const contestant of contestants) idle.set(contestant.name, await watchIdle(contestant, setting));
    }
  } finally {
    server.close();
  }

  const lines = (pick: (cells: Cells) => readonly number[], note?: (cells: readonly Cells[]) => string): Line[] =>
    contestants.map(({ name, title }) => {
      const runs = cells.get(name) ?? [];
      return { title, values: runs.flatMap(pick), note: note?.(runs) ?? '' };
    });
  console.log(`\n${rows.length} rows, ${rounds} rounds, milliseconds.`);
  for (const loss of losses) console.log(`Lost, and run again: ${loss}.`);
  console.log(
    ratios(
      'Cold: from nothing to durable and painted',
      lines(({ cold }) => [cold]),
    ),
  );
  const coldZipped = contestants.map(({ name, title }) => ({ title, values: zipped.get(name) ?? [] }));
  console.log(ratios('Cold, over gzip', coldZipped));
  console.log(
    ratios(
      'Warm: from opening to every row in memory',
      lines(({ warm }) => [warm]),
    ),
  );
  console.log(
    ratios(
      'A delta of 100 rows: painted and durable',
      lines(({ delta }) => delta),
    ),
  );
  const inFrame = (runs: readonly Cells[]) => {
    const frames = runs.flatMap((run) => run.frames);
    return `${frames.filter((passed) => passed === 0).length} of ${frames.length} before the next frame`;
  };
  console.log(
    ratios(
      'An edit to the DOM',
      lines(({ dom }) => dom, inFrame),
      0.95,
    ),
  );
  console.log(
    ratios(
      'An edit to durable',
      lines(({ durable }) => durable),
      0.95,
    ),
  );
  const requests = (runs: readonly Cells[]) =>
    `${quantile(
      runs.map((run) => run.pushRequests),
      0.5,
    )} requests`;
  console.log(
    ratios(
      '500 queued edits to all receipts',
      lines(({ push }) => [push], requests),
    ),
  );
  console.log(await sizes(contestants));
  if (idle.size > 0) console.log(idleTable(contestants, idle));
}

/** A run that lost data tells no times; it is told, and run again. */
async function playWhole(contestant: Named, setting: Setting, losses: string[]): Promise<Cells> {
  for (;;) {
    try {
      return await play(contestant, setting);
    } catch (error) {
      if (!(error instanceof Lost) || losses.length > 20) throw error;
      losses.push(error.message);
    }
  }
}

function idleTable(contestants: typeof CONTESTANTS, idle: ReadonlyMap<string, Idle>): string {
  const lines = contestants.map(({ name, title }) => {
    const { requestsAMinute = 0, writes = 0 } = idle.get(name) ?? {};
    return `| ${title} | ${requestsAMinute.toFixed(1)} | ${writes} |`;
  });
  const head = '| | requests a minute | records written in 42 s |';
  return ['\nIdle, three tabs of one profile\n', head, '|---|---:|---:|', ...lines].join('\n');
}
