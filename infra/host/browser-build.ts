/** Brings dist/ up to date: built where it is missing or older than what it is made of. */
import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../root.ts';

/** The folder of the browser build, up to date. Rejects where it does not build. */
export async function freshBrowserBuild(): Promise<string> {
  const dist = path.join(ROOT, 'dist');
  // The manifest is written last, so its time is that of a whole build.
  const built = await changedAt(path.join(dist, 'manifest.json')).catch(() => 0);
  if (built < (await newestSource())) {
    // Its own process: the build finds its folders by where it lies, and this file is bundled elsewhere.
    await promisify(execFile)(process.execPath, ['build.mjs'], { cwd: ROOT }).catch((error) => {
      throw new Error('The pages for the browser do not build; "npm run build" says why.', { cause: error });
    });
  }
  return dist;
}

async function newestSource(): Promise<number> {
  const entries = await readdir(path.join(ROOT, 'src'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name));
  const paths = [...files.map((entry) => path.join(entry.parentPath, entry.name)), path.join(ROOT, 'build.mjs')];
  return Math.max(...(await Promise.all(paths.map(changedAt))));
}

async function changedAt(file: string): Promise<number> {
  return (await stat(file)).mtimeMs;
}
