/**
 * The script root as it goes to a server: the sources as they are, the release in the comment of each file that the platform
 * registers, and the browser build as one more source file (docs/decisions/0016).
 */
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { freshBrowserBuild } from '../host/browser-build.ts';
import { readBuildOutput } from '../host/build-output.ts';
import { ROOT } from '../root.ts';

const SOURCES = path.join(ROOT, 'scriptrunner/scripts');

/** Writes it into `folder`, which must be empty. Resolves to the release. */
export async function writeScriptRoot(folder: string): Promise<string> {
  const dist = await freshBrowserBuild();
  const release = await releaseOf(dist);
  await cp(SOURCES, folder, { recursive: true });
  await writeFile(path.join(folder, 'macroplan/host/Bundle.groovy'), await bundleSource(dist, release));
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.endsWith('.groovy')) await stamp(path.join(folder, name), release);
  }
  return release;
}

/** Changes with every file of the build and of the script root. */
async function releaseOf(dist: string): Promise<string> {
  const { version } = Object(JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')));
  const hash = createHash('sha256').update((await readBuildOutput(dist)).version);
  const names = (await readdir(SOURCES, { recursive: true })).filter((name) => name.endsWith('.groovy')).sort();
  for (const name of names) hash.update(`\0${name}\0`).update(await readFile(path.join(SOURCES, name)));
  return `${version}+${hash.digest('hex').slice(0, 12)}`;
}

/** A script whose text did not change is not compiled again, even where what it calls did; so its text changes. */
async function stamp(file: string, release: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^(\/\/ Release: | +release: ')development/gm, `$1${release}`));
}

async function bundleSource(dist: string, release: string): Promise<string> {
  const { script, style, assets } = await readBuildOutput(dist);
  const files = await Promise.all(
    [...assets.keys(), 'standalone.html', 'sw.js'].map(
      async (name) => `        '${name}': [\n${chunks(await readFile(path.join(dist, name)))}\n        ],`,
    ),
  );
  return `package macroplan.host

/** Made by npm run package: the browser build, gzipped, in Base64, in pieces that a class file can hold. */
final class Bundle {
    static final String VERSION = '${release}'
    static final String SCRIPT = '${script}'
    static final String STYLE = '${style}'
    static final Map<String, List<String>> FILES = [
${files.join('\n')}
    ].asImmutable()
}
`;
}

/** A string constant of a class holds at most 65,535 bytes. */
const CHUNK = 60_000;

function chunks(bytes: Buffer): string {
  const text = gzipSync(bytes, { level: 9 }).toString('base64');
  const count = Math.ceil(text.length / CHUNK);
  const parts = Array.from({ length: count }, (_, at) => text.slice(at * CHUNK, (at + 1) * CHUNK));
  return parts.map((part) => `            '${part}',`).join('\n');
}
