/**
 * Speaks HTTP to a host under test, byte by byte where it must: paths that no library would send, foreign hosts and
 * origins, bodies that are not what they say.
 */
import { request } from 'node:http';
import { expect } from 'vitest';

export const USERS = ['viewer', 'planner-a', 'planner-b', 'lead', 'admin'] as const;
export type User = (typeof USERS)[number] | 'signed-out';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; throws where it is none. */
  readonly json: () => Json;
}

/** Tests read into it and say what they expect. */
export interface Json {
  readonly [key: string]: unknown;
}

export interface Sending {
  readonly method?: string;
  readonly user?: User;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer;
}

export interface Host {
  /** Path below the base path, as it goes over the wire. */
  readonly send: (path: string, sending?: Sending) => Promise<Reply>;
  readonly get: (path: string, user?: User, headers?: Sending['headers']) => Promise<Reply>;
  readonly post: (path: string, body: unknown, user?: User) => Promise<Reply>;
}

export const POST_HEADERS = { 'content-type': 'application/json', 'x-atlassian-token': 'no-check' };

/** `baseUrl` ends with the base path. */
export function talkTo(baseUrl: () => string): Host {
  async function send(
    path: string,
    { method = 'GET', user = 'planner-a', headers, body }: Sending = {},
  ): Promise<Reply> {
    const base = new URL(baseUrl());
    const wanted = { 'x-macroplan-dev-user': user, ...lengthOf(body, headers), ...headers };
    const defined = Object.fromEntries(Object.entries(wanted).filter((pair) => pair[1] !== undefined));
    return await new Promise((resolve, reject) => {
      const options = { host: base.hostname, port: base.port, path: base.pathname + path, method, headers: defined };
      const sent = request({ ...options, agent: false }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const got = Object.entries(reply.headers).map(([name, value]) => [name, String(value)]);
          resolve({
            status: reply.statusCode ?? 0,
            headers: Object.fromEntries(got),
            text,
            json: () => JSON.parse(text),
          });
        });
        reply.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  return {
    send,
    get: (path, user = 'planner-a', headers = {}) => send(path, { user, headers }),
    post: (path, body, user = 'planner-a') =>
      send(path, { method: 'POST', user, headers: POST_HEADERS, body: asBody(body) }),
  };
}

/** Node leaves it out for methods that mostly have no body. */
function lengthOf(body: Sending['body'], headers: Sending['headers'] = {}): Sending['headers'] {
  if (body === undefined || 'transfer-encoding' in headers) return {};
  return { 'content-length': String(Buffer.byteLength(body)) };
}

function asBody(body: unknown): string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

/** The one form that every error has. */
export function expectError(reply: Reply, status: number, code: string): void {
  expect([reply.status, reply.text], reply.text).toEqual([status, expect.stringContaining(`"${code}"`)]);
  expect(reply.headers['content-type']).toMatch(/^application\/json/);
  const { error, ...more } = reply.json();
  expect(more).toEqual({});
  expect(error).toEqual({ code, message: expect.stringMatching(/^[A-Z“"].+[.?!]$/) });
  // Neither a stack nor SQL nor a place in our code.
  expect(reply.text).not.toMatch(/\bat \w+.*:\d+|select |insert into|pl\/pgsql|macroplan\.|node_modules|constraint/i);
}
