/**
 * The network between one tab and the model server: each request and answer may be lost, late, doubled, cut short or
 * replaced. `Faults` says how likely; a healed network loses nothing.
 */
import type { Chance } from './chance.ts';
import type { Counters } from './counters.ts';
import type { EventLoop } from './event-loop.ts';
import type { ModelReply, ModelRequest, ModelServer } from './model-server.ts';

export interface Faults {
  /** Probability that any one message meets trouble. */
  rate: number;
}

/** How much everybody together asked of the server. */
export interface Traffic {
  requests: number;
}

export interface NetworkParts {
  readonly loop: EventLoop;
  readonly chance: Chance;
  readonly counters: Counters;
  readonly server: ModelServer;
  readonly faults: Faults;
  readonly traffic: Traffic;
}

/** A tab's end of the network: whether its machine is connected, and whether it still lives to hear an answer. */
export interface End {
  readonly userKey: string;
  readonly isOffline: () => boolean;
  readonly isAlive: () => boolean;
}

const TIMEOUT_MS = 12_000;

export function simulatedFetch(
  { loop, chance, counters, server, faults, traffic }: NetworkParts,
  end: End,
): typeof fetch {
  const trouble = () => chance.is(faults.rate);
  const delay = () => 20 + chance.below(trouble() ? 8_000 : 200);

  function deliver(request: ModelRequest): Response {
    if (trouble()) {
      const kind = chance.weighted({ login: 1, out: 1, busy: 2, cut: 2 });
      if (kind === 'login') return count('login page instead of data', page('<html>Sign in</html>', 'text/html'));
      if (kind === 'out') return count('signed out', answer(request, { status: 401, body: {} }));
      if (kind === 'busy') return count('server busy', answer(request, { status: 503, body: {} }));
      const whole = server.handle(request);
      const text = JSON.stringify(whole.body) ?? '';
      return count(
        'answer truncated',
        page(text.slice(0, chance.below(text.length || 1)), 'application/json', request),
      );
    }
    return answer(request, server.handle(request));
  }

  function count(what: Parameters<Counters['add']>[0], response: Response): Response {
    counters.add(what);
    return response;
  }

  return ((input: RequestInfo | URL, init?: RequestInit) => {
    traffic.requests += 1;
    const headers = new Headers(init?.headers);
    const request: ModelRequest = {
      method: init?.method ?? 'GET',
      path: String(input),
      userKey: end.userKey,
      body: init?.body ? JSON.parse(String(init.body)) : null,
      ifNoneMatch: headers.get('If-None-Match')?.replaceAll('"', '') ?? null,
    };
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
      loop.setTimer(() => {
        const response = deliver(request);
        if (trouble()) {
          counters.add('request delivered twice');
          loop.setTimer(() => server.handle(request), delay());
        }
        if (trouble() || end.isOffline()) {
          counters.add('answer lost');
          return;
        }
        const late = delay();
        if (late > 4_000) counters.add('answer late');
        loop.setTimer(() => end.isAlive() && resolve(response), late);
      }, delay());
    });
  }) as typeof fetch;
}

function answer(request: ModelRequest, { status, body }: ModelReply): Response {
  return page(JSON.stringify(body) ?? '', 'application/json', request, status);
}

/** Only what the transport looks at; a real `Response` streams its body in real time. */
function page(text: string, type: string, ours?: ModelRequest, status = 200): Response {
  const headers = new Map([['Content-Type', type]]);
  if (ours) headers.set('X-Macroplan-Protocol', '1').set('X-Macroplan-User', ours.userKey);
  return {
    status,
    ok: status >= 200 && status < 300,
    type: 'basic',
    headers: { get: (name: string) => headers.get(name) ?? null },
    text: () => Promise.resolve(text),
  } as unknown as Response;
}
