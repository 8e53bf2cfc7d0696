import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { freshBrowserBuild } from '../host/browser-build.ts';
import { ROOT } from '../root.ts';
import { type Bill, billOfMaterials, licenceOf } from './bill-of-materials.ts';
import { BUNDLED } from './package.ts';

let bill: Bill;
beforeAll(async () => {
  bill = await billOfMaterials();
}, 60_000);

const read = (name: string) => JSON.parse(readFileSync(path.join(ROOT, name), 'utf8'));

test('every library that a host loads is on the bill in its version, and no tool is', () => {
  const { dependencies, devDependencies } = read('package.json');
  const named = new Map(bill.components.map(({ name, version }) => [name, version]));
  for (const [name, version] of Object.entries(dependencies)) expect(named.get(name), name).toBe(version);
  for (const name of Object.keys(devDependencies)) expect(named.has(name), name).toBe(false);
});

/** Licences that let us ship what is under them and ask for their text at most. */
const KNOWN = ['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', '0BSD'];

test('everything shipped has a licence that we know', () => {
  const unknown = bill.components.filter((component) => !KNOWN.includes(licenceOf(component)));
  expect(unknown.map(({ name }) => name)).toEqual([]);
});

test('two bills of one lock file are the same, and name no machine', async () => {
  expect(await billOfMaterials()).toEqual(bill);
  expect(bill.metadata.component.name).toBe('macroplan');
  expect(JSON.stringify(bill)).not.toContain(ROOT);
});

test('the browser bundle holds the libraries that its bill names and no other', async () => {
  const { build } = await import('esbuild');
  await freshBrowserBuild();
  const { metafile } = await build({
    absWorkingDir: ROOT,
    bundle: true,
    entryPoints: ['src/main.ts', 'src/service-worker.ts', 'src/views/app.css'],
    define: { BUILD: '{}' },
    metafile: true,
    outdir: 'out',
    write: false,
    format: 'esm',
  });
  const packages = Object.keys(metafile.inputs).flatMap(
    (name) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? [],
  );
  expect([...new Set(packages)].sort()).toEqual(BUNDLED);
  expect(readdirSync(path.join(ROOT, 'dist'))).toContain('manifest.json');
});
