/** What every answer carries, and how errors, unknown paths and unreadable requests are answered. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { userHeader } from '../../src/sync/user-header.ts';
import { type Answer, answerTo } from './error-map.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import { Problem } from './problem.ts';

const PROTOCOL = '1';

/** Headers of every answer; an endpoint may set others in their place. */
export function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  reply.header('x-macroplan-protocol', PROTOCOL);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('cache-control', 'no-store');
  if (request.identity) reply.header('x-macroplan-user', userHeader(request.identity.user_key));
}

export type Watchers = { readonly log: Log; readonly meter: Meter };

export function answerErrors(app: FastifyInstance, watchers: Watchers): void {
  app.setNotFoundHandler(() => {
    throw new Problem('not_found', 'There is nothing at this address.');
  });
  app.setErrorHandler((error, request, reply) => sendError({ error, request, reply, ...watchers }));
}

export interface Failure extends Watchers {
  readonly error: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function sendError({ error, request, reply, log, meter }: Failure): FastifyReply {
  const answer = answerTo(error);
  meter.failed(answer.code);
  if (answer.status >= 500) {
    const route = request.routeOptions.url ?? 'unknown';
    log({ request_id: request.id, method: request.method, route, status: answer.status, error });
  }
  setCommonHeaders(request, reply);
  if (answer.retryAfterSeconds !== null) reply.header('retry-after', answer.retryAfterSeconds);
  reply.removeHeader('etag').removeHeader('content-security-policy');
  return reply.code(answer.status).type('application/json; charset=utf-8').send(bodyOf(answer));
}

/** For what is not even HTTP: node has no request then, only a socket. */
export function answerUnreadable(error: unknown, socket: Socket): void {
  if (!socket.writable || (error instanceof Error && 'code' in error && error.code === 'ECONNRESET')) {
    socket.destroy();
    return;
  }
  const body = bodyOf(answerTo(new Problem('bad_request', 'The request cannot be read.')));
  const head = [
    `HTTP/1.1 400 ${STATUS_CODES[400]}`,
    'Content-Type: application/json; charset=utf-8',
    'Cache-Control: no-store',
    `X-Macroplan-Protocol: ${PROTOCOL}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function bodyOf({ code, message }: Answer): string {
  return JSON.stringify({ error: { code, message } });
}
