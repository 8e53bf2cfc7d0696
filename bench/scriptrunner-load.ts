/**
 * More people than a node can answer, and SQL that gets slow under them: 500 viewers who poll and come back as pages do, 16
 * request threads, 10 connections. Tells what they are answered, how soon, and what is left busy when it is over.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeScriptRoot } from '../infra/package/script-root.ts';
import { launchNode, type Node } from '../infra/scriptrunner/launch.ts';
import { buildLine } from '../infra/scriptrunner/lines.ts';
import { toolchain } from '../infra/scriptrunner/toolchain.ts';
import { slowDown } from '../infra/test/slow-sql.ts';
import { SyncError, type SyncErrorKind } from '../src/sync/errors.ts';
import { POLL_MS, pollMs, restMs, retryMs } from '../src/sync/pace.ts';
import { pageWire } from '../src/sync/page-environment.ts';
import { makeTransport } from '../src/sync/transport.ts';
import { seedPlan, startBenchServer } from './server.ts';
import { quantile } from './statistics.ts';

const VIEWERS = 500;

/** Seconds that each poll's SQL sleeps, and for how many seconds that lasts. */
const PHASES = [
  { sleep: 0, lasts: 20 },
  { sleep: 0.2, lasts: 60 },
  { sleep: 0.5, lasts: 60 },
  { sleep: 3_600, lasts: 60 },
  { sleep: 0, lasts: 30 },
];

interface Poll {
  readonly phase: number;
  readonly ms: number;
  /** `timed-out`: a page waits ten seconds, and longer the next time, up to forty. */
  readonly answer: 'unchanged' | SyncErrorKind;
}

/** `npm run bench -- scriptrunner-load [how long a request waits for a connection, milliseconds]` */
export async function benchScriptRunnerLoad([waitMs = '300']: readonly string[] = []): Promise<void> {
  const tools = toolchain();
  const scripts = await mkdtemp(path.join(tmpdir(), 'macroplan-bench-scripts-'));
  const server = await startBenchServer();
  try {
    await writeScriptRoot(scripts);
    const plan = await seedPlan(server, 640, 1);
    const { classpath } = await buildLine('jakarta', scripts, tools);
    const options = {
      databaseUrl: server.hostUrl,
      threads: 16,
      pool: 10,
      waitMs: Number(waitMs),
      compiler: 'best',
    } as const;
    const node = await launchNode({ java: tools.java, scripts, classpath }, options);
    try {
      const setSleep = await slowDown(server.admin);
      const polls = await watchThrough(node, plan, setSleep);
      tell(polls);
      const left = await fetch(`${node.url}/stand-in/pool`);
      console.log(`\nWhen all is over: ${await left.text()}`);
    } finally {
      await node.close();
    }
  } finally {
    await server.stop();
    await rm(scripts, { recursive: true, force: true });
  }
}

async function watchThrough(
  node: Node,
  plan: string,
  setSleep: (seconds: number) => Promise<void>,
): Promise<readonly Poll[]> {
  const polls: Poll[] = [];
  let phase: number | null = 0;
  const fetchAsLead: typeof fetch = (url, init) =>
    fetch(url, { ...init, headers: { ...init?.headers, 'X-Macroplan-Dev-User': 'lead' } });
  const wire = { ...pageWire(globalThis), fetch: fetchAsLead };
  const first = await makeTransport(node.baseUrl, wire).get(`/plans/${plan}/delta`);
  const { cursor } = Object(JSON.parse(first.text ?? ''));
  const path = `/plans/${plan}/delta?cursor=${encodeURIComponent(cursor)}`;

  async function watch(): Promise<void> {
    // Each page has a patience of its own.
    const transport = makeTransport(node.baseUrl, wire);
    await pause(Math.random() * POLL_MS);
    for (let failures = 0; phase !== null; ) {
      const [began, startedAt, random] = [phase, performance.now(), Math.random()];
      const failure = await transport.get(path, cursor).then(() => null, onlySyncError);
      polls.push({ phase: began, ms: performance.now() - startedAt, answer: failure?.kind ?? 'unchanged' });
      failures = failure === null ? 0 : failures + 1;
      if (failure === null) await pause(pollMs(POLL_MS, 'active', random));
      else await pause(Math.max(restMs(failure.retryAfterMs, random), retryMs(failures, random)));
    }
  }

  const viewers = Array.from({ length: VIEWERS }, watch);
  for (const [at, { sleep, lasts }] of PHASES.entries()) {
    phase = at;
    await setSleep(sleep);
    await pause(lasts * 1_000);
  }
  phase = null;
  await Promise.all(viewers);
  return polls;
}

function onlySyncError(error: unknown): SyncError {
  if (error instanceof SyncError) return error;
  throw error;
}

function tell(polls: readonly Poll[]): void {
  console.log(`\n${VIEWERS} viewers, 16 threads, 10 connections\n`);
  console.log(
    '| SQL of a poll sleeps | polls | unchanged | 503 | given up by the page | other | median of answers, ms | 95 % | most |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const [at, { sleep, lasts }] of PHASES.entries()) {
    const mine = polls.filter(({ phase }) => phase === at);
    const count = (kind: Poll['answer']) => mine.filter(({ answer }) => answer === kind).length;
    const kinds = (['unchanged', 'busy', 'timed-out'] as const).map(count);
    const times = mine.filter(({ answer }) => answer !== 'timed-out').map(({ ms }) => ms);
    const cells = [
      `${sleep} s, for ${lasts} s`,
      mine.length,
      ...kinds,
      mine.length - kinds.reduce((sum, one) => sum + one, 0),
      ...[0.5, 0.95, 1].map((part) => quantile(times, part).toFixed(0)),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
