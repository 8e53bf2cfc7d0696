/**
 * The network between one tab and the server: each request and answer may be lost, late, doubled – at once or much
 * later –, cut short, replaced, or answered from somebody's cache. `Faults` says how likely; a healed network loses
 * nothing.
 */
import type { Chance } from './chance.ts';
import type { Counters, Sometimes } from './counters.ts';
import type { EventLoop } from './event-loop.ts';
import { type Answer, answer, type Request } from './host.ts';
import type { Server } from './server.ts';

export interface Faults {
  /** Probability that any one message meets trouble. */
  rate: number;
}

/** How much everybody together asked of the server, and what could be asked once more. */
export interface Traffic {
  requests: number;
  /** Number of the newest request that reached the server. */
  arrived: number;
  readonly posts: Request[];
  /** Last answers by person and address, which some cache on the way kept against all rules. */
  readonly cached: Map<string, Response>;
}

export interface NetworkParts {
  readonly loop: EventLoop;
  readonly chance: Chance;
  readonly counters: Counters;
  readonly server: Server;
  readonly faults: Faults;
  readonly traffic: Traffic;
  /** Sees every answer that the server gives. */
  readonly onAnswer: (answer: Answer) => void;
}

/** A tab's end of the network: whether its machine is connected, and whether it still lives to hear an answer. */
export interface End {
  /** Whose session the browser has now. */
  readonly session: () => string;
  readonly isOffline: () => boolean;
  readonly isAlive: () => boolean;
  /** Told when an answer that arrives here says that the server has another history. */
  readonly onReset: () => void;
}

const TIMEOUT_MS = 12_000;
const POSTS_KEPT = 20;

export function simulatedFetch(parts: NetworkParts, end: End): typeof fetch {
  const { loop, chance, counters, server, faults, traffic } = parts;
  const trouble = () => chance.is(faults.rate);
  const delay = () => 20 + chance.below(trouble() ? 8_000 : 200);

  async function ask(request: Request): Promise<Response> {
    const answered = await answer(server.doors, request);
    parts.onAnswer(answered);
    return response(answered, request.session);
  }

  async function deliver(request: Request): Promise<Response> {
    if (trouble()) {
      const kind = chance.weighted({ login: 1, portal: 1, out: 1, busy: 2, slow: 1, cut: 2, cached: 2 });
      switch (kind) {
        case 'login':
          return count('login page instead of data', page(200, '<html>Sign in</html>'));
        case 'portal':
          return count('page of a proxy', page(chance.pick([404, 502, 503]) ?? 502, '<html>No</html>'));
        case 'out':
          return count('signed out', response({ status: 401, text: '{}' }, request.session));
        case 'busy':
        case 'slow': {
          const status = kind === 'busy' ? 503 : 429;
          const retryAfterSeconds = 1 + chance.below(20);
          return count(
            kind === 'busy' ? 'server busy' : 'slowed down',
            response({ status, text: '{}', retryAfterSeconds }, request.session),
          );
        }
        case 'cut': {
          const whole = await ask(request);
          const text = await whole.text();
          const cut = { status: whole.status, text: text.slice(0, chance.below(text.length || 1)) };
          return count('answer truncated', response(cut, request.session));
        }
        case 'cached': {
          const stale = request.body === null ? traffic.cached.get(keyOf(request)) : undefined;
          if (stale) return count('stale answer of a cache', stale);
        }
      }
    }
    const fresh = await ask(request);
    if (fresh.status === 200) traffic.cached.set(keyOf(request), fresh);
    return fresh;
  }

  function count(what: Sometimes, response: Response): Response {
    counters.add(what);
    return response;
  }

  async function arrive(request: Request, number: number, hear: (response: Response) => Promise<void>): Promise<void> {
    if (number < traffic.arrived) counters.add('request overtaken');
    traffic.arrived = Math.max(traffic.arrived, number);
    if (request.body !== null) traffic.posts.push(request);
    traffic.posts.splice(0, traffic.posts.length - POSTS_KEPT);
    const response = await deliver(request);
    if (trouble()) {
      counters.add('request delivered twice');
      loop.setTimer(() => loop.waitFor(ask(request)), delay());
    }
    if (trouble() || end.isOffline()) {
      counters.add('answer lost');
      return;
    }
    const late = delay();
    if (late > 4_000) counters.add('answer late');
    loop.setTimer(() => void hear(response), late);
  }

  return ((input: RequestInfo | URL, init?: RequestInit) => {
    traffic.requests += 1;
    const number = traffic.requests;
    const headers = new Headers(init?.headers);
    return new Promise<Response>((resolve, reject) => {
      const fail = () => end.isAlive() && reject(new TypeError('Failed to fetch'));
      if (end.isOffline()) {
        counters.add('offline');
        loop.setTimer(fail, 5);
        return;
      }
      loop.setTimer(fail, TIMEOUT_MS);
      if (trouble()) {
        counters.add('request lost');
        return;
      }
      const request: Request = {
        path: String(input),
        session: end.session(),
        meantFor: headers.get('X-Macroplan-User'),
        etag: headers.get('If-None-Match'),
        body: init?.body ? String(init.body) : null,
      };
      const hear = async (response: Response) => {
        if (!end.isAlive()) return;
        if (/"reset":"(?:epoch|ahead)"/.test(await response.text())) end.onReset();
        resolve(response);
      };
      loop.setTimer(() => loop.waitFor(arrive(request, number, hear)), delay());
    });
  }) as typeof fetch;
}

const keyOf = ({ session, path }: Request) => `${session} ${path}`;

/** Only what the transport looks at; a real `Response` streams its body in real time. */
function response({ status, text, retryAfterSeconds }: Answer, user?: string): Response {
  const headers = new Map([['Content-Type', user === undefined ? 'text/html' : 'application/json']]);
  if (user !== undefined) headers.set('X-Macroplan-Protocol', '1').set('X-Macroplan-User', user);
  if (retryAfterSeconds) headers.set('Retry-After', String(retryAfterSeconds));
  return {
    status,
    ok: status >= 200 && status < 300,
    type: 'basic',
    headers: { get: (name: string) => headers.get(name) ?? null },
    text: () => Promise.resolve(text),
    body: { getReader: () => readerOf([new TextEncoder().encode(text)]) },
  } as unknown as Response;
}

function readerOf(pieces: Uint8Array[]) {
  return {
    read: () => {
      const value = pieces.shift();
      return Promise.resolve({ done: value === undefined, value });
    },
  };
}

/** What no server of ours sent. */
function page(status: number, text: string): Response {
  return response({ status, text });
}
