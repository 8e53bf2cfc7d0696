/** The files for an administrator, held against what they are about; where a tool that reads them is there, it has its say too. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BASE_PATH } from '../host/base-path.ts';
import { readSettings } from '../host/settings.ts';
import { ROOT } from '../root.ts';

const FOLDER = path.join(ROOT, 'infra/operations');
const read = (name: string) => readFileSync(path.join(FOLDER, name), 'utf8');
const has = (program: string) => (process.env.PATH ?? '').split(':').some((one) => namesIn(one).includes(program));

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

describe('the environment file', () => {
  const example = Object.fromEntries(
    [...read('macroplan.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );

  test('is one with which a host starts', () => {
    expect(readSettings(example, '/')).toMatchObject({
      host: '127.0.0.1',
      seed: 'none',
      auth: { mode: 'proxy' },
      metrics: { host: '127.0.0.1', port: 9464 },
      mail: { from: 'macroplan@example.com' },
    });
  });

  test('names every setting that a service needs, and README every setting that there is', () => {
    const asked = new Set<string>();
    const spy = new Proxy<Record<string, string>>(example, {
      get: (values, name) => {
        asked.add(String(name));
        return values[String(name)];
      },
    });
    readSettings(spy, '/');
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8').replace(
      /`…(_\w+)`/g,
      (_, end) => `\`MACROPLAN_${end.slice(1)}\``,
    );
    for (const name of asked) expect(readme, name).toContain(`\`${name}\``);
    // Of the own PostgreSQL, which a service does not use.
    const needless = ['MACROPLAN_DATA_DIR', 'MACROPLAN_SEED'];
    expect(Object.keys(example).sort()).toEqual([...asked].filter((name) => !needless.includes(name)).sort());
  });
});

type Unit = ReadonlyMap<string, ReadonlyMap<string, string>>;

function readUnit(name: string): Unit {
  const sections = read(name)
    .split(/^\[(\w+)\]$/m)
    .slice(1);
  const unit = new Map<string, ReadonlyMap<string, string>>();
  for (let i = 0; i < sections.length; i += 2) {
    const pairs = [...(sections[i + 1] ?? '').matchAll(/^(\w+)=(.*)$/gm)];
    unit.set(sections[i] ?? '', new Map(pairs.map(([, key = '', value = '']) => [key, value])));
  }
  return unit;
}

const UNITS = ['macroplan.service', 'macroplan-backup.service', 'macroplan-backup.timer'];

/** As systemd.directives(7) has them; a new one is looked up there first. systemd itself only warns of one that it does not know. */
const DIRECTIVES: { readonly [section: string]: readonly string[] } = {
  Unit: ['Description', 'Documentation', 'Wants', 'After', 'StartLimitIntervalSec'],
  Service: [
    ...['Type', 'User', 'EnvironmentFile', 'WorkingDirectory', 'ExecStart', 'Restart', 'RestartSec', 'KillSignal'],
    ...['TimeoutStopSec', 'LimitNOFILE', 'StateDirectory', 'StateDirectoryMode', 'UMask', 'CapabilityBoundingSet'],
    ...['LockPersonality', 'NoNewPrivileges', 'PrivateDevices', 'PrivateTmp', 'ProtectClock', 'ProtectControlGroups'],
    ...['ProtectHome', 'ProtectHostname', 'ProtectKernelLogs', 'ProtectKernelModules', 'ProtectKernelTunables'],
    ...['ProtectProc', 'ProtectSystem', 'RestrictAddressFamilies', 'RestrictNamespaces', 'RestrictRealtime'],
    ...['RestrictSUIDSGID', 'SystemCallArchitectures', 'SystemCallFilter'],
  ],
  Timer: ['OnCalendar', 'RandomizedDelaySec', 'Persistent'],
  Install: ['WantedBy'],
};

