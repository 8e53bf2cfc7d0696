/**
 * The only file that calls fetch. It turns whatever comes back into the text of a reply or a `SyncError`: only an
 * answer with our protocol header, for our user, of the right content type counts as one.
 */
import { SyncError } from './errors.ts';
import { PROTOCOL } from './protocol.ts';
import { userHeader } from './user-header.ts';

const GET_TIMEOUT_MS = 10_000;
const POST_TIMEOUT_MS = 30_000;

export interface Reply {
  /** null: 304, nothing changed. */
  readonly text: string | null;
}

export interface Transport {
  get(path: string, etag?: string): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
}

/**
 * `base` is the path of the endpoint, without a slash at its end. Where `userKey` is given, each request says for whom
 * it was made, so that a host never applies one person's edits in the session of another.
 */
export function makeTransport(base: string, fetch: typeof globalThis.fetch, userKey?: string): Transport {
  const common = { Accept: 'application/json', ...(userKey ? { 'X-Macroplan-User': userHeader(userKey) } : {}) };

  async function call(path: string, init: RequestInit, timeoutMs: number): Promise<Reply> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${base}${path}`, {
        ...init,
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = response.status === 304 ? '' : await response.text();
    } catch (cause) {
      throw new SyncError('transient', 'The server cannot be reached.', { cause });
    }
    return judge(response, text, userKey);
  }
  return {
    get: (path, etag) => {
      const headers = { ...common, ...(etag ? { 'If-None-Match': `"${etag}"` } : {}) };
      return call(path, { headers }, GET_TIMEOUT_MS);
    },
    post: (path, body) => {
      const headers = { ...common, 'Content-Type': 'application/json', 'X-Atlassian-Token': 'no-check' };
      return call(path, { method: 'POST', headers, body: JSON.stringify(body) }, POST_TIMEOUT_MS);
    },
  };
}

function judge(response: Response, text: string, userKey: string | undefined): Reply {
  const isOurs = response.headers.get('X-Macroplan-Protocol') === String(PROTOCOL);
  const type = response.headers.get('Content-Type') ?? '';
  if (response.type === 'opaqueredirect' || response.status === 401 || (response.ok && type.startsWith('text/html'))) {
    throw new SyncError('signed-out', 'You are signed out.');
  }
  const answeredFor = response.headers.get('X-Macroplan-User');
  if (isOurs && response.ok && userKey !== undefined && answeredFor !== userHeader(userKey)) {
    throw new SyncError('wrong-user', 'Somebody else is signed in on this browser.');
  }
  if (isOurs && response.status === 304) return { text: null };
  if (isOurs && response.ok && type.startsWith('application/json')) return { text };
  throw refusalOf(response, { text, isOurs });
}

/** A status speaks for our host only where the answer is ours: a proxy's 404 says nothing about the plan. */
function refusalOf(response: Response, { text, isOurs }: { text: string; isOurs: boolean }): SyncError {
  const retryAfterS = Number(response.headers.get('Retry-After'));
  const isRetryable = response.status === 429 || response.status === 503;
  const retryAfterMs = isRetryable && retryAfterS > 0 ? retryAfterS * 1000 : null;
  const { code, message = `The server answered ${response.status}.` } = errorIn(text);
  if (!isOurs) return new SyncError('transient', message, { retryAfterMs });
  switch (response.status) {
    case 403:
      return new SyncError(code === 'wrong_user' ? 'wrong-user' : 'forbidden', message);
    case 404:
      return new SyncError('forbidden', message);
    case 426:
      return new SyncError('too-old', message);
    default:
      return new SyncError('transient', message, { retryAfterMs });
  }
}

/** Code and sentence of an error in our format; neither for anybody else's answer. */
function errorIn(text: string): { code?: string; message?: string } {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: unknown; message?: unknown } };
    return {
      ...(typeof error?.code === 'string' ? { code: error.code } : {}),
      ...(typeof error?.message === 'string' ? { message: error.message } : {}),
    };
  } catch {
    return {};
  }
}
