/** Brings dist/ up to date: built where it is missing or older than what it is made of. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../root.ts';

const DIST = path.join(ROOT, 'dist');

/** The folder of the browser build, up to date. Rejects where it does not build. */
export async function freshBrowserBuild(): Promise<string> {
  if (await isFresh()) return DIST;
  // Two builders at once, such as two tests, would remove each other's files.
  await withLock(async () => {
    if (!(await isFresh())) await build();
  });
  return DIST;
}

async function isFresh(): Promise<boolean> {
  // The manifest is written last, so its time is that of a whole build.
  const built = await changedAt(path.join(DIST, 'manifest.json')).catch(() => 0);
  return built >= (await newestSource());
}

/** In a process of its own: the build finds its folders by where it lies, and this file is bundled elsewhere. */
async function build(): Promise<void> {
  await promisify(execFile)(process.execPath, ['build.mjs'], { cwd: ROOT }).catch((error) => {
    throw new Error('The pages for the browser do not build; "npm run build" says why.', { cause: error });
  });
}

/** No build takes longer, so a lock as old as this was left by one that died. */
const LOCK_MS_MAX = 30_000;

async function withLock(work: () => Promise<void>): Promise<void> {
  const lock = path.join(ROOT, '.build', 'browser.lock');
  await mkdir(path.dirname(lock), { recursive: true });
  while (
    !(await mkdir(lock).then(
      () => true,
      () => false,
    ))
  ) {
    const made = await changedAt(lock).catch(() => Date.now());
    if (Date.now() - made > LOCK_MS_MAX) await rm(lock, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await work().finally(() => rm(lock, { recursive: true, force: true }));
}

async function newestSource(): Promise<number> {
  // Where only the build was brought, there is nothing that it could be older than.
  if (!existsSync(path.join(ROOT, 'src'))) return 0;
  const entries = await readdir(path.join(ROOT, 'src'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name));
  const paths = [...files.map((entry) => path.join(entry.parentPath, entry.name)), path.join(ROOT, 'build.mjs')];
  return Math.max(...(await Promise.all(paths.map(changedAt))));
}

async function changedAt(file: string): Promise<number> {
  return (await stat(file)).mtimeMs;
}
