/**
 * What `npm run build` left in dist/, read once: files under their hashed names, the page and its service worker. Only
 * names of the manifest are ever served, so no path from outside reaches the disk.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface BuildOutput {
  /** Changes with every file of the build. */
  readonly version: string;
  /** Names in /assets of the script and the stylesheet. */
  readonly script: string;
  readonly style: string;
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
  const { version, script, style } = parseManifest(await text('manifest.json'));
  const asset = async (name: string, type: string): Promise<[string, Asset]> => [
    name,
    { type, bytes: await readFile(path.join(folder, name)) },
  ];
  return {
    version,
    script,
    style,
    assets: new Map([
      await asset(script, 'text/javascript; charset=utf-8'),
      await asset(style, 'text/css; charset=utf-8'),
    ]),
    page: await text('standalone.html'),
    serviceWorker: await readFile(path.join(folder, 'sw.js')),
  };
}

interface Manifest {
  readonly version: string;
  readonly script: string;
  readonly style: string;
}

function parseManifest(text: string): Manifest {
  const { version, script, style } = Object(JSON.parse(text));
  if (![version, script, style].every((value) => typeof value === 'string')) {
    throw new Error('dist/manifest.json does not name a version, a script and a style. Run npm run build again.');
  }
  return { version, script, style };
}
