/**
 * The lines of Confluence that one source must run on, each a profile of scriptrunner/pom.xml. Maven compiles the stand-ins
 * and runs the specifications; what it needs it downloads once and finds again without a network.
 */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../root.ts';
import type { Toolchain } from './toolchain.ts';

export const LINES = ['javax', 'jakarta', 'groovy3'] as const;
export type Line = (typeof LINES)[number];

const MODULE = path.join(ROOT, 'scriptrunner');

export interface Built {
  /** For `java -cp`. */
  readonly classpath: string;
}

/**
 * Compiles a line's stand-ins and runs its specifications on the scripts in `scripts`; Maven's reports say how they went. Rejects
 * with Maven's words where anything does not compile.
 */
export async function buildLine(line: Line, scripts: string, { maven }: Toolchain): Promise<Built> {
  const goal = ['-B', '-q', '-P', line, 'test', `-Dmacroplan.scripts=${scripts}`, '-Dmaven.test.failure.ignore=true'];
  // Reports of specifications that are gone would still be believed.
  await rm(reportsOf(line), { recursive: true, force: true });
  const run = (more: readonly string[]) => outputOf(maven, [...more, ...goal]);
  // Without a network first: what was downloaded once is good, and nobody waits for an answer that does not come.
  const first = await run(['-o']);
  const { code, output } =
    first.code !== 0 && /offline|not been downloaded/i.test(first.output) ? await run([]) : first;
  if (code !== 0) throw new Error(`The stand-ins of ${line} do not compile:\n${output}`);
  const target = path.join(MODULE, 'target', line);
  const libraries = (await readFile(path.join(target, 'classpath'), 'utf8')).trim();
  return { classpath: `${path.join(target, 'test-classes')}:${libraries}` };
}

/** Where Maven writes how each specification went. */
export const reportsOf = (line: Line): string => path.join(MODULE, 'target', line, 'surefire-reports');

/** A JVM that lives for seconds has no use for its best compiler. */
const QUICK = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto';

function outputOf(program: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, MAVEN_OPTS: QUICK };
    const child = spawn(program, args, { cwd: MODULE, stdio: ['ignore', 'pipe', 'pipe'], env });
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
