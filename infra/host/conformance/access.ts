/** Who may do what: strangers, viewers, other people's plans, foreign pages. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type APlan, makePlan, newDevice } from './a-plan.ts';
import { expectRefused, type Front } from './front.ts';
import { expectError, POST_HEADERS, type Sending, talkTo } from './talk.ts';

const SIGNED_OUT = { status: 401, code: 'signed_out' };

export function accessConforms(baseUrl: () => string, front: Front = 'none'): void {
  const host = talkTo(baseUrl);
  let plan: APlan;
  /** Of which only admin is a member. */
  let foreign: string;
  beforeAll(async () => {
    plan = await makePlan(host);
    foreign = randomUUID();
    const body = { id: foreign, code: `X-${foreign.slice(0, 8)}`, name: 'Not yours', time_zone: 'UTC' };
    expect((await host.post('/plans', body, 'admin')).status).toBe(200);
  });

  const READS = [
    'delta',
    'snapshot',
    `snapshot/${randomUUID()}/0`,
    'events',
    'state?rev=1',
    'verify',
    'mails',
    'recipients',
    'table?iteration=x',
  ];

  describe('access', () => {
    test('somebody who is not signed in gets 401 everywhere but from /version', async () => {
      for (const path of ['/plans', ...READS.map((read) => `/plans/${plan.id}/${read}`)]) {
        const reply = await host.get(path, 'signed-out');
        expectRefused(front, reply, SIGNED_OUT);
        expect(reply.headers['x-macroplan-user'], path).toBeUndefined();
      }
      expectRefused(front, await host.post(`/plans/${plan.id}/sync`, {}, 'signed-out'), SIGNED_OUT);
      expectRefused(front, await host.post('/plans', {}, 'signed-out'), SIGNED_OUT);
    });

    test('a plan that one may not read is as one that does not exist', async () => {
      const sync = { cursor: null, client: randomUUID(), edits: [] };
      for (const read of READS) {
        const unreadable = await host.get(`/plans/${foreign}/${read}`);
        const missing = await host.get(`/plans/${randomUUID()}/${read}`);
        expectError(unreadable, 404, 'not_found');
        expect(unreadable.text).toBe(missing.text);
      }
      expectError(await host.post(`/plans/${foreign}/sync`, sync), 404, 'not_found');
      expect((await host.get('/plans')).text).not.toContain(foreign);
    });

    test('an edit reaches no row of another plan', async () => {
      const receipt = await newDevice(host, plan.id, 'lead').edit([
        { op: 'set', table: 'plans', id: foreign, base: { name: 'Not yours' }, set: { name: 'Mine' } },
      ]);
      expect(receipt).toMatchObject({ outcome: 'refused', refusal: { code: 'unknown_row' } });
    });

    test('a viewer reads and changes nothing, a planner plans and names nothing', async () => {
      const op = {
        op: 'set',
        table: 'chapters',
        id: plan.chapters[0],
        base: { title: 'Load accounts' },
        set: { title: 'X' },
      };
      for (const user of ['viewer', 'planner-a'] as const) {
        const receipt = await newDevice(host, plan.id, user).edit([op]);
        expect(receipt, user).toMatchObject({ outcome: 'refused', rev: null, refusal: { code: 'not_allowed' } });
      }
    });

    test('only administrators make plans', async () => {
      const body = { id: randomUUID(), code: randomUUID(), name: 'Mine', time_zone: 'UTC' };
      for (const user of ['lead', 'planner-a', 'viewer'] as const) {
        expectError(await host.post('/plans', body, user), 403, 'forbidden');
      }
    });

    test('who asks is never taken from the request', async () => {
      const body = {
        cursor: null,
        client: randomUUID(),
        edits: [],
        user_key: 'admin',
        who: { user_key: 'admin', is_admin: true },
      };
      const reply = await host.post(`/plans/${plan.id}/sync?user=admin&username=admin`, body);
      expect([reply.status, reply.headers['x-macroplan-user']]).toEqual([200, 'planner-a']);
      expectError(await host.post(`/plans/${foreign}/sync?user_key=admin`, body), 404, 'not_found');
    });

    const cases: readonly [string, Sending['headers']][] = [
      ['from another host', { origin: 'https://evil.example.com' }],
      ['from a page without an origin', { origin: 'null' }],
      ['with a foreign referer', { referer: 'https://evil.example.com/' }],
      ['without the token', { 'x-atlassian-token': undefined }],
      ['with another token', { 'x-atlassian-token': 'nocheck' }],
    ];
    test.each(cases)('a POST %s is cross-site', async (_, headers) => {
      for (const path of ['/plans', `/plans/${plan.id}/sync`]) {
        const sending = {
          method: 'POST',
          user: 'admin',
          headers: { ...POST_HEADERS, ...headers },
          body: '{}',
        } as const;
        expectError(await host.send(path, sending), 403, 'cross_site');
      }
    });

    test('a POST from its own page is taken', async () => {
      const { origin } = new URL(baseUrl());
      const body = JSON.stringify({ cursor: null, client: randomUUID(), edits: [] });
      for (const headers of [{ origin }, { referer: `${origin}/pages/viewpage.action?pageId=1` }]) {
        const sending = { method: 'POST', headers: { ...POST_HEADERS, ...headers }, body };
        expect((await host.send(`/plans/${plan.id}/sync`, sending)).status).toBe(200);
      }
    });

    const types = [
      undefined,
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
    ];
    test.each(types)('a POST of type %s is not JSON', async (type) => {
      const headers = { ...POST_HEADERS, 'content-type': type };
      expectError(await host.send(`/plans/${plan.id}/sync`, { method: 'POST', headers, body: '{}' }), 415, 'not_json');
    });
  });
}
