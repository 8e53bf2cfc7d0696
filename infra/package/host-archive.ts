/**
 * What goes to a server that runs the Node host: the host as scripts that Node runs as they are, the browser build, the SQL, and
 * the lock file by which `npm ci --omit=dev` brings the libraries. No compiler and no source is needed there.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { freshBrowserBuild } from '../host/browser-build.ts';
import { ROOT } from '../root.ts';
import { billFiles, fileFrom, folderFrom, inOrder, writeArchive } from './archive.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import type { TarFile } from './tar.ts';

const PROGRAMS = {
  start: 'infra/host/start.ts',
  migrate: 'migrations/migrate-command.ts',
  backup: 'infra/backup/backup-command.ts',
  restore: 'infra/backup/restore-command.ts',
  erase: 'infra/erasing/erase-command.ts',
};

/** Writes the archive into `folder`. Resolves to its path. The same sources make the same bytes. */
export async function writeHostArchive(folder: string): Promise<string> {
  const dist = await freshBrowserBuild();
  const files = inOrder([
    ...(await programs()),
    ...(await folderFrom(dist, 'dist')),
    ...(await folderFrom(path.join(ROOT, 'infra/host/pages'), 'infra/host/pages')),
    ...(await folderFrom(path.join(ROOT, 'migrations/tables'), 'migrations/tables')),
    ...(await folderFrom(path.join(ROOT, 'migrations/functions'), 'migrations/functions')),
    ...(await folderFrom(path.join(ROOT, 'infra/operations'), '')),
    await fileFrom('migrations/grants.sql'),
    await packageFile(),
    await fileFrom('package-lock.json'),
    await fileFrom('README.md'),
    await fileFrom('CHANGELOG.md'),
    await fileFrom('docs/operations.md'),
    await fileFrom('docs/install-database.md'),
    await fileFrom('docs/runbook.md'),
    ...billFiles(await billOfMaterials()),
  ]);
  return writeArchive(folder, `macroplan-host-${await releaseOf(files)}`, files);
}

/** Changes with every file in it. */
async function releaseOf(files: readonly TarFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, bytes } of files) hash.update(`\0${name}\0`).update(bytes);
  return `${(await ourPackage()).version}+${hash.digest('hex').slice(0, 12)}`;
}

/** As the lock file wants it, with the commands that work there. */
async function packageFile(): Promise<TarFile> {
  const scripts = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, `node ${name}.mjs`]));
  const text = JSON.stringify({ ...(await ourPackage()), scripts }, null, 2);
  return { name: 'package.json', bytes: Buffer.from(`${text}\n`) };
}

async function ourPackage(): Promise<{ readonly version: string }> {
  return JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
}

/** Wherever it is unpacked, a program finds what lies beside it. */
const FIND_ROOT = `import { fileURLToPath as pathOf } from 'node:url';
process.env.MACROPLAN_ROOT ??= pathOf(new URL('.', import.meta.url));`;

async function programs(): Promise<readonly TarFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    banner: { js: FIND_ROOT },
    bundle: true,
    entryPoints: PROGRAMS,
    format: 'esm',
    logLevel: 'warning',
    outExtension: { '.js': '.mjs' },
    outdir: 'out',
    packages: 'external',
    platform: 'node',
    target: 'node20',
    write: false,
  });
  return outputFiles.map(({ path: place, contents }) => ({ name: path.basename(place), bytes: Buffer.from(contents) }));
}
