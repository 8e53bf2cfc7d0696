/**
 * The playbooks: linted, played in check mode, and really played for all that needs no container – packaging, script root,
 * both databases, roles, migrations, the step by hand, health – against a PostgreSQL and a host of this test's own.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshBrowserBuild } from '../host/browser-build.ts';
import { type Host, startHost } from '../host/server.ts';
import { trustedAddresses } from '../host/trusted-addresses.ts';
import { type Postgres, startPostgres } from '../postgres/embedded.ts';
import { ROOT } from '../root.ts';
import { ensureToolchain, type Toolchain } from './toolchain.ts';

const FOLDER = path.join(ROOT, 'infra/ansible');
const HOST_PASSWORD = 'of-the-hosts-role';

let toolchain: Toolchain;
let folder: string;
let postgres: Postgres;

beforeAll(async () => {
  toolchain = await ensureToolchain();
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-ansible-'));
  await chmod(folder, 0o711);
  postgres = await startPostgres({ dataDir: path.join(folder, 'database'), settings: { fsync: 'off' } });
}, 420_000);
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const home = () => path.join(folder, 'home');

interface Ran {
  readonly code: number;
  readonly output: string;
  readonly words: string;
}

function run(program: string, args: readonly string[]): Promise<Ran> {
  const env = {
    ...process.env,
    PATH: `${toolchain.bin}:${process.env.PATH}`,
    ANSIBLE_COLLECTIONS_PATH: toolchain.collections,
    ANSIBLE_HOME: path.join(folder, 'ansible'),
    ANSIBLE_NOCOLOR: '1',
    NO_COLOR: '1',
    LC_ALL: 'C.UTF-8',
  };
  return new Promise((resolve) => {
    const options = { cwd: FOLDER, env, maxBuffer: 64 * 1024 * 1024 };
    execFile(path.join(toolchain.bin, program), [...args], options, (error, stdout, stderr) => {
      // Ansible breaks long lines where it likes.
      const output = `${stdout}\n${stderr}`;
      resolve({ code: error === null ? 0 : Number(error.code), output, words: output.replace(/\s+/g, ' ') });
    });
  });
}

/** As an administrator would give them from a vault. */
async function variables(more: object = {}): Promise<string> {
  const { hostname, port, password } = new URL(postgres.url);
  const file = path.join(folder, 'variables.json');
  const given = {
    macroplan_home: home(),
    macroplan_has_containers: false,
    macroplan_is_attended: false,
    macroplan_database_host: hostname,
    macroplan_database_port: Number(port),
    macroplan_database: 'plans',
    macroplan_database_admin_password: password,
    macroplan_host_password: HOST_PASSWORD,
    macroplan_user_groups: ['planners', 'watchers'],
    macroplan_admin_group: 'planning-office',
    ...more,
  };
  await writeFile(file, JSON.stringify(given));
  return file;
}

const play = async (playbook: string, more: object = {}, args: readonly string[] = []) =>
  run('ansible-playbook', [playbook, '--extra-vars', `@${await variables(more)}`, ...args]);

const changes = ({ output }: Ran) => Number(/changed=(\d+)/.exec(output)?.[1]);
const isThere = (place: string) =>
  stat(place).then(
    () => true,
    () => false,
  );

/** A host that lets nobody in without a proxy's word, as Confluence lets nobody in without a session. */
async function withHost<T>(work: (baseUrl: string) => Promise<T>): Promise<T> {
  const databaseUrl = new URL(postgres.url);
  Object.assign(databaseUrl, { username: 'macroplan_host', password: HOST_PASSWORD, pathname: '/plans' });
  const auth = {
    mode: 'proxy',
    isTrusted: trustedAddresses('10.0.0.1'),
    userHeader: 'x-user',
    nameHeader: 'x-name',
    groupsHeader: 'x-groups',
  } as const;
  const host: Host = await startHost({ databaseUrl: databaseUrl.href, dist: await freshBrowserBuild(), auth });
  try {
    return await work(host.url.replace('localhost', '127.0.0.1'));
  } finally {
    await host.close();
  }
}

