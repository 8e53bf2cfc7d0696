/** Connections of a host whose database is killed under them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OwnServer } from '../test/own-server.ts';
import { answerTo } from './error-map.ts';
import { openConnections } from './pool.ts';

let server: OwnServer;
beforeAll(async () => {
  server = await OwnServer.create();
});
afterAll(async () => {
  await server.remove();
});

test('a statement whose server is killed fails as busy, and nothing else does', async () => {
  const connections = openConnections({ url: server.hostUrl, most: 1, log: () => undefined });
  await connections.query('select 1 as one', []);
  const failing = connections.query('select pg_sleep(20)', []).catch((error: unknown) => error);
  const asleep = async () =>
    (await server.admin.query(`select count(*)::int as n from pg_stat_activity where wait_event = 'PgSleep'`)).rows;
  await expect.poll(asleep).toEqual([{ n: 1 }]);
  await server.kill('everything');
  expect(answerTo(await failing)).toMatchObject({ status: 503, code: 'busy' });
  await connections.close();
});