describe('the units of systemd', () => {
  test.each([
    ['macroplan.service', 'start.mjs'],
    ['macroplan-backup.service', 'backup.mjs'],
  ])('%s runs %s of the archive, as nobody in particular', (name, program) => {
    const service = readUnit(name).get('Service');
    expect(service?.get('ExecStart')).toBe(`/usr/bin/node ${program}`);
    expect(service?.get('User')).toBe('macroplan');
    expect(service?.get('ProtectSystem')).toBe('strict');
    expect(service?.get('NoNewPrivileges')).toBe('yes');
    // Node compiles while it runs.
    expect(service?.has('MemoryDenyWriteExecute')).toBe(false);
  });

  test('a stop waits for as long as the host may take', () => {
    const server = readFileSync(path.join(ROOT, 'infra/host/server.ts'), 'utf8');
    const pool = readFileSync(path.join(ROOT, 'infra/host/pool.ts'), 'utf8');
    const number = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1]?.replace('_', ''));
    const mostMs = number(server, /CLOSE_MS_MAX = (\d+_\d+)/) + number(pool, /answerMs: (\d+_\d+)/);
    expect(Number(readUnit('macroplan.service').get('Service')?.get('TimeoutStopSec')) * 1_000).toBeGreaterThan(mostMs);
  });

  test.each(UNITS)('%s says only what systemd knows, each thing once', (name) => {
    const lines = read(name)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    let section = '';
    for (const line of lines) {
      const [, head, key, value] = /^(?:\[(\w+)\]|(\w+)=(.*))$/.exec(line) ?? [];
      section = head ?? section;
      const known = key === undefined ? Object.keys(DIRECTIVES) : DIRECTIVES[section];
      expect(known, `${section}: ${line}`).toContain(key ?? head);
      // systemd takes what follows on a line for a part of the value.
      expect(value ?? '', line).not.toMatch(/#|\s$/);
    }
    expect(new Set(lines.map((line) => line.split('=')[0])).size).toBe(lines.length);
  });

  test('where systemd is there, it agrees', ({ skip }) => {
    if (!has('systemd-analyze')) skip('systemd-analyze is not on this machine; the test before this one needs none.');
    const folder = mkdtempSync(path.join(tmpdir(), 'macroplan-units-'));
    const units = UNITS.map((name) => {
      const place = path.join(folder, name);
      // It asks whether the program is there, and Node is elsewhere on some machines.
      writeFileSync(place, read(name).replace('/usr/bin/node', process.execPath));
      return place;
    });
    const said = execFileSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8', stdio: 'pipe' });
    expect(said).toBe('');
    rmSync(folder, { recursive: true });
  });
});

test('the image is pinned, runs as nobody in particular, and starts what the archive holds', () => {
  const text = read('Containerfile');
  expect(text).toMatch(/^ARG NODE_IMAGE=\S+:\d+\.\d+\.\d+-\S+$/m);
  expect(text).toMatch(/^USER \d+:\d+$/m);
  expect(text).toContain('CMD ["node", "start.mjs"]');
  expect(text).toContain('CMD ["node", "healthy.mjs"]');
  expect(read('healthy.mjs')).toContain(`${BASE_PATH}/version`);
});

interface Block {
  /** What stands before the brace; '' for the file. */
  readonly head: string;
  readonly lines: readonly string[];
  readonly blocks: readonly Block[];
}

/** Directives and blocks; neither comments nor strings of our file hold a brace or a semicolon. */
function parseNginx(text: string): Block {
  const tokens = text.replace(/^\s*#.*$/gm, '').match(/[^;{}]+[;{]|\}/g) ?? [];
  let at = 0;
  function block(head: string): Block {
    const lines: string[] = [];
    const blocks: Block[] = [];
    for (let token = tokens[at++]; token !== undefined && token !== '}'; token = tokens[at++]) {
      const words = token.slice(0, -1).replace(/\s+/g, ' ').trim();
      if (token.endsWith('{')) blocks.push(block(words));
      else lines.push(words);
    }
    return { head, lines, blocks };
  }
  return block('');
}

describe('the reverse proxy', () => {
  const file = parseNginx(read('nginx.conf'));
  const all = (block: Block): readonly Block[] => [block, ...block.blocks.flatMap(all)];
  const server = all(file).find(({ head }) => head === 'server');
  const main = all(file).find(({ head }) => head === 'location /');

  test('says itself who somebody is, under each name that the host believes', () => {
    const { auth } = readSettings({ MACROPLAN_AUTH: 'proxy', MACROPLAN_TRUSTED_PROXIES: '127.0.0.1' }, '/');
    if (auth.mode !== 'proxy') throw new Error('a proxy was meant');
    const set = (main?.lines ?? []).map((line) => line.toLowerCase());
    for (const header of [auth.userHeader, auth.nameHeader, auth.groupsHeader]) {
      expect(
        set.some((line) => line.startsWith(`proxy_set_header ${header} $macroplan_`)),
        header,
      ).toBe(true);
    }
    // A block with headers of its own would forget these.
    for (const one of all(main ?? file).slice(1)) expect(one.lines.join()).not.toContain('proxy_set_header');
  });

  test('stores files with a hash in their names, and polls for one person and a moment; nothing else', () => {
    const caching = all(file).filter(({ lines }) => lines.some((line) => line.startsWith('proxy_cache ')));
    expect(caching.map(({ head }) => head)).toEqual([
      `location ${BASE_PATH}/assets/`,
      `location ~ ^${BASE_PATH}/plans/[^/]+/delta$`,
    ]);
    const polls = caching[1]?.lines ?? [];
    expect(polls.find((line) => line.startsWith('proxy_cache_key'))).toMatch(/\$macroplan_user\|.*\$request_uri/);
    expect(polls).toContain('proxy_no_cache $macroplan_is_nobody');
    expect(polls).toContain('proxy_cache_valid 200 1s');
  });

  test('never sends an edit twice, lets the largest request in, and waits for longer than the host', () => {
    const value = (name: string) => server?.lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1];
    expect(value('proxy_next_upstream')).toBe('off');
    expect(Number.parseInt(value('client_max_body_size') ?? '', 10)).toBeGreaterThan(4);
    expect(Number.parseInt(value('proxy_read_timeout') ?? '', 10)).toBeGreaterThan(30);
    expect(JSON.stringify(file)).not.toContain('metrics');
  });
});
