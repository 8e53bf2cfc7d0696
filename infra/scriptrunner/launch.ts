/** One node of a Confluence stand-in that serves our scripts: a JVM with Tomcat and a pool. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { BASE_PATH } from '../host/base-path.ts';

export interface Installed {
  readonly java: string;
  /** Of a line and its stand-ins. */
  readonly classpath: string;
  /** The script root. */
  readonly scripts: string;
}

export interface NodeOptions {
  readonly databaseUrl: string;
  /** What stands before /rest: '' or '/wiki'. */
  readonly context?: string;
  readonly threads?: number;
  readonly pool?: number;
  /** How long a request waits for a connection. INSTALL.md asks for 300; a machine that runs tests is slower than a server may be. */
  readonly waitMs?: number;
  /** A JVM of a test lives too short for the best one. */
  readonly compiler?: 'quick' | 'best';
}

export interface Node {
  /** Of the server, with its context path. */
  readonly url: string;
  /** Of the endpoint. */
  readonly baseUrl: string;
  readonly pid: number;
  close(): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
}

export async function launchNode({ java, classpath, scripts }: Installed, options: NodeOptions): Promise<Node> {
  const { databaseUrl, context = '', threads = 16, pool = 10, waitMs = 3_000, compiler = 'quick' } = options;
  const quick = compiler === 'quick' ? ['-XX:TieredStopAtLevel=1'] : [];
  const flags = ['-Xmx384m', '-XX:+UseSerialGC', ...quick, '-cp', classpath];
  const args = [...flags, 'macroplan.harness.Host', scripts, context, String(threads), String(pool), String(waitMs)];
  const child = spawn(java, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  // The address holds a password, and arguments are for everybody to see.
  child.stdin.write(`${databaseUrl}\n`);
  const port = await readyPort(child);
  const url = `http://127.0.0.1:${port}${context}`;
  const end = async (how: () => void) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    how();
    await ended;
  };
  return {
    url,
    baseUrl: url + BASE_PATH,
    pid: child.pid ?? 0,
    close: () => end(() => child.stdin.end()),
    kill: () => end(() => child.kill('SIGKILL')),
  };
}

/** Rejects with what the JVM said where it ends before it is ready. */
function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      const port = /^ready (\d+)$/m.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', (code) => reject(new Error(`The stand-in ended with ${code} before it was ready:\n${said}`)));
  });
}
