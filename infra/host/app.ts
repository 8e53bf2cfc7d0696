/** The HTTP side of the host, not yet listening: checks before everything, then the endpoints. */
import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import type { Admission } from './admission.ts';
import { answerErrors, answerUnreadable, sendError, setCommonHeaders } from './answering.ts';
import { apiRoutes } from './api-routes.ts';
import { BASE_PATH } from './base-path.ts';
import type { BuildOutput } from './build-output.ts';
import { confluencePage } from './confluence-page.ts';
import { DEV_USERS_META } from './dev-users.ts';
import type { Doors } from './doors.ts';
import { type AuthSettings, type Identity, identifyBy } from './identity.ts';
import type { KeptMails } from './kept-mails.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import { oneClick } from './one-click.ts';
import { pageRoutes } from './page-routes.ts';
import { Problem } from './problem.ts';
import { checkUrl } from './query.ts';
import { checkLoopbackName, checkMeantUser, checkPost, ownHosts } from './request-checks.ts';
import type { Valve } from './valve.ts';

export interface AppSettings {
  readonly doors: Doors;
  readonly admission: Admission;
  readonly build: BuildOutput;
  readonly auth: AuthSettings;
  /** Members of this group may create plans. */
  readonly adminGroup: string;
  readonly bodyBytes: number;
  /** Requests of one person a minute. */
  readonly ratePerMinute: number;
  readonly log: Log;
  readonly meter: Meter;
  readonly valve: Valve;
  /** Shows the mails of a host that keeps them; absent or null where none does. */
  readonly keptMails?: KeptMails | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where nobody is signed in. */
    identity: Identity | null;
  }
}

export async function createApp(settings: AppSettings): Promise<FastifyInstance> {
  const { build, auth, log, meter, valve } = settings;
  const app = fastify({
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => sendError({ error, request, reply, log, meter }),
    clientErrorHandler: answerUnreadable,
    // Closing finishes the requests taken, also those that arrive on a connection which is still in use.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 500 },
  });
  app.decorateRequest('identity', null);
  checkRequests(app, settings);
  answerErrors(app, { log, meter });
  app.addHook('onRequest', async (_request, reply) => {
    const wish = valve.pollAfterMs();
    if (wish !== null) reply.header('x-macroplan-poll-after', wish);
  });
  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? null;
    if (/\/(delta|sync)$/.test(route ?? '')) valve.answered(elapsedTime);
    meter.answered({ method, route, status: statusCode, seconds: elapsedTime / 1_000 });
  });
  await app.register(rateLimit, rateLimits(settings.ratePerMinute));
  // Nothing that a browser sends is compressed, and unpacking what a stranger sends costs more than it weighs.
  await app.register(compress, { globalDecompression: false, encodings: ['br', 'gzip'] });
  await app.register(
    async (api) => {
      apiRoutes(api, { ...settings, build: build.version });
      pageRoutes(api, { build, head: headOf(auth) });
      oneClick(api, '/app', settings.doors);
      settings.keptMails?.pages(api);
    },
    { prefix: BASE_PATH },
  );
  // Links in mails lead here, so what they ask for goes along.
  app.get('/', async ({ url }, reply) => reply.redirect(`${BASE_PATH}/app${url.slice(1)}`));
  oneClick(app, '/', settings.doors);
  await confluencePage(app, { build, head: headOf(auth) });
  return app;
}

function checkRequests(app: FastifyInstance, { auth, adminGroup }: AppSettings): void {
  const identify = identifyBy(auth, adminGroup);
  // An endpoint that wants a body reads it itself, after every check that needs none of it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.addHook('onRequest', async (request, reply) => {
    const { headers } = request;
    const address = request.socket.remoteAddress ?? '';
    request.identity = identify({ address, headers });
    setCommonHeaders(request, reply);
    checkUrl(request.url);
    if (auth.mode === 'dev') checkLoopbackName(headers);
    checkMeantUser(headers, request.identity);
    const isForPages = request.method === 'POST' && !request.is404 && !request.routeOptions.config.isOneClick;
    if (isForPages) checkPost(headers, ownHosts(headers, senderAt(address, auth)));
  });
}

function senderAt(address: string, auth: AuthSettings): 'trusted-proxy' | 'anybody' {
  return auth.mode === 'proxy' && auth.isTrusted(address) ? 'trusted-proxy' : 'anybody';
}

function rateLimits(ratePerMinute: number) {
  const silent = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };
  return {
    max: ratePerMinute,
    timeWindow: 60_000,
    addHeadersOnExceeding: silent,
    addHeaders: { ...silent, 'retry-after': true },
    keyGenerator: ({ identity, ip }: { identity: Identity | null; ip: string }) =>
      identity === null ? `address ${ip}` : `user ${identity.user_key}`,
    errorResponseBuilder: () => new Problem('slow_down', 'That was a lot of requests. Please wait a moment.'),
  };
}

function headOf(auth: AuthSettings): string {
  return auth.mode === 'dev' ? DEV_USERS_META : '';
}
