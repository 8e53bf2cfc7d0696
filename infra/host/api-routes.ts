/** The endpoints of PROTOCOL that answer from the database: who asks and what, one door, its text back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admission } from './admission.ts';
import { BASE_PATH } from './base-path.ts';
import { readBody } from './body.ts';
import type { Doors } from './doors.ts';
import type { Identity } from './identity.ts';
import type { Meter } from './meter.ts';
import { Problem } from './problem.ts';
import { readQuery } from './query.ts';

export interface ApiSettings {
  readonly doors: Doors;
  readonly admission: Admission;
  readonly build: string;
  readonly bodyBytes: number;
  readonly meter: Meter;
}

export function apiRoutes(app: FastifyInstance, { doors, admission, build, bodyBytes, meter }: ApiSettings): void {
  const body = (request: FastifyRequest) => readBody(request.raw, bodyBytes);

  app.get('/version', async (_request, reply) => json(reply, await doors.version(build)));

  app.get('/plans', async (request, reply) => json(reply, await doors.plans(asker(request))));

  app.post('/plans', async (request, reply) => {
    const who = asker(request);
    return json(reply, await doors.createPlan(who, await body(request)));
  });

  app.get('/plans/:plan/delta', async (request, reply) => {
    const cursor = readQuery(request.url).text('cursor');
    const tag = request.headers['if-none-match'] ?? null;
    const delta = await doors.delta(asker(request), plan(request), cursor, tag);
    meter.polled(delta.body);
    // Weak, since a compressed answer has other bytes and the same meaning (RFC 9110, 8.8.3).
    reply.header('etag', `W/"${delta.etag}"`);
    if (delta.body === null) return reply.code(304).send();
    return json(reply, delta.body);
  });

  app.get('/plans/:plan/snapshot', async (request, reply) => {
    return json(reply, await doors.snapshot(asker(request), plan(request)));
  });

  app.get('/plans/:plan/snapshot/:snapshot/:part', async (request, reply) => {
    const part = partOf(request);
    const text = await doors.snapshotPart(asker(request), plan(request), parameter(request, 'snapshot'), part);
    // A part never changes under its name. It holds a plan's data, so only the asker's own browser may keep it.
    return json(reply.header('cache-control', 'private, max-age=86400, immutable'), text);
  });

  app.post('/plans/:plan/sync', async (request, reply) => {
    const who = asker(request);
    const text = await body(request);
    const answer = await admission.run(plan(request), () => doors.sync(who, plan(request), text));
    meter.synced(answer);
    return json(reply, answer);
  });

  app.get('/plans/:plan/events', async (request, reply) => {
    const query = readQuery(request.url);
    const limit = query.count('limit');
    const page = {
      before: query.count('before'),
      // The database says how many is too many; it counts to 2^31.
      limit: limit === null ? null : Math.min(limit, 2 ** 31 - 1),
      row: query.uuid('row'),
    };
    return json(reply, await doors.events(asker(request), plan(request), page));
  });

  app.get('/plans/:plan/state', async (request, reply) => {
    const rev = readQuery(request.url).count('rev');
    if (rev === null) throw new Problem('bad_request', 'Say which state: rev=N.');
    return json(reply, await doors.state(asker(request), plan(request), rev));
  });

  app.get('/plans/:plan/verify', async (request, reply) => {
    return json(reply, await doors.verify(asker(request), plan(request)));
  });

  app.get('/plans/:plan/mails', async (request, reply) => {
    return json(reply, await doors.mails(asker(request), plan(request)));
  });

  app.get('/plans/:plan/recipients', async (request, reply) => {
    return json(reply, await doors.recipients(asker(request), plan(request)));
  });

  app.post('/plans/:plan/recipients', async (request, reply) => {
    const who = asker(request);
    return json(reply, await doors.changeRecipients(who, plan(request), await body(request)));
  });

  // Whoever has the token is whoever got the mail, signed in or not.
  app.get('/unsubscribe/:token', async (request, reply) => {
    return json(reply, await doors.mailStops(parameter(request, 'token')));
  });

  app.post('/unsubscribe/:token', async (request, reply) => {
    return json(reply, await doors.stopMails(parameter(request, 'token'), await body(request)));
  });

  app.get('/plans/:plan/table', async (request, reply) => {
    const query = readQuery(request.url);
    const html = await doors.showTable(asker(request), plan(request), {
      iteration: query.text('iteration'),
      purpose: query.choice('for', ['page', 'mail']) ?? 'page',
      variant: query.choice('variant', ['full', 'leadership']) ?? 'full',
      since: query.count('since'),
      link: `${request.protocol}://${request.host}${BASE_PATH}/app?macroplan-plan=${encodeURIComponent(plan(request))}`,
    });
    return reply
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
      .type('text/html; charset=utf-8')
      .send(html);
  });
}

function asker(request: FastifyRequest): Identity {
  if (request.identity === null) throw new Problem('signed_out', 'You are signed out. Sign in again and go on.');
  return request.identity;
}

function plan(request: FastifyRequest): string {
  return parameter(request, 'plan');
}

function partOf(request: FastifyRequest): number {
  const part = parameter(request, 'part');
  if (!/^\d{1,6}$/.test(part)) throw new Problem('not_found', 'There is no such part.');
  return Number(part);
}

function parameter(request: FastifyRequest, name: string): string {
  const { params } = request;
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === 'string' ? value : '';
}

function json(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(text);
}
