/** For the tests of the ScriptRunner host: a PostgreSQL, the script root as it is shipped, and each line built once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { writeScriptRoot } from '../package/script-root.ts';
import { setUp } from '../test/postgres-setup.ts';
import { type Built, buildLine, LINES, type Line } from './lines.ts';
import { toolchain } from './toolchain.ts';

export interface ScriptRunner {
  readonly java: string;
  /** The script root, as `npm run package` makes it. */
  readonly scripts: string;
  readonly lines: Readonly<Record<Line, Built>>;
}

declare module 'vitest' {
  interface ProvidedContext {
    scriptrunner: ScriptRunner;
  }
}

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const tools = toolchain();
  const scripts = await mkdtemp(path.join(tmpdir(), 'macroplan-scripts-'));
  const stops = [() => rm(scripts, { recursive: true, force: true })];
  const stop = async () => {
    for (const one of stops) await one();
  };
  try {
    await writeScriptRoot(scripts);
    const built = LINES.map(async (line) => [line, await buildLine(line, scripts, tools)] as const);
    // All of them end before anything is said, so that nothing is left running.
    await Promise.allSettled(built);
    const lines = Object.fromEntries(await Promise.all(built)) as Record<Line, Built>;
    stops.push(await setUp(project));
    project.provide('scriptrunner', { java: tools.java, scripts, lines });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
};
