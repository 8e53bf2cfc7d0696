/** The browser build with the client that reloads, in a folder of its own: `dist` stays what is shipped. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freshBrowserBuild } from '../host/browser-build.ts';
import { ROOT } from '../root.ts';

const CLIENT = 'dev-reload.js';

/** Resolves to the folder. Rejects where the sources do not build. */
export async function devBuild(): Promise<string> {
  const dist = await freshBrowserBuild();
  const folder = path.join(ROOT, '.build', `dev-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await cp(dist, folder, { recursive: true });
  await cp(path.join(ROOT, 'infra/dev/reload-client.js'), path.join(folder, CLIENT));
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  const script = path.join(folder, manifest.script);
  // The macro brings it along, so it is in every page that holds the macro.
  await writeFile(script, `import './${CLIENT}';\n${await readFile(script, 'utf8')}`);
  // One version for all, so that no page says that there is a newer one.
  const changed = { ...manifest, version: 'development', assets: [...manifest.assets, CLIENT] };
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(changed));
  return folder;
}
