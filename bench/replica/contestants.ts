/** Who is measured, bundled for the page as minified as the macro itself. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ROOT } from '../../infra/root.ts';

export interface Named {
  /** Its script's and page's name. */
  readonly name: string;
  readonly title: string;
  readonly file: string;
  /** It persists by a timer of its own: each wait costs a second, so fewer edits are asked for. */
  readonly isLazy?: boolean;
}

export const CONTESTANTS: readonly Named[] = [
  { name: 'ours', title: 'Macroplan', file: 'bench/replica/page/ours.ts' },
  { name: 'idb', title: 'idb, a record a row', file: 'bench/replica/page/idb.ts' },
  { name: 'dexie', title: 'Dexie', file: 'bench/peers/dexie.ts' },
  { name: 'replicache', title: 'Replicache', file: 'bench/peers/replicache.ts', isLazy: true },
  { name: 'pouchdb', title: 'PouchDB', file: 'bench/peers/pouchdb.ts' },
  { name: 'rxdb', title: 'RxDB on Dexie', file: 'bench/peers/rxdb.ts' },
];

/** Installs the peers where they are missing: 80 MB that only this measurement needs. */
export function installPeers(): void {
  const folder = path.join(ROOT, 'bench/peers');
  // The newest of them: whoever has the others from before lacks it.
  if (existsSync(path.join(folder, 'node_modules/slickgrid'))) return;
  console.log('Installing the peers into bench/peers/node_modules …');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('The peers could not be installed: `npm ci` in bench/peers failed.');
}

export async function bundleAll(contestants: readonly Named[]): Promise<ReadonlyMap<string, string>> {
  const bundled = contestants.map(async ({ name, file }) => [name, await bundle(file)] as const);
  return new Map(await Promise.all(bundled));
}

/** The engines' weight: what an adapter adds to the stage is the engine and a little glue, the same for all. */
export async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    bundle: true,
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    entryPoints: [file],
    format: 'iife',
    legalComments: 'none',
    logLevel: 'error',
    minify: true,
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

export const kB = (script: string): number => gzipSync(script, { level: 9 }).length / 1_000;
