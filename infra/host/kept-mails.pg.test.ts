/** For local work mails stay on the machine, and a page shows them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { BASE_PATH } from './base-path.ts';
import { freshBrowserBuild } from './browser-build.ts';
import { makePlan, newDevice } from './conformance/a-plan.ts';
import { expectError, talkTo } from './conformance/talk.ts';
import { type Host, type HostOptions, startHost } from './server.ts';

let database: TestDatabase;
let keeping: Host;
const hosts: Host[] = [];

async function start(more: Partial<HostOptions>): Promise<Host> {
  const host = await startHost({ databaseUrl: database.hostUrl, dist: await freshBrowserBuild(), ...more });
  hosts.push(host);
  return host;
}
const talk = (host: Host) => talkTo(() => host.url.replace('localhost', '127.0.0.1') + BASE_PATH);

beforeAll(async () => {
  database = await createDatabase();
  // A mail that is there when the host starts, so that nobody waits for it to look again.
  const other = talk(await start({}));
  const plan = await makePlan(other);
  const device = newDevice(other, plan.id, 'lead');
  await device.edit([
    { op: 'set', table: 'iterations', id: plan.iteration, base: { mail_mode: 'off' }, set: { mail_mode: 'on' } },
  ]);
  const note = '<script>alert(1)</script>';
  await device.edit([{ op: 'send', iteration_id: plan.iteration, to: ['night@example.com'], note }]);
  keeping = await start({ mail: 'kept' });
});
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.close()));
  await database.drop();
});

test('the page lists what would have been sent, and shows it where no script runs', async () => {
  const { get } = talk(keeping);
  await expect.poll(async () => (await get('/dev/mails')).text).toContain('night@example.com');
  expect((await get('/dev/mails')).text).toContain('<a href="mails/1">[REHEARSAL RUN0] Macro-plan of RUN0</a>');

  const letter = await get('/dev/mails/1');
  expect(letter.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox" src="1/html"');
  expect(letter.text).toMatch(/^List-Unsubscribe:\s+&#60;http:\/\/localhost:\d+\/[^;]{0,200}macroplan-stop=/m);
  expect(letter.text).toContain('multipart/alternative');
  for (const { headers } of [letter, await get('/dev/mails'), await get('/dev/mails/1/html')]) {
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  }
  const html = await get('/dev/mails/1/html');
  expect(html.headers['content-security-policy']).toMatch(/^sandbox (?!.*allow-scripts)/);
  expect(html.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('there is no other mail', async () => {
  for (const number of ['0', '2', 'x', '-1', '1.5']) {
    expectError(await talk(keeping).get(`/dev/mails/${number}`), 404, 'not_found');
  }
});

test('a host that people from elsewhere reach, and one that sends by SMTP, has no such page', async () => {
  const isTrusted = () => true;
  const [userHeader, nameHeader, groupsHeader] = ['x-user', 'x-name', 'x-groups'];
  const proxied = await start({
    mail: 'kept',
    auth: { mode: 'proxy', isTrusted, userHeader, nameHeader, groupsHeader },
  });
  for (const host of [proxied, hosts[0]]) {
    if (host) expect((await talk(host).send('/dev/mails', { headers: { 'x-user': 'kim' } })).status).toBe(404);
  }
});
