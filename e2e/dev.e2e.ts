/** `npm run dev` on a copy of the sources: real files are saved, and a real page, the database and a script root follow. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../infra/root.ts';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';

let folder: string;
let database: TestDatabase;
let child: ChildProcess;
let profile: Profile;
let screen: Screen;
let said = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-dev-'));
  await chmod(folder, 0o711);
  await mkdir(path.join(folder, 'scriptrunner'));
  for (const name of ['build.mjs', 'package.json', 'src', 'migrations', 'infra', 'scriptrunner/scripts']) {
    await cp(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  database = await createDatabase();
  const env = {
    ...process.env,
    PORT: '0',
    DATABASE_URL: database.url,
    MACROPLAN_SCRIPT_ROOT: path.join(folder, 'confluence-scripts'),
  };
  child = spawn(process.execPath, ['build.mjs', 'run', 'infra/dev/dev-command.ts'], { cwd: folder, env });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  }
  await becomes(async () => said, /is ready at/);
  const url = /ready at (http:\S+?)\/ /.exec(said)?.[1] ?? '';
  profile = await Profile.create(url, 'planner-a');
  screen = new Screen(await profile.open(`${APP}?macroplan-iteration=DR2`));
  await becomes(() => screen.chip(), 'Saved');
});
afterAll(async () => {
  await profile.remove();
  child.kill('SIGTERM');
  await once(child, 'exit');
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const place = (name: string) => path.join(folder, name);

async function change(name: string, from: string, to: string): Promise<void> {
  const text = await readFile(place(name), 'utf8');
  expect(text).toContain(from);
  await writeFile(place(name), text.replace(from, to));
}

/** No verdict depends on how fast the machine is; the figure is told. */
async function within(what: string, wait: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await wait();
  console.log(`${what}: there after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
}

const mark = () => screen.page.evaluate(() => Reflect.get(globalThis, 'mark'));

test('a style is in the open page, which is not loaded again', async () => {
  await screen.page.evaluate(() => Reflect.set(globalThis, 'mark', 'kept'));
  await appendFile(place('src/views/app.css'), '\n:root { --mp-probe: 7px; }\n');
  const probe = () =>
    screen.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--mp-probe').trim());
  await within('CSS', () => becomes(probe, '7px'));
  expect(await mark()).toBe('kept');
  const sheets = () => screen.page.locator('link[rel="stylesheet"]').count();
  await becomes(sheets, 1);
});

test('code that does not build is said, and what ran goes on', async () => {
  const file = 'src/views/shell/shell.ts';
  const before = await readFile(place(file), 'utf8');
  await appendFile(place(file), '\nconst half = (');
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/do not build.*\n.*shell\.ts/s);
  await writeFile(place(file), before);
  await expect.poll(() => said.split('do not build').at(-1), { timeout: 60_000 }).toContain('The page is new');
  await becomes(() => screen.chip(), 'Saved');
});

test('a script is in the page, and an edit that was not sent yet is still there and goes out', async () => {
  await screen.page.route('**/sync', (route) => route.abort());
  await screen.page.evaluate(() => Reflect.set(globalThis, 'mark', 'from before'));
  await screen.note('AB', 'typed before the reload');
  await becomes(() => screen.chip(), /1 kept on this device/);
  await change('src/standalone.html', '<title>Macroplan</title>', '<title>Macroplan</title><meta name="probe">');
  await change(
    'src/main.ts',
    'for (const root of',
    'document.documentElement.dataset.probe = "new";\nfor (const root of',
  );
  const probe = () => screen.page.evaluate(() => document.documentElement.dataset.probe);
  await within('TypeScript', () => becomes(probe, 'new'));
  expect(await mark()).toBeUndefined();
  await becomes(() => screen.noteText('AB'), 'typed before the reload');
  await becomes(() => screen.chip(), /1 kept on this device/);
  await screen.page.unroute('**/sync');
  await screen.lookAgain();
  await becomes(() => screen.chip(), 'Saved');
  const logged = await database.admin.query(
    `select count(*)::int as n from macroplan.event_log where after ->> 'note' = 'typed before the reload'`,
  );
  expect(logged.rows).toEqual([{ n: 1 }]);
});

test('a function of the database is applied', async () => {
  await change('migrations/functions/doors/version.sql', '"protocol":1,', '"protocol":1,"probe":true,');
  const version = async () => (await database.host.query(`select api.version('x') as text`)).rows[0].text;
  await within('SQL', () => becomes(version, /"probe":true/));
});

test('a script of Confluence is in its script root, and each registered file is one that Confluence compiles anew', async () => {
  const root = (name: string) => readFile(place(`confluence-scripts/macroplan/${name}`), 'utf8');
  const endpoint = await root('api/Macroplan.groovy');
  await appendFile(place('confluence-scripts/macroplan/host/Site.groovy'), '// of this site\n');
  await change(
    'scriptrunner/scripts/macroplan/host/Percent.groovy',
    'package macroplan.host',
    'package macroplan.host\n// probe',
  );
  await within('Groovy', () => becomes(() => root('host/Percent.groovy'), /\/\/ probe/));
  await expect.poll(() => root('api/Macroplan.groovy'), { timeout: 60_000 }).not.toBe(endpoint);
  expect(await root('host/Site.groovy')).toContain('// of this site');
});
