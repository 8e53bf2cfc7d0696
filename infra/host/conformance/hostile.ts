/** Requests that no client of ours would send: each gets a plain answer, and the host is as well afterwards as before. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type APlan, makePlan, newDevice } from './a-plan.ts';
import { expectRefused, type Front } from './front.ts';
import { expectError, POST_HEADERS, talkTo, type User } from './talk.ts';

export function hostileRequestsAreAnswered(baseUrl: () => string, front: Front = 'none'): void {
  const host = talkTo(baseUrl);
  let plan: APlan;
  beforeAll(async () => {
    plan = await makePlan(host);
  });

  const sync = (body: unknown, user: User = 'planner-a') => host.post(`/plans/${plan.id}/sync`, body, user);
  const envelope = (edits: string) => `{"cursor":null,"client":"${randomUUID()}","edits":${edits}}`;

  describe('hostile requests', () => {
    afterAll(async () => {
      const { status } = await host.get('/version');
      expect(status).toBe(200);
    });

    const broken: readonly [string, string | Buffer][] = [
      ['nothing', ''],
      ['no JSON', '{"cursor":'],
      ['two documents', '{} {}'],
      ['a list', '[]'],
      ['a string', '"x"'],
      ['null', 'null'],
      ['NaN', '{"cursor":NaN}'],
      ['a byte order mark', '\uFEFF{}'],
      ['UTF-8 that ends early', Buffer.from([0x7b, 0x22, 0xc3, 0x22, 0x7d])],
      ['an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
      ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
      ['UTF-16', Buffer.from('{}', 'utf16le')],
      ['a zero byte', '{"cursor":"\0"}'],
      ['an escaped zero', '{"cursor":"\\u0000"}'],
      ['half a surrogate pair', '{"cursor":"\\ud800"}'],
      ['1e400', '{"cursor":1e400}'],
      ['a number beyond 2^53', '{"cursor":90071992547409930}'],
      ['a number below -2^53', '{"cursor":-90071992547409930}'],
      ['13 levels', `{"cursor":${'['.repeat(13)}${']'.repeat(13)}}`],
      ['100,000 levels', '['.repeat(100_000)],
      ['a million levels, closed', `${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`],
    ];
    test.each(broken)('a body that is %s is a bad request', async (_, body) => {
      expectError(await sync(body), 400, 'bad_request');
      expectError(await host.post('/plans', body, 'admin'), 400, 'bad_request');
    });

    const shapes: readonly [string, string][] = [
      ['no client', '{"cursor":null,"edits":[]}'],
      ['a client that is no id', '{"cursor":null,"client":"x","edits":[]}'],
      ['edits that are no list', `{"cursor":null,"client":"${randomUUID()}","edits":{}}`],
      ['a cursor that is a list', `{"cursor":[],"client":"${randomUUID()}","edits":[]}`],
      ['an edit that is null', envelope('[null]')],
      ['an edit without an id', envelope('[{"seq":1,"at":1,"label":"x","ops":[]}]')],
      ['a seq that is text', envelope(`[{"id":"${randomUUID()}","seq":"1","at":1,"label":"x","ops":[]}]`)],
      ['a seq that is a fraction', envelope(`[{"id":"${randomUUID()}","seq":1.5,"at":1,"label":"x","ops":[]}]`)],
      ['a seq of zero', envelope(`[{"id":"${randomUUID()}","seq":0,"at":1,"label":"x","ops":[]}]`)],
    ];
    test.each(shapes)('a sync with %s is a bad request', async (_, body) => {
      expectError(await sync(body), 400, 'bad_request');
    });

    test('a whole number with a fraction of zero is that number', async () => {
      const op = { op: 'insert', table: 'phases', id: randomUUID(), row: { code: randomUUID(), name: 'Z' } };
      const edit = (id: string, seq: string) =>
        `{"id":"${id}","seq":${seq},"at":1.0,"seen":1.0,"v":1.0,"label":"x","ops":[${JSON.stringify(op)}]}`;
      const body = envelope(`[${edit(randomUUID(), '1.0')},${edit(randomUUID(), '2.00')}]`);
      for (const dup of [false, true]) {
        const reply = await sync(body, 'lead');
        expect(reply.status, reply.text).toBe(200);
        const receipts = [
          { seq: 1, outcome: 'applied', dup },
          { seq: 2, outcome: 'noop', dup },
        ];
        expect(reply.json()).toMatchObject({ last_seq: 2, receipts });
      }
    });

    const envelopes: readonly [string, object][] = [
      ['no label', { label: undefined }],
      ['a label that is a list', { label: [] }],
      ['a label of 501 characters', { label: 'x'.repeat(501) }],
      ['ops that are no list', { ops: {} }],
      ['an op that is null', { ops: [null] }],
      ['an op that is text', { ops: ['x'] }],
      ['an op of no kind', { ops: [{}] }],
      ['a kind from Object', { ops: [{ op: 'constructor', table: 'chapters', id: randomUUID() }] }],
      ['a table from Object', { ops: [{ op: 'insert', table: '__proto__', id: randomUUID(), row: {} }] }],
      ['a table of the system', { ops: [{ op: 'insert', table: 'event_log', id: randomUUID(), row: {} }] }],
      ['a row that is null', { ops: [{ op: 'insert', table: 'phases', id: randomUUID(), row: null }] }],
      [
        'an unknown field',
        { ops: [{ op: 'insert', table: 'phases', id: randomUUID(), row: { code: 'Z', name: 'Z', rev: 1 } }] },
      ],
      [
        'a field from Object',
        { ops: [{ op: 'insert', table: 'phases', id: randomUUID(), row: { code: 'Z', name: 'Z', toString: 1 } }] },
      ],
    ];
    test.each(envelopes)('an edit with %s is refused and the one after it applied', async (_, more) => {
      const device = newDevice(host, plan.id, 'lead');
      const edit = (seq: number, what: object) => ({ id: randomUUID(), seq, at: 1, label: 'x', ...what });
      const good = { op: 'insert', table: 'phases', id: randomUUID(), row: { code: randomUUID(), name: 'Z' } };
      const { receipts } = Object(await device.sync([edit(1, { ops: [], ...more }), edit(2, { ops: [good] })]));
      expect(receipts.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['refused', 'applied']);
      expect(receipts[0].refusal).toMatchObject({
        code: expect.stringMatching(/^[a-z_]+$/),
        message: expect.any(String),
      });
    });

    test('keys of the prototype are keys like others', async () => {
      const body = `{"__proto__":{"is_admin":true},"constructor":{"x":1},"cursor":null,"client":"${randomUUID()}","edits":[]}`;
      expect((await sync(body)).status).toBe(200);
      expectError(await host.get('/plans/__proto__/delta?__proto__=1&constructor=2'), 404, 'not_found');
      expectError(await host.get('/assets/__proto__'), 404, 'not_found');
      expectError(await host.get('/assets/constructor'), 404, 'not_found');
    });

    const TEXTS = [
      "'; drop schema macroplan cascade; --",
      '$$ || pg_sleep(10) || $$',
      '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
      '%s %1$s {{7*7}} #{7*7} \\x00 \\',
      '=cmd|" /C calc"!A1',
      'שָׁלוֹם \u202Eevil\u202C 👩‍👩‍👧‍👦 Ω',
    ];
    test.each(TEXTS)('text is kept as it is: %s', async (text) => {
      const device = newDevice(host, plan.id, 'lead');
      const [phase, team, chapter] = [randomUUID(), randomUUID(), randomUUID()];
      const code = text.slice(0, 36).trim() + randomUUID().slice(0, 4);
      const receipt = await device.edit(
        [
          { op: 'insert', table: 'phases', id: phase, row: { code, name: text } },
          { op: 'insert', table: 'teams', id: team, row: { code, name: text } },
          {
            op: 'insert',
            table: 'chapters',
            id: chapter,
            row: { code, title: text, phase_id: phase, team_id: team, success_criterion: text, rollback_action: text },
          },
        ],
        { label: text },
      );
      expect(receipt, JSON.stringify(receipt)).toMatchObject({ outcome: 'applied' });
      const { rows } = Object((await host.get(`/plans/${plan.id}/state?rev=${receipt.rev}`)).json());
      const kept = rows.chapters.rows.find((row: string[]) => row[rows.chapters.cols.indexOf('id')] === chapter);
      for (const field of ['title', 'success_criterion', 'rollback_action']) {
        expect(kept[rows.chapters.cols.indexOf(field)]).toBe(text);
      }
    });

    test('HTML in every text is text in the table', async () => {
      const note = '<script>alert(1)</script><b onclick="x()">\'"&amp;';
      const device = newDevice(host, plan.id, 'lead');
      await device.edit([
        { op: 'set', table: 'chapter_schedules', id: plan.schedules[0], base: { note: '' }, set: { note } },
      ]);
      await device.edit([
        { op: 'set', table: 'chapters', id: plan.chapters[0], base: { title: 'Load accounts' }, set: { title: note } },
      ]);
      const { text } = await host.get(`/plans/${plan.id}/table?iteration=${plan.iteration}&for=mail`);
      expect(text).toContain('&lt;script&gt;');
      expect(text).not.toMatch(/<script|<b /);
    });

    test('more than 4 MiB is too large, and 4 MiB are not', async () => {
      const padded = (bytes: number) => envelope('[]').padEnd(bytes, ' ');
      expect((await sync(padded(4 * 1024 * 1024))).status).toBe(200);
      expectError(await sync(padded(4 * 1024 * 1024 + 1)), 413, 'too_large');
      expectError(await sync(Buffer.alloc(12 * 1024 * 1024, 0x20)), 413, 'too_large');
      // Without a length nobody knows beforehand.
      const headers = { ...POST_HEADERS, 'transfer-encoding': 'chunked' };
      const sending = { method: 'POST', headers, body: padded(5 * 1024 * 1024) };
      expectError(await host.send(`/plans/${plan.id}/sync`, sending), 413, 'too_large');
    });

    test('more than 200 edits, or 10,000 ops in one, are too large', async () => {
      const edits = Array.from({ length: 201 }, (_, seq) => ({
        id: randomUUID(),
        seq: seq + 1,
        at: 1,
        label: 'x',
        ops: [],
      }));
      expectError(await sync(envelope(JSON.stringify(edits))), 413, 'too_large');
      const ops = new Array(10_001).fill({ op: 'remove', table: 'teams', id: randomUUID(), base: {} });
      const edit = { id: randomUUID(), seq: 1, at: 1, label: 'x', ops };
      expectError(await sync(envelope(JSON.stringify([edit]))), 413, 'too_large');
    });

    test.each([
      '/plans/%ff/delta',
      '/plans/%/delta',
      '/plans/DEMO/delta?cursor=%zz',
      '/plans/DEMO/delta?cursor=%00',
      '/%c0%af',
    ])('an address that is badly encoded (%s) is a bad request', async (path) => {
      expectRefused(front, await host.get(path), { status: 400, code: 'bad_request' });
    });

    const unknown = [
      '',
      '/',
      '/nothing',
      '/plans/',
      '/plans/DEMO',
      '/plans/DEMO/',
      '/plans/DEMO/delta/',
      '/PLANS',
      '/version/x',
    ];
    test.each([
      ...unknown,
      '/assets/..%2f..%2fpackage.json',
      '/assets/../../package.json',
      '/assets/',
      '/version.json',
    ])('nothing is at %s', async (path) => {
      expectRefused(front, await host.get(path), { status: 404, code: 'not_found', foreign: [400, 404] });
    });

    test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('%s does nothing anywhere', async (method) => {
      for (const path of ['/plans', `/plans/${plan.id}/sync`, '/version']) {
        const reply = await host.send(path, { method, user: 'admin', headers: POST_HEADERS, body: '{}' });
        expect([404, 405], `${method} ${path}`).toContain(reply.status);
      }
    });

    test('HEAD answers as GET does, without the body', async () => {
      const reply = await host.send('/version', { method: 'HEAD' });
      expect([reply.status, reply.text, reply.headers['x-macroplan-protocol']]).toEqual([200, '', '1']);
    });

    test('GET where POST is meant, and POST where GET is meant, are not found', async () => {
      expectError(await host.get(`/plans/${plan.id}/sync`), 404, 'not_found');
      expectError(await host.post(`/plans/${plan.id}/delta`, {}), 404, 'not_found');
    });

    const plans: readonly [string, object][] = [
      ['no code', { code: undefined }],
      ['a code that is a number', { code: 7 }],
      ['an empty code', { code: '' }],
      ['a code of 41 characters', { code: 'x'.repeat(41) }],
      ['a zone that is none', { time_zone: 'Europe/Atlantis' }],
      ['a name of 501 characters', { name: 'x'.repeat(501) }],
      ['an id that is none', { id: '1' }],
    ];
    test.each(plans)('a plan with %s is a bad request', async (_, more) => {
      const body = { id: randomUUID(), code: randomUUID(), name: 'Plan', time_zone: 'UTC', ...more };
      expectError(await host.post('/plans', body, 'admin'), 400, 'bad_request');
    });
  });
}
