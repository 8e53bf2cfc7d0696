/** MPXJ on a JVM: a program that reads and writes Microsoft's XML and knows nothing of us. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../root.ts';
import { runMaven } from '../scriptrunner/maven.ts';
import { toolchain } from '../scriptrunner/toolchain.ts';

/** A task as it reads it: times as the file has them, without a zone; spans and lags in minutes. */
export interface ReadTask {
  readonly uid: number;
  readonly name: string;
  readonly outline: string;
  readonly parent: string | null;
  readonly is_summary: boolean;
  readonly is_milestone: boolean;
  readonly start: string;
  readonly finish: string;
  readonly minutes: number;
  readonly actual_start: string | null;
  readonly actual_finish: string | null;
  readonly constraint: string;
  readonly percent: number | null;
  readonly notes: string;
  /** Its first five free texts. */
  readonly texts: readonly string[];
  readonly links: readonly (readonly [uid: number, type: string, lag: number])[];
  readonly baselines: readonly (readonly [number: number, start: string, finish: string, minutes: number])[];
}

export interface ReadProject {
  readonly name: string;
  readonly calendar: string;
  /** Work in a week of its calendar. */
  readonly week_minutes: number;
  readonly tasks: readonly ReadTask[];
}

export interface Stranger {
  read(xml: string): Promise<ReadProject>;
  /** What it saves when it has read this. */
  rewrite(xml: string): Promise<string>;
  /** A project of its own. */
  write(): Promise<string>;
  close(): Promise<void>;
}

const MODULE = path.join(ROOT, 'infra/project-files');

/** Rejects with Maven's words where the library cannot be had. */
export async function meetStranger(): Promise<Stranger> {
  const tools = toolchain();
  const { code, output } = await runMaven(MODULE, ['-B', '-q', 'initialize'], tools);
  if (code !== 0) throw new Error(`MPXJ cannot be had:\n${output}`);
  const classpath = (await readFile(path.join(MODULE, 'target/classpath'), 'utf8')).trim();
  const folder = await mkdtemp(path.join(tmpdir(), 'macroplan-project-'));
  const [from, to] = [path.join(folder, 'from.xml'), path.join(folder, 'to.xml')];
  const run = async (...args: readonly string[]) => {
    const flags = ['-XX:TieredStopAtLevel=1', '-cp', classpath, path.join(MODULE, 'ProjectFiles.java')];
    const { stdout } = await promisify(execFile)(tools.java, [...flags, ...args], { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  };
  return {
    async read(xml) {
      await writeFile(from, xml);
      return JSON.parse(await run('read', from)) as ReadProject;
    },
    async rewrite(xml) {
      await writeFile(from, xml);
      await run('rewrite', from, to);
      return await readFile(to, 'utf8');
    },
    async write() {
      await run('write', to);
      return await readFile(to, 'utf8');
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
