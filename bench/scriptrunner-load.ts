/**
 * More people than a node can answer, and SQL that gets slow under them: 500 viewers who poll and come back as pages do, 16
 * request threads, 10 connections. Tells what they are answered, how soon, and what is left busy when it is over.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeScriptRoot } from '../infra/package/script-root.ts';
import { launchNode, type Node } from '../infra/scriptrunner/launch.ts';
import { buildLine } from '../infra/scriptrunner/lines.ts';
import { toolchain } from '../infra/scriptrunner/toolchain.ts';
import { slowDown } from '../infra/test/slow-sql.ts';
import { POLL_MS, pollMs, retryMs } from '../src/sync/pace.ts';
import { seedPlan, startBenchServer } from './server.ts';

const VIEWERS = 500;
/** What a page waits for an answer (src/sync/transport.ts). */
const PATIENCE_MS = 10_000;

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
  /** Null: none within the patience of a page. */
  readonly status: number | null;
}

/** `npm run bench -- scriptrunner-load` */
export async function benchScriptRunnerLoad(): Promise<void> {
  const tools = toolchain();
  const scripts = await mkdtemp(path.join(tmpdir(), 'macroplan-bench-scripts-'));
  const server = await startBenchServer();
  try {
    await writeScriptRoot(scripts);
    const plan = await seedPlan(server, 640, 1);
    const { classpath } = await buildLine('jakarta', scripts, tools);
    const options = { databaseUrl: server.hostUrl, threads: 16, pool: 10, compiler: 'best' } as const;
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
  const agent = new Agent({ keepAlive: true, maxSockets: VIEWERS });
  const polls: Poll[] = [];
  let phase: number | null = 0;
  const delta = `${node.baseUrl}/plans/${plan}/delta`;
  const { cursor } = Object(await (await fetch(delta, { headers: USER })).json());

  async function watch(): Promise<void> {
    await pause(Math.random() * POLL_MS);
    for (let failures = 0; phase !== null; ) {
      const [began, startedAt] = [phase, performance.now()];
      const { status, retryAfterMs } = await ask(agent, `${delta}?cursor=${encodeURIComponent(cursor)}`, cursor);
      polls.push({ phase: began, ms: performance.now() - startedAt, status });
      failures = status === 304 ? 0 : failures + 1;
      const random = Math.random();
      await pause(
        failures === 0 ? pollMs(POLL_MS, 'active', random) : Math.max(retryAfterMs, retryMs(failures, random)),
      );
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
  agent.destroy();
  return polls;
}

const USER = { 'X-Macroplan-Dev-User': 'lead' };

function ask(agent: Agent, url: string, etag: string): Promise<{ status: number | null; retryAfterMs: number }> {
  return new Promise((resolve) => {
    const headers = { ...USER, 'If-None-Match': `"${etag}"` };
    const sent = request(url, { agent, headers, signal: AbortSignal.timeout(PATIENCE_MS) }, (reply) => {
      reply.resume().on('end', () => {
        const retryAfterMs = reply.statusCode === 503 ? Number(reply.headers['retry-after']) * 1_000 : 0;
        resolve({ status: reply.statusCode ?? null, retryAfterMs });
      });
    });
    sent.on('error', () => resolve({ status: null, retryAfterMs: 0 })).end();
  });
}

function tell(polls: readonly Poll[]): void {
  console.log(`\n${VIEWERS} viewers, 16 threads, 10 connections\n`);
  console.log(
    '| SQL of a poll sleeps | polls | unchanged | 503 | other | no answer in 10 s | median, ms | 95 % | most |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const [at, { sleep, lasts }] of PHASES.entries()) {
    const mine = polls.filter(({ phase }) => phase === at);
    const count = (is: (status: number | null) => boolean) => mine.filter(({ status }) => is(status)).length;
    const times = mine.filter(({ status }) => status !== null).map(({ ms }) => ms);
    const cells = [
      `${sleep} s, for ${lasts} s`,
      mine.length,
      count((status) => status === 304),
      count((status) => status === 503),
      count((status) => status !== null && status !== 304 && status !== 503),
      count((status) => status === null),
      ...[0.5, 0.95, 1].map((part) => percentile(times, part)),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
