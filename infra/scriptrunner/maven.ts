import { spawn } from 'node:child_process';
import type { Toolchain } from './toolchain.ts';

export interface MavenRun {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs Maven in a module's folder, without a network first: what was downloaded once is good, and nobody waits for an answer that
 * does not come.
 */
export async function runMaven(module: string, goal: readonly string[], { maven }: Toolchain): Promise<MavenRun> {
  const run = (more: readonly string[]) => outputOf(maven, [...more, ...goal], module);
  const first = await run(['-o']);
  return first.code !== 0 && /offline|not been downloaded/i.test(first.output) ? await run([]) : first;
}

/** A JVM that lives for seconds has no use for its best compiler. */
const QUICK = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto';

function outputOf(program: string, args: readonly string[], cwd: string): Promise<MavenRun> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, MAVEN_OPTS: QUICK };
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
