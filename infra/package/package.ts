/** What an administrator of Confluence is given: one archive with everything to copy, and checksums to hold it against. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { sqlScript } from '../../migrations/sql-script.ts';
import { ROOT } from '../root.ts';
import { billOfMaterials, licencesOf, only } from './bill-of-materials.ts';
import { checksums } from './checksums.ts';
import { writeScriptRoot } from './script-root.ts';
import { type TarFile, tar } from './tar.ts';

/** The libraries in the browser bundle; a test holds it against the build. */
export const BUNDLED = ['idb'];

/** Writes the archive into `folder`. Resolves to its path. The same sources make the same bytes. */
export async function writePackage(folder: string): Promise<string> {
  const scripts = await mkdtemp(path.join(tmpdir(), 'macroplan-package-'));
  try {
    const release = await writeScriptRoot(scripts);
    // The browser build is all of it that is not ours.
    const bill = only(await billOfMaterials(), ({ name }) => BUNDLED.includes(name));
    const files = [
      await documentFrom('scriptrunner/INSTALL.md'),
      await documentFrom('docs/install-database.md'),
      await documentFrom('CHANGELOG.md'),
      { name: 'LICENCES.txt', bytes: Buffer.from(licencesOf(bill)) },
      { name: 'sbom.cdx.json', bytes: Buffer.from(`${JSON.stringify(bill, null, 2)}\n`) },
      { name: 'macroplan.sql', bytes: Buffer.from(await sqlScript()) },
      ...(await scriptsIn(scripts)),
    ].sort((a, b) => (a.name < b.name ? -1 : 1));
    const name = `macroplan-scriptrunner-${release}`;
    const archive = tar([...files, checksums(files)].map((file) => ({ ...file, name: `${name}/${file.name}` })));
    await mkdir(folder, { recursive: true });
    const place = path.join(folder, `${name}.tar.gz`);
    await writeFile(place, gzipSync(archive, { level: 9 }));
    return place;
  } finally {
    await rm(scripts, { recursive: true, force: true });
  }
}

async function documentFrom(file: string): Promise<TarFile> {
  return { name: path.basename(file), bytes: await readFile(path.join(ROOT, file)) };
}

async function scriptsIn(folder: string): Promise<readonly TarFile[]> {
  const files: TarFile[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const place = path.join(folder, name);
    if ((await stat(place)).isFile()) {
      files.push({ name: `scripts/${name.split(path.sep).join('/')}`, bytes: await readFile(place) });
    }
  }
  return files;
}
