/** The scripts on a JVM, as a node has them: 16 request threads, 10 connections; beside bare endpoints on the same pool. */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeScriptRoot } from '../infra/package/script-root.ts';
import { launchNode, type Node } from '../infra/scriptrunner/launch.ts';
import { buildLine } from '../infra/scriptrunner/lines.ts';
import { toolchain } from '../infra/scriptrunner/toolchain.ts';
import { measure, table } from './measure.ts';
import { seedPlan, startBenchServer } from './server.ts';

const THREADS = 16;

export async function benchScriptRunner(): Promise<void> {
  const tools = toolchain();
  const scripts = await mkdtemp(path.join(tmpdir(), 'macroplan-bench-scripts-'));
  const server = await startBenchServer();
  try {
    await writeScriptRoot(scripts);
    const plan = await seedPlan(server, 10_000, 1);
    for (const line of ['javax', 'jakarta'] as const) {
      const { classpath } = await buildLine(line, scripts, tools);
      const installed = { java: tools.java, scripts, classpath };
      const options = { databaseUrl: server.hostUrl, threads: THREADS, pool: 10, compiler: 'best' } as const;
      const node = await launchNode(installed, options);
      await benchPolls(line, node, plan).finally(node.close);
    }
  } finally {
    await server.stop();
    await rm(scripts, { recursive: true, force: true });
  }
}

async function benchPolls(line: string, node: Node, plan: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: THREADS });
  const get = (url: string, headers: { [name: string]: string } = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const sent = request(url, { agent, headers: { 'X-Macroplan-Dev-User': 'admin', ...headers } }, (reply) => {
        if (reply.statusCode !== 200 && reply.statusCode !== 304) reject(new Error(`${url}: ${reply.statusCode}`));
        let text = '';
        reply.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        reply.on('end', () => resolve(text));
        reply.on('error', reject);
      });
      sent.on('error', reject).end();
    });
  const delta = `${node.baseUrl}/plans/${plan}/delta`;
  const { cursor } = JSON.parse(await get(delta)) as { cursor: string };
  const bare = new URL('../bare-', `${node.baseUrl}/`).href;
  const results = await measure(
    [
      { name: '`select 1` by a bare endpoint', call: () => get(`${bare}select-1`) },
      { name: '`select api.delta(…)` by a bare endpoint', call: () => get(`${bare}delta?${plan}&${cursor}`) },
      {
        name: 'idle `/delta` (304)',
        call: () => get(`${delta}?cursor=${encodeURIComponent(cursor)}`, { 'If-None-Match': cursor }),
      },
      { name: '`/version`', call: () => get(`${node.baseUrl}/version`) },
      { name: '`/plans`', call: () => get(`${node.baseUrl}/plans`) },
    ],
    { rounds: 7, calls: 2_000, abreast: THREADS },
  );
  console.log(table(`ScriptRunner's stand-in, ${line}: ${THREADS} requests abreast`, results));
  agent.destroy();
}
