/** What an administrator of Confluence is given: one archive with everything to copy, and checksums to hold it against. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sqlScript } from '../../migrations/sql-script.ts';
import { billFiles, fileFrom, folderFrom, inOrder, writeArchive } from './archive.ts';
import { billOfMaterials, only } from './bill-of-materials.ts';
import { writeScriptRoot } from './script-root.ts';
import type { TarFile } from './tar.ts';

/** The libraries in the browser bundle; a test holds it against the build. */
export const BUNDLED = ['idb'];

/** Writes the archive into `folder`. Resolves to its path. The same sources make the same bytes. */
export async function writePackage(folder: string): Promise<string> {
  const scripts = await mkdtemp(path.join(tmpdir(), 'macroplan-package-'));
  try {
    const release = await writeScriptRoot(scripts);
    // The browser build is all of it that is not ours.
    const bill = only(await billOfMaterials(), ({ name }) => BUNDLED.includes(name));
    const files = inOrder([
      await documentFrom('scriptrunner/INSTALL.md'),
      await documentFrom('docs/install-database.md'),
      await documentFrom('CHANGELOG.md'),
      ...billFiles(bill),
      { name: 'macroplan.sql', bytes: Buffer.from(await sqlScript()) },
      ...(await folderFrom(scripts, 'scripts')),
    ]);
    return await writeArchive(folder, `macroplan-scriptrunner-${release}`, files);
  } finally {
    await rm(scripts, { recursive: true, force: true });
  }
}

/** Documents lie at the top, where an administrator looks first. */
function documentFrom(file: string): Promise<TarFile> {
  return fileFrom(file, path.basename(file));
}
