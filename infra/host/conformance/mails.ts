/** Who gets the mails of a plan: leads say it, nobody else sees it, and whoever got a mail may stop it. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type APlan, makePlan } from './a-plan.ts';
import { expectError, type Json, POST_HEADERS, talkTo } from './talk.ts';

export function mailsConform(baseUrl: () => string): void {
  const host = talkTo(baseUrl);
  let plan: APlan;
  beforeAll(async () => {
    plan = await makePlan(host);
  });

  const change = (body: unknown, user: 'lead' | 'planner-a' | 'viewer' = 'lead') =>
    host.post(`/plans/${plan.id}/recipients`, body, user);
  const read = async (): Promise<Json> => (await host.get(`/plans/${plan.id}/recipients`, 'lead')).json();
  const address = (email: string, more: object = {}) => ({
    id: randomUUID(),
    event: 'progress',
    audience: 'address',
    email,
    ...more,
  });

  describe('recipients', () => {
    test('a lead lists an address once, however often the request comes, and the list says who changed it', async () => {
      const one = address('Night@Example.com');
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const reply = await change({ add: [one] });
        expect([reply.status, reply.text]).toEqual([200, expect.stringContaining('night@example.com')]);
      }
      await change({ add: [address('night@example.com')] });
      const listed = { id: one.id, event: 'progress', audience: 'address', email: 'night@example.com' };
      expect((await read()).recipients).toEqual([{ ...listed, team_id: null, user_key: null, every_hours: null }]);
      for (let attempt = 0; attempt < 2; attempt += 1) expect((await change({ remove: [one.id] })).status).toBe(200);
      // A late copy of the first request brings nothing back.
      await change({ add: [one] });
      const { recipients, changes } = await read();
      expect(recipients).toEqual([]);
      expect(changes).toMatchObject([
        { change: 'removed', by: 'Lead', email: 'night@example.com', at: expect.any(Number) },
        { change: 'added', by: 'Lead', email: 'night@example.com', at: expect.any(Number) },
      ]);
    });

    test.each([
      '',
      'night',
      '@example.com',
      'night@',
      'night@example.com\r\nBcc: all@example.com',
      'night@example.com\n',
      'a@example.com, b@example.com',
      'Night <night@example.com>',
      'night@exämple.com',
      'night @example.com',
      `${'n'.repeat(64)}@${`${'e'.repeat(60)}.`.repeat(4)}example`,
    ])('%j is no address: a sentence says so, and nothing is listed', async (email) => {
      expectError(await change({ add: [address('good@example.com'), address(email)] }), 400, 'bad_request');
      expect((await read()).recipients).toEqual([]);
    });

    const wrong: readonly [string, object][] = [
      ['an event that there is not', { event: 'birthday' }],
      ['an audience that there is not', { audience: 'everybody' }],
      ['an audience that the event has not', { event: 'conflict', audience: 'owner', email: undefined }],
      ['a team that is not of this plan', { audience: 'team', email: undefined, team_id: randomUUID() }],
      ['a team and an address at once', { team_id: randomUUID() }],
      ['no id', { id: 'x' }],
      ['a list as an id', { id: [randomUUID()] }],
      ['a list as an address', { email: ['night@example.com'] }],
      ['a list as an event', { event: ['progress'] }],
      ['a list as an audience', { audience: ['address'] }],
      ['a list as a team', { audience: 'team', email: undefined, team_id: [randomUUID()] }],
      ['an object as the key of a user', { user_key: { key: 'lead' } }],
      ['a number as the key of a user', { user_key: 7 }],
      ['a list as the key of a user', { user_key: ['lead'] }],
      ['a key of a user of 256 characters', { user_key: 'k'.repeat(256) }],
      ['a key of a user of a million characters', { user_key: 'k'.repeat(1_000_000) }],
      ['a key of a user of two lines', { user_key: 'lead\nadmin' }],
      ['somebody at a team’s address', { audience: 'owner', email: undefined, user_key: 'lead' }],
    ];
    test.each(wrong)('%s is refused', async (_, more) => {
      expectError(await change({ add: [address('night@example.com', more)] }), 400, 'bad_request');
    });

    test('the key of a user has up to 255 characters', async () => {
      const key = 'k'.repeat(255);
      const one = address('whose@example.com', { user_key: key });
      expect((await change({ add: [one] })).status).toBe(200);
      expect((await read()).recipients).toMatchObject([{ user_key: key }]);
      expect((await change({ remove: [one.id] })).status).toBe(200);
    });

    test.each([
      { add: 'x' },
      { remove: {} },
      { quiet: 7 },
      { quiet: [null] },
      { add: [null] },
      { add: [7] },
      { remove: [null] },
      { remove: [7] },
      { remove: ['x'] },
      { remove: [[randomUUID()]] },
    ])('%j is a bad request', async (body) => {
      expectError(await change(body), 400, 'bad_request');
    });

    test('a lead sets quiet hours of a listed address, others take their place, and no time at all is refused', async () => {
      await change({ add: [address('owl@example.com')] });
      const hours = { id: randomUUID(), email: 'Owl@example.com', quiet_from: 1320, quiet_to: 360, zone: 'Asia/Tokyo' };
      for (let attempt = 0; attempt < 2; attempt += 1) expect((await change({ quiet: [hours] })).status).toBe(200);
      expect((await read()).quiet).toEqual([{ ...hours, email: 'owl@example.com' }]);
      const later = { ...hours, id: randomUUID(), quiet_to: 420 };
      expect((await change({ quiet: [later] })).json().quiet).toEqual([{ ...later, email: 'owl@example.com' }]);
      expectError(await change({ quiet: [{ ...later, id: randomUUID(), quiet_to: 1320 }] }), 400, 'bad_request');
      expect((await change({ remove: [later.id] })).json().quiet).toEqual([]);
    });

    test('nobody but leads sees or changes the list', async () => {
      for (const user of ['viewer', 'planner-a'] as const) {
        expectError(await host.get(`/plans/${plan.id}/recipients`, user), 403, 'forbidden');
        expectError(await change({ add: [address('mine@example.com')] }, user), 403, 'forbidden');
      }
    });

    test('a foreign page cannot change the list, nor stop a mail', async () => {
      const headers = { ...POST_HEADERS, origin: 'https://evil.example.com' };
      for (const path of [`/plans/${plan.id}/recipients`, `/unsubscribe/${randomUUID()}`]) {
        expectError(
          await host.send(path, { method: 'POST', user: 'lead', headers, body: '{"stop":["moved"]}' }),
          403,
          'cross_site',
        );
      }
    });

    test.each(['x', randomUUID()])('a token that nobody was sent (%s) says nothing', async (token) => {
      expectError(await host.get(`/unsubscribe/${token}`), 404, 'not_found');
      expectError(await host.post(`/unsubscribe/${token}`, { stop: ['moved'] }), 404, 'not_found');
    });
  });
}
