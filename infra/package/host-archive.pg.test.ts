/** The archive as a server would use it: unpacked elsewhere, with the libraries that its own package file names. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BASE_PATH } from '../host/base-path.ts';
import { ROOT } from '../root.ts';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { writeHostArchive } from './host-archive.ts';

let folder: string;
let archive: string;
let root: string;
let database: TestDatabase;
let child: ChildProcess | null = null;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-host-'));
  await chmod(folder, 0o711);
  archive = await writeHostArchive(folder);
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  root = archive.replace(/\.tar\.gz$/, '');
  database = await createDatabase();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const read = (name: string) => readFile(path.join(root, name), 'utf8');
const PROGRAMS = ['start', 'migrate', 'backup', 'restore', 'erase'];

test('every file is as its checksum says, and the same sources make the same bytes', async () => {
  const output = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: root, encoding: 'utf8' });
  const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(output.match(/: OK$/gm)?.length).toBe(files.length - 1);
  const before = await readFile(archive);
  expect(await writeHostArchive(folder)).toBe(archive);
  expect((await readFile(archive)).equals(before)).toBe(true);
});

test('its programs load nothing but what it lists as shipped', async () => {
  const { dependencies, scripts } = JSON.parse(await read('package.json'));
  expect(Object.keys(scripts)).toEqual(PROGRAMS);
  for (const program of PROGRAMS) {
    const imports = [...(await read(`${program}.mjs`)).matchAll(/^import .*?from ["']([^"']+)["'];$/gm)];
    const packages = imports.map(([, name = '']) => name).filter((name) => !/^node:/.test(name));
    for (const name of packages) {
      const [first = '', second] = name.split('/');
      const library = first.startsWith('@') ? `${first}/${second}` : first;
      expect(builtinModules.includes(name) || library in dependencies, `${program}: ${name}`).toBe(true);
    }
  }
  const { components } = JSON.parse(await read('sbom.cdx.json'));
  const licences = await read('LICENCES.txt');
  for (const { name, version } of components) expect(licences).toContain(`${name} ${version}  `);
});

test('it starts without sources or a compiler, serves the page and the plan, and stops', async () => {
  await symlink(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  const { MACROPLAN_ROOT: _, ...inherited } = process.env;
  const env = { ...inherited, PORT: '0', DATABASE_URL: database.url, NODE_ENV: 'production' };
  const host = spawn(process.execPath, [path.join(root, 'start.mjs')], { cwd: '/', env });
  child = host;
  let said = '';
  for (const stream of [host.stdout, host.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/ready at/);
  const url = /ready at (http:\S+?)\/ /.exec(said)?.[1] ?? '';
  const page = await (await fetch(`${url}${BASE_PATH}/app`)).text();
  for (const [, asset] of page.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)) {
    expect((await fetch(`${url}${BASE_PATH}/${asset}`)).status).toBe(200);
  }
  expect((await fetch(`${url}${BASE_PATH}/plans/DEMO/delta`)).status).toBe(200);

  const healthy = () => spawn(process.execPath, [path.join(root, 'healthy.mjs')], { env: { PORT: new URL(url).port } });
  expect((await once(healthy(), 'exit'))[0]).toBe(0);
  host.kill('SIGTERM');
  expect((await once(host, 'exit'))[0]).toBe(0);
  expect((await once(healthy(), 'exit'))[0]).toBe(1);
});
