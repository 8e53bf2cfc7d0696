/** The Node host in a process of its own, as `npm start` runs it, and what it costs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import { ROOT } from '../infra/root.ts';

export interface BenchHost {
  readonly url: string;
  /** Processor time used so far, by the host and by the connections that are open, in seconds. Linux only. */
  readonly cpuSeconds: () => Promise<{ readonly host: number; readonly database: number }>;
  readonly stop: () => Promise<void>;
}

export interface BenchDatabase {
  readonly admin: Pick<Pool, 'query'>;
  /** Where the hosts' role connects. */
  readonly hostUrl: string;
}

/** `more`: settings beside those that every measurement needs. */
export async function startBenchHost(server: BenchDatabase, more: NodeJS.ProcessEnv = {}): Promise<BenchHost> {
  const child = spawn(process.execPath, ['build.mjs', 'run', 'infra/host/start.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: '0',
      DATABASE_URL: server.hostUrl,
      MACROPLAN_SEED: 'none',
      MACROPLAN_RATE_PER_MINUTE: '10000000',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    url: await readyAt(child),
    async cpuSeconds() {
      return { host: await cpuOf(child.pid ?? 0), database: await databaseSeconds(server) };
    },
    async stop() {
      child.kill('SIGINT');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** Processor time of a host's connections to a database, in seconds. */
export async function databaseSeconds({ admin }: BenchDatabase): Promise<number> {
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'macroplan'`,
  );
  const each = await Promise.all(rows.map(({ pid }) => cpuOf(pid)));
  return each.reduce((sum, one) => sum + one, 0);
}

/** From /proc, in ticks of a hundredth of a second; 0 where there is no such thing. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
}

/** The address in the line that says that all is ready. */
function readyAt(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    host.stdout?.on('data', (chunk: Buffer) => {
      text += chunk;
      const url = /ready at (\S+?)\/ /.exec(text)?.[1];
      if (url) resolve(url);
    });
    host.once('exit', () => reject(new Error(`The host ended: ${text}`)));
  });
}
