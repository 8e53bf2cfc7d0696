import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlScript } from '../../migrations/sql-script.ts';
import { writePackage } from './package.ts';

let folder: string;
let archive: string;
let root: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'macroplan-archive-'));
  archive = await writePackage(folder);
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  root = archive.replace(/\.tar\.gz$/, '');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string) => readFileSync(path.join(root, name), 'utf8');

test('every file is as its checksum says', () => {
  const output = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: root, encoding: 'utf8' });
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(output.match(/: OK$/gm)?.length).toBe(files.length - 1);
});

test('the same sources make the same bytes', async () => {
  const before = readFileSync(archive);
  expect(await writePackage(folder)).toBe(archive);
  expect(readFileSync(archive).equals(before)).toBe(true);
});

test('the database is what migrate prints', async () => {
  expect(read('macroplan.sql')).toBe(await sqlScript());
});

test('files that the platform registers carry the release, so that each release compiles them anew', () => {
  const release = path.basename(root).replace('macroplan-scriptrunner-', '');
  for (const file of ['api/Macroplan', 'jobs/EveryMinute', 'macro/Macro']) {
    expect(read(`scripts/macroplan/${file}.groovy`)).toContain(`// Release: ${release}\n`);
  }
  expect(read('scripts/macroplan/api/Macroplan.groovy')).toContain(`release: '${release}'`);
  expect(read('scripts/macroplan/host/Bundle.groovy')).toContain(`VERSION = '${release}'`);
});

test('nothing that only tests need is in it', () => {
  const names = readdirSync(root, { recursive: true }).map(String);
  expect(names.filter((name) => /stand-in|harness|spec|onresolve|atlassian|pom\.xml/i.test(name))).toEqual([]);
});
