/** What a host answers to who reads: every GET, its headers, and what it says to who may not. */
import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type APlan, makePlan, newDevice, START } from './a-plan.ts';
import { expectError, talkTo } from './talk.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readingConforms(baseUrl: () => string): void {
  const host = talkTo(baseUrl);
  let plan: APlan;
  beforeAll(async () => {
    plan = await makePlan(host);
  });

  describe('reading', () => {
    test('every answer carries the headers of the protocol', async () => {
      const paths = ['/version', '/plans', `/plans/${plan.code}/delta`, '/nothing', '/plans/NONE/delta'];
      for (const path of paths) {
        const { headers } = await host.get(path, 'lead');
        expect(headers, path).toMatchObject({
          'content-type': expect.stringMatching(/^application\/json/),
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'x-macroplan-protocol': '1',
          'x-macroplan-user': 'lead',
        });
        expect(headers['x-request-id'], path).toBeTruthy();
      }
    });

    test('no two answers share a request id', async () => {
      const ids = await Promise.all([1, 2, 3].map(async () => (await host.get('/version')).headers['x-request-id']));
      expect(new Set(ids).size).toBe(3);
    });

    test('/version says which protocol, build and limits', async () => {
      const { status, json } = await host.get('/version');
      expect(status).toBe(200);
      expect(json()).toEqual({
        protocol: 1,
        min_protocol: 1,
        build: expect.any(String),
        limits: expect.objectContaining({
          body_bytes: 4 * 1024 * 1024,
          edits_per_request: 200,
          ops_per_edit: 10_000,
          json_depth: 12,
          text_max: 10_000,
        }),
      });
    });

    test('/plans lists what the asker may read, with the role', async () => {
      const answer = (await host.get('/plans', 'viewer')).json();
      expect(answer.user).toEqual({ key: 'viewer', name: 'Viewer' });
      expect(Array.from(Object(answer.plans))).toContainEqual({
        id: plan.id,
        code: plan.code,
        name: 'Conformance',
        time_zone: 'Europe/Zurich',
        state: 'draft',
        role: 'viewer',
        rev: expect.any(Number),
      });
    });

    test('a plan answers to its id and to its code', async () => {
      const byId = (await host.get(`/plans/${plan.id}/snapshot`)).json();
      expect((await host.get(`/plans/${plan.code}/snapshot`)).json().cursor).toEqual(byId.cursor);
    });

    test('a delta without a cursor asks for a snapshot', async () => {
      const delta = (await host.get(`/plans/${plan.id}/delta`)).json();
      expect(delta).toMatchObject({ reset: 'none', rows: {}, poll_after_ms: expect.any(Number), row_count: 12 });
      expect(Math.abs(Number(delta.now) - Date.now())).toBeLessThan(60_000);
    });

    test.each(['x', 'e1.5.h.s1.p', '....', '99999999999999999999', '%F0%9F%98%80', "'; select 1; --"])(
      'a cursor that is none of ours (%s) asks for a snapshot or is refused, and nothing worse',
      async (cursor) => {
        const reply = await host.get(
          `/plans/${plan.id}/delta?cursor=${cursor.includes('%') ? cursor : encodeURIComponent(cursor)}`,
        );
        if (reply.status === 200) expect(reply.json().reset).toBeTruthy();
        else expectError(reply, 400, 'bad_request');
      },
    );

    test('nothing new is 304 without a body, however the tag was dressed up on its way', async () => {
      const { headers, json } = await host.get(`/plans/${plan.id}/delta`);
      const path = `/plans/${plan.id}/delta?cursor=${encodeURIComponent(String(json().cursor))}`;
      const bare = String(headers.etag).replace(/^W\//, '').replaceAll('"', '');
      for (const tag of [headers.etag, `"${bare}"`, `W/"${bare}-gzip"`, `"${bare}-gzip"`]) {
        const reply = await host.get(path, 'planner-a', { 'if-none-match': tag });
        expect([reply.status, reply.text], tag).toEqual([304, '']);
        expect(reply.headers).toMatchObject({ etag: headers.etag, 'x-macroplan-user': 'planner-a' });
      }
      expect((await host.get(path, 'planner-a', { 'if-none-match': '"other"' })).status).toBe(200);
      expect((await host.get(path)).status).toBe(200);
    });

    test('a tag alone does not hide rows from an older cursor', async () => {
      const device = newDevice(host, plan.id, 'planner-a');
      await device.sync([]);
      const old = String(device.cursor());
      await device.edit([
        { op: 'set', table: 'chapter_schedules', id: plan.schedules[0], base: { note: '' }, set: { note: 'n' } },
      ]);
      const { headers } = await host.get(`/plans/${plan.id}/delta`);
      const path = `/plans/${plan.id}/delta?cursor=${encodeURIComponent(old)}`;
      const reply = await host.get(path, 'planner-a', { 'if-none-match': headers.etag });
      expect(reply.status).toBe(200);
      const table = Object(reply.json().rows).chapter_schedules;
      expect(table.rows[0][table.cols.indexOf('id')]).toBe(plan.schedules[0]);
      expect(table.rows[0][table.cols.indexOf('planned_start')]).toBe(START);
    });

    test('parts of a snapshot are what the manifest says, and may be kept by the asker alone', async () => {
      const manifest = (await host.get(`/plans/${plan.id}/snapshot`)).json();
      let rows = 0;
      for (const part of Array.from<Record<string, unknown>>(Object(manifest.parts))) {
        const reply = await host.get(`/plans/${plan.id}/snapshot/${manifest.snapshot}/${part.part}`);
        expect(Buffer.byteLength(reply.text)).toBe(part.bytes);
        expect(createHash('sha256').update(reply.text).digest('hex')).toBe(part.sha256);
        expect(reply.headers['cache-control']).toMatch(/^private, max-age=\d+, immutable$/);
        for (const { rows: found } of Object.values<{ rows: unknown[] }>(Object(reply.json().rows)))
          rows += found.length;
      }
      expect(rows).toBe(12);
    });

    test.each(['999', '-1', 'x', '1e3', '99999999999999999999', '0x0'])(
      'a part that is none (%s) is not found',
      async (part) => {
        const { snapshot } = Object((await host.get(`/plans/${plan.id}/snapshot`)).json());
        expectError(await host.get(`/plans/${plan.id}/snapshot/${snapshot}/${part}`), 404, 'not_found');
        expectError(await host.get(`/plans/${plan.id}/snapshot/${randomUUID()}/0`), 404, 'not_found');
      },
    );

    test('events come newest first, whole revs, of one row or of all', async () => {
      const all = (await host.get(`/plans/${plan.id}/events`)).json();
      const revs = Array.from<{ rev: number }>(Object(all.events)).map(({ rev }) => rev);
      expect(revs).toEqual([...revs].sort((a, b) => b - a));
      const of = (await host.get(`/plans/${plan.id}/events?row=${plan.chapters[0]}&limit=5`)).json();
      expect(Array.from<{ row_id: string }>(Object(of.events)).map(({ row_id }) => row_id)).toEqual([plan.chapters[0]]);
      const older = (await host.get(`/plans/${plan.id}/events?before=1`)).json();
      expect(older).toEqual({ events: [] });
      expect(Object(all.events)[0].edit_id ?? '').toMatch(UUID);
    });

    test.each([
      'before=x',
      'before=-1',
      'before=9007199254740993',
      'limit=0',
      'limit=99999999999',
      'row=1',
      'limit=1&limit=2',
      'row=%00',
    ])('events?%s is a bad request', async (query) => {
      expectError(await host.get(`/plans/${plan.id}/events?${query}`), 400, 'bad_request');
    });

    test('the state at a rev has the rows of that rev', async () => {
      const early = (await host.get(`/plans/${plan.id}/state?rev=1`)).json();
      expect(Object.keys(Object(early.rows)).sort()).toEqual(['plan_members', 'plans']);
      expectError(await host.get(`/plans/${plan.id}/state?rev=999999`), 404, 'not_found');
      expectError(await host.get(`/plans/${plan.id}/state`), 400, 'bad_request');
      expectError(await host.get(`/plans/${plan.id}/state?rev=one`), 400, 'bad_request');
    });

    test('the log verifies', async () => {
      expect((await host.get(`/plans/${plan.id}/verify`)).json()).toMatchObject({
        ok: true,
        events: expect.any(Number),
      });
    });

    test('leads see what became of the mails of their plan, and nobody else does', async () => {
      expect((await host.get(`/plans/${plan.id}/mails`, 'lead')).json()).toEqual({ mails: [] });
      for (const user of ['viewer', 'planner-a'] as const) {
        expectError(await host.get(`/plans/${plan.id}/mails`, user), 403, 'forbidden');
      }
    });

    test.each(['page', 'mail'])('the table for %s is one page of HTML without a script', async (what) => {
      const reply = await host.get(`/plans/${plan.id}/table?iteration=${plan.iteration}&for=${what}`);
      expect([reply.status, reply.headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/html/)]);
      expect(reply.text).toContain('Load accounts');
      expect(reply.text).not.toMatch(/<script|<link|javascript:| on\w+=/i);
    });

    test('a table of no iteration, or for no use, is refused', async () => {
      expectError(await host.get(`/plans/${plan.id}/table?iteration=${randomUUID()}&for=page`), 404, 'not_found');
      expectError(await host.get(`/plans/${plan.id}/table?iteration=${plan.iteration}&for=fax`), 400, 'bad_request');
    });
  });
}
