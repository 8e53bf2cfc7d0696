/** Archives as they are given to people: files in the order of their names, checksums to hold them against, the same bytes for the same files. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../root.ts';
import { type Bill, licencesOf } from './bill-of-materials.ts';
import { checksums } from './checksums.ts';
import { type TarFile, tar } from './tar.ts';

/** Writes `NAME.tar.gz` into `folder`, with all files below `NAME/`. Resolves to its path. */
export async function writeArchive(folder: string, name: string, files: readonly TarFile[]): Promise<string> {
  const archive = tar([...files, checksums(files)].map((file) => ({ ...file, name: `${name}/${file.name}` })));
  await mkdir(folder, { recursive: true });
  const place = path.join(folder, `${name}.tar.gz`);
  await writeFile(place, gzipSync(archive, { level: 9 }));
  return place;
}

export function inOrder(files: readonly TarFile[]): readonly TarFile[] {
  return [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A file of this project, under the same name or another one. */
export async function fileFrom(place: string, name = place): Promise<TarFile> {
  return { name, bytes: await readFile(path.join(ROOT, place)) };
}

/** All files below a folder, below `name` in the archive; tests are left out. */
export async function folderFrom(folder: string, name: string): Promise<readonly TarFile[]> {
  const files: TarFile[] = [];
  for (const entry of await readdir(folder, { recursive: true })) {
    const place = path.join(folder, entry);
    if ((await stat(place)).isFile() && !entry.endsWith('.test.ts')) {
      files.push({ name: path.posix.join(name, entry.split(path.sep).join('/')), bytes: await readFile(place) });
    }
  }
  return files;
}

/** What is in it that is not ours, for programs and for people. */
export function billFiles(bill: Bill): readonly TarFile[] {
  return [
    { name: 'sbom.cdx.json', bytes: Buffer.from(`${JSON.stringify(bill, null, 2)}\n`) },
    { name: 'LICENCES.txt', bytes: Buffer.from(licencesOf(bill)) },
  ];
}
