/**
 * The lines of Confluence that one source must run on, each a profile of scriptrunner/pom.xml. Maven compiles the stand-ins
 * and runs the specifications; what it needs it downloads once and finds again without a network.
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../root.ts';
import { runMaven } from './maven.ts';
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
export async function buildLine(line: Line, scripts: string, tools: Toolchain): Promise<Built> {
  const goal = ['-B', '-q', '-P', line, 'test', `-Dmacroplan.scripts=${scripts}`, '-Dmaven.test.failure.ignore=true'];
  // Reports of specifications that are gone would still be believed.
  await rm(reportsOf(line), { recursive: true, force: true });
  const { code, output } = await runMaven(MODULE, goal, tools);
  if (code !== 0) throw new Error(`The stand-ins of ${line} do not compile:\n${output}`);
  const target = path.join(MODULE, 'target', line);
  const libraries = (await readFile(path.join(target, 'classpath'), 'utf8')).trim();
  return { classpath: `${path.join(target, 'test-classes')}:${libraries}` };
}

/** Where Maven writes how each specification went. */
export const reportsOf = (line: Line): string => path.join(MODULE, 'target', line, 'surefire-reports');
