/**
 * What `npm run build` left in dist/, read once: files under their hashed names, the page and its service worker. Only
 * names of the manifest are ever served, so no path from outside reaches the disk.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface BuildOutput {
  /** Changes with every file of the build. */
  readonly version: string;
  /** Names in /assets of the page's script and stylesheet. */
  readonly script: string;
  readonly style: string;
  /** By name: those two, and the modules that the script imports later. */
  readonly assets: ReadonlyMap<string, Asset>;
  readonly page: string;
  readonly serviceWorker: Buffer;
}

export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
}

export async function readBuildOutput(folder: string): Promise<BuildOutput> {
  const text = (name: string) => readFile(path.join(folder, name), 'utf8');
  const { version, script, style, assets } = parseManifest(await text('manifest.json'));
  const asset = async (name: string): Promise<[string, Asset]> => [
    name,
    {
      type: name.endsWith('.js') ? 'text/javascript; charset=utf-8' : 'text/css; charset=utf-8',
      bytes: await readFile(path.join(folder, name)),
    },
  ];
  return {
    version,
    script,
    style,
    assets: new Map(await Promise.all(assets.map(asset))),
    page: await text('standalone.html'),
    serviceWorker: await readFile(path.join(folder, 'sw.js')),
  };
}

interface Manifest {
  readonly version: string;
  readonly script: string;
  readonly style: string;
  readonly assets: readonly string[];
}

function parseManifest(text: string): Manifest {
  const { version, script, style, assets } = Object(JSON.parse(text));
  if (!Array.isArray(assets) || ![version, script, style, ...assets].every((value) => typeof value === 'string')) {
    throw new Error(
      'dist/manifest.json does not name a version, a script, a style and assets. Run npm run build again.',
    );
  }
  return { version, script, style, assets };
}
