/** The JDK and Maven of this machine, installed from the system's packages where they are missing and we may install them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** What ScriptRunner 9 and 10 ask for. */
const JDK_LEAST = 17;

export interface Toolchain {
  readonly java: string;
  readonly maven: string;
}

/** Throws with a sentence where one of the two is missing and cannot be installed. */
export function toolchain(): Toolchain {
  if (!find() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('A JDK or Maven is missing; installing them from the system’s packages …');
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[] };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'openjdk-17-jdk-headless', 'maven'],
      quiet,
    );
  }
  const found = find();
  if (found) return found;
  throw new Error(
    `The tests of the ScriptRunner host need a JDK, ${JDK_LEAST} or newer, and Maven. Install them ` +
      '(Debian: apt-get install openjdk-17-jdk-headless maven), or set JAVA_HOME and put mvn into the PATH.',
  );
}

function find(): Toolchain | null {
  const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const version = /version "(\d+)/.exec(outputOf(java, ['-version']))?.[1];
  if (Number(version) < JDK_LEAST || version === undefined || !/Apache Maven/.test(outputOf('mvn', ['-version']))) {
    return null;
  }
  return { java, maven: 'mvn' };
}

function outputOf(program: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return `${stdout ?? ''}${stderr ?? ''}`;
}
