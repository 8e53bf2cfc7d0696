/** What an administrator is told is missing, and who is told nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectError, talkTo } from '../host/conformance/talk.ts';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { type Node, startNode } from './node.ts';

let database: TestDatabase;
let node: Node;
beforeAll(async () => {
  database = await createDatabase();
  node = await startNode({ line: 'jakarta', databaseUrl: database.hostUrl });
});
afterAll(async () => {
  await node?.close();
  await database.drop();
});

const host = talkTo(() => node.baseUrl);
const wrong = async () => {
  const { checks } = Object((await host.get('/version?check=1', 'admin')).json());
  return Object.fromEntries(
    checks
      .filter(({ ok }: { ok: boolean }) => !ok)
      .map(({ what, wrong, advice }: Record<string, string>) => [what, `${wrong}. ${advice}`]),
  );
};

test('an installation without a mail server lacks that and nothing else', async () => {
  await fetch(`${node.url}/stand-in/mail-server`);
  expect(Object.keys(await wrong())).toEqual(['Mail can be sent']);
  await fetch(`${node.url}/stand-in/mail-server?port=1`);
  expect(await wrong()).toEqual({});
});

test('an address that is not the base URL is found, since Confluence refuses what browsers send from there', async () => {
  const reply = await host.send('/version?check=1', { user: 'admin', headers: { host: 'node-7.internal:8090' } });
  const found = Object(reply.json()).checks.filter(({ ok }: { ok: boolean }) => !ok);
  expect(found).toMatchObject([{ wrong: expect.stringContaining('Tomcat says http://node-7.internal:8090') }]);
});

test('mails that nobody sends show that the job is missing', async () => {
  const plan = '00000000-0000-4000-8000-000000000001';
  await database.admin.query(
    `insert into macroplan.mail_outbox (plan_id, dedupe_key, recipient, subject, body, state, due_at)
     values ($1, 'a', 'a@example.com', 'S', '{}', 'due', now() - interval '11 minutes'),
       ($1, 'b', 'b@example.com', 'S', '{}', 'parked', now())`,
    [plan],
  );
  expect(Object.keys(await wrong())).toEqual(['The job sends what is due', 'No mail was given up']);
  await database.admin.query('delete from macroplan.mail_outbox');
});

test('a connection that may do too much, or for too long, is found', async () => {
  const strong = await startNode({ line: 'jakarta', databaseUrl: database.url });
  try {
    const { checks } = Object((await talkTo(() => strong.baseUrl).get('/version?check=1', 'admin')).json());
    const found = checks.filter(({ ok }: { ok: boolean }) => !ok).map(({ what }: { what: string }) => what);
    expect(found).toEqual([
      'The connection may touch no table',
      'Slow statements end by themselves',
      'Mail can be sent',
    ]);
  } finally {
    await strong.close();
  }
});

test('only administrators see the check', async () => {
  expectError(await host.get('/version?check=1', 'lead'), 403, 'forbidden');
  expect((await host.get('/version?check=1', 'signed-out')).status).toBe(401);
  const stranger = { headers: { 'x-macroplan-dev-user': 'stranger' } };
  expect((await host.send('/version?check=1', stranger)).status).toBe(403);
});

test('a database that is away is 503 with a time to come back, and the log hears of it', async () => {
  const other = await createDatabase();
  const lonely = await startNode({ line: 'jakarta', databaseUrl: other.hostUrl, pool: 1 });
  try {
    await other.drop();
    const reply = await talkTo(() => lonely.baseUrl).get('/version');
    expectError(reply, 503, 'busy');
    expect(reply.headers['retry-after']).toBe('5');
  } finally {
    await lonely.close();
  }
});
