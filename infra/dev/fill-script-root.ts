/** Brings the script root of a running Confluence to the sources. Only files that differ are written, each in one step. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeScriptRoot } from '../package/script-root.ts';

/** An administrator's own, once it is there. */
const SITE = 'macroplan/host/Site.groovy';

/**
 * The release stands in a comment of each file that the platform registers, and changes with every file; so those are written, and
 * compiled anew, whenever anything is. Resolves to the names of the files written.
 */
export async function fillScriptRoot(folder: string): Promise<readonly string[]> {
  const fresh = await mkdtemp(path.join(tmpdir(), 'macroplan-script-root-'));
  try {
    await writeScriptRoot(fresh);
    const written: string[] = [];
    for (const name of (await readdir(fresh, { recursive: true })).sort()) {
      if ((await stat(path.join(fresh, name))).isDirectory()) continue;
      const target = path.join(folder, name);
      const before = await readFile(target).catch(() => null);
      const wanted = await readFile(path.join(fresh, name));
      if (before?.equals(wanted) || (before !== null && name === SITE)) continue;
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(`${target}.new`, wanted);
      await rename(`${target}.new`, target);
      written.push(name);
    }
    return written;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