describe('the playbooks', () => {
  test('have nothing that yamllint or ansible-lint, at its production profile, would say', async () => {
    expect(await run('yamllint', ['--strict', '.'])).toMatchObject({ code: 0, output: '\n' });
    const linted = await run('ansible-lint', []);
    expect(linted.output).toMatch(/Passed: 0 failure\(s\), 0 warning\(s\)/);
    expect(linted.output).toContain("Profile 'production' was required, and it passed");
    expect(linted.code).toBe(0);
  });

  test.each(['site.yml', 'stop.yml', 'reset.yml'])(
    '%s is readable to Ansible, with every module that it names',
    async (name) => {
      expect((await run('ansible-playbook', ['--syntax-check', name])).code).toBe(0);
    },
  );

  test('name the versions of the collections that they were tested with', async () => {
    const wanted = await readFile(path.join(FOLDER, 'requirements.yml'), 'utf8');
    for (const [, name = '', version] of wanted.matchAll(/name: (\S+)\n\s+version: (\S+)/g)) {
      const manifest = path.join(toolchain.collections, 'ansible_collections', name.replace('.', '/'), 'MANIFEST.json');
      expect(JSON.parse(await readFile(manifest, 'utf8')).collection_info.version, name).toBe(version);
    }
  });

  test('start a pod by Podman itself, since the module would make an empty one in its place', async () => {
    const tasks = await readFile(path.join(FOLDER, 'roles/pod/tasks/main.yml'), 'utf8');
    expect(tasks).toContain('podman pod start macroplan');
    expect(tasks).not.toContain('containers.podman.podman_pod');
  });

  test('hold no password', async () => {
    const names = (await readdir(FOLDER, { recursive: true })).filter((name) => /\.(yml|j2)$/.test(name));
    for (const name of names) {
      const text = await readFile(path.join(FOLDER, name), 'utf8');
      for (const [line] of text.matchAll(/^.*passw(?:or)?d\w*: +(?![|>&]).*$/gim)) expect(line, name).toMatch(/\{\{/);
    }
  });
});

test('check mode finds what is missing and makes none of it', async () => {
  const checked = await play('site.yml', { macroplan_confluence_password: 'from-a-vault' }, ['--check']);
  expect(checked.output).toMatch(/failed=0/);
  expect(changes(checked)).toBeGreaterThan(5);
  expect(await isThere(home())).toBe(false);
  const client = new pg.Client(postgres.url);
  await client.connect();
  expect((await client.query(`select from pg_database where datname = 'plans'`)).rows).toEqual([]);
  await client.end();
});

test('where the step by hand is not done yet, it says what to do and stops', async () => {
  const stopped = await play('site.yml', { macroplan_base_url: 'http://127.0.0.1:9' });
  expect(stopped.code).not.toBe(0);
  expect(stopped.words).toMatch(/Do what \S+BY-HAND\.md says/);
  expect(stopped.output).not.toContain(HOST_PASSWORD);
  const byHand = await readFile(path.join(home(), 'BY-HAND.md'), 'utf8');
  expect(byHand).toContain(`:${new URL(postgres.url).port}/plans`);
  expect(byHand).toMatch(/planners, watchers, planning-office/);
  expect(byHand).not.toMatch(/\{\{|\}\}/);
  expect((await stat(path.join(home(), 'BY-HAND.md'))).mode & 0o777).toBe(0o600);
});

test('once it is done the same playbook goes through, and a second time it changes nothing', async () => {
  await withHost(async (baseUrl) => {
    const first = await play('site.yml', { macroplan_base_url: baseUrl });
    expect(first.words).toMatch(/answers with build \w+/);
    expect(first.code).toBe(0);
    const second = await play('site.yml', { macroplan_base_url: baseUrl });
    expect(second.output).toMatch(/changed=0 .*failed=0/);
  });
});

test('both databases are there, and the hosts’ role may call doors and read no table', async () => {
  const admin = new pg.Client(postgres.url);
  await admin.connect();
  const { rows } = await admin.query(
    `select datname, pg_get_userbyid(datdba) as owner from pg_database where datname in ('plans', 'confluence') order by 1`,
  );
  expect(rows).toEqual([
    { datname: 'confluence', owner: 'confluence' },
    { datname: 'plans', owner: 'postgres' },
  ]);
  await admin.end();
  const url = Object.assign(new URL(postgres.url), {
    username: 'macroplan_host',
    password: HOST_PASSWORD,
    pathname: '/plans',
  });
  const host = new pg.Client(url.href);
  await host.connect();
  expect((await host.query(`select api.version('x')`)).rows).toHaveLength(1);
  await expect(host.query('select from macroplan.event_log')).rejects.toThrow(/permission denied/);
  await host.end();
});

const scripts = (name: string) => path.join(home(), 'scripts/macroplan', name);

test('the script root is the release with the groups of this site, and what was changed there is put right', async () => {
  const site = await readFile(scripts('host/Site.groovy'), 'utf8');
  expect(site).toContain("USERS = ['planners', 'watchers']\n");
  expect(site).toContain("ADMINISTRATORS = 'planning-office'\n");
  const source = await readFile(path.join(ROOT, 'scriptrunner/scripts/macroplan/host/Site.groovy'), 'utf8');
  expect(site.split('\n')).toHaveLength(source.split('\n').length);

  const endpoint = await readFile(scripts('api/Macroplan.groovy'), 'utf8');
  await writeFile(scripts('api/Macroplan.groovy'), `${endpoint}// changed`);
  await writeFile(scripts('host/Older.groovy'), 'package macroplan.host');
  const mended = await play('site.yml', {}, ['--tags', 'files']);
  expect(mended.output).toMatch(/changed=2 .*failed=0/);
  expect(await readFile(scripts('api/Macroplan.groovy'), 'utf8')).toBe(endpoint);
  expect(await isThere(scripts('host/Older.groovy'))).toBe(false);
});

interface Pod {
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly image: string;
      readonly ports: readonly { readonly hostIP: string; readonly hostPort: number }[];
      readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
      readonly resources: { readonly limits: { readonly memory: string } };
      readonly volumeMounts?: readonly { readonly name: string }[];
    }[];
    readonly volumes: readonly { readonly name: string; readonly hostPath?: { readonly path: string } }[];
  };
}

test('the pod has pinned images, ports on loopback, bounded memory, secrets by reference, and mounts what is there', async () => {
  const file = path.join(home(), 'pod/pod.yml');
  const toJson = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))';
  const pod: Pod = JSON.parse((await run('python3', ['-c', toJson, file])).output);
  const { containers, volumes } = pod.spec;
  expect(containers.map(({ name }) => name)).toEqual(['postgres', 'confluence', 'mail']);
  for (const { image, ports, resources, env = [], volumeMounts = [] } of containers) {
    expect(image).toMatch(/^[\w.]+\/[\w/.-]+:v?\d+\.\d+[\w.-]*$/);
    for (const { hostIP } of ports) expect(hostIP).toBe('127.0.0.1');
    expect(resources.limits.memory).toMatch(/^\d+[MG]i$/);
    for (const { name, value } of env) if (/PASSWORD/.test(name)) expect(value, name).toBeUndefined();
    for (const { name } of volumeMounts) expect(volumes.map((volume) => volume.name)).toContain(name);
  }
  for (const { hostPath } of volumes) if (hostPath) expect(await isThere(hostPath.path), hostPath.path).toBe(true);
  const ports = containers.flatMap((container) => container.ports.map(({ hostPort }) => hostPort));
  expect(ports).toEqual(expect.arrayContaining([8090, 1025, 8025]));
  expect(await readFile(file, 'utf8')).toContain('-Dplugin.rest.scripts.package=macroplan.api');
});

test('a reset wants to be told that data may go, and then leaves no file', async () => {
  const refused = await play('reset.yml');
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain('macroplan_may_lose_data=true');
  expect(await isThere(home())).toBe(true);
  expect((await play('reset.yml', { macroplan_may_lose_data: true })).code).toBe(0);
  expect(await isThere(home())).toBe(false);
});
