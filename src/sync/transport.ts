/**
 * The only file that calls fetch. It turns whatever comes back into the text of a reply or a `SyncError`: only an
 * answer with our protocol header, for our user, of the right content type counts as one.
 */
import { SyncError } from './errors.ts';
import { PROTOCOL } from './protocol.ts';
import { userHeader } from './user-header.ts';

/** So long an answer may take to begin, and then each piece of it: a link that is slow but moves is never given up. */
const GET_TIMEOUT_MS = 10_000;
const POST_TIMEOUT_MS = 30_000;
/** A link that is too slow gets up to this many times as long. */
const PATIENCE_MAX = 4;
/** Whoever asks for more than this asks by mistake; a person may try sooner. */
const RETRY_AFTER_MS_MAX = 600_000;

export interface Reply {
  /** null: 304, nothing changed. */
  readonly text: string | null;
  /** The text as it came. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Milliseconds to the next poll that a host under load asks for; null where it asks for nothing. */
  readonly pollAfterMs: number | null;
  /** The server's clock when it answered, milliseconds, half a second more or less; null where the answer has no date. */
  readonly serverNow: number | null;
}

/** What carries requests, and knows how long to wait. */
export interface Wire {
  readonly fetch: typeof globalThis.fetch;
  /** Rejects with a `TimeoutError` where nothing came of `promise` within so many milliseconds. */
  readonly within: <T>(ms: number, promise: Promise<T>) => Promise<T>;
}

export interface Transport {
  get(path: string, etag?: string): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
}

/**
 * `base` is the path of the endpoint, without a slash at its end. Where `userKey` is given, each request says for whom
 * it was made, so that a host never applies one person's edits in the session of another.
 */
export function makeTransport(base: string, { fetch, within }: Wire, userKey?: string): Transport {
  const common = { Accept: 'application/json', ...(userKey ? { 'X-Macroplan-User': userHeader(userKey) } : {}) };

  let patience = 1;

  async function call(path: string, init: RequestInit, timeoutMs: number): Promise<Reply> {
    let response: Response;
    let bytes: Uint8Array<ArrayBuffer>;
    const giveUp = new AbortController();
    const options = {
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'manual',
      signal: giveUp.signal,
    } as const;
    const waitMs = timeoutMs * patience;
    try {
      response = await within(waitMs, fetch(`${base}${path}`, { ...init, ...options }));
      bytes = await bytesOf(response, (piece) => within(waitMs, piece));
    } catch (cause) {
      giveUp.abort();
      const isTimeout = (cause as Error).name === 'TimeoutError';
      if (isTimeout) patience = Math.min(PATIENCE_MAX, patience * 2);
      throw new SyncError(isTimeout ? 'timed-out' : 'no-answer', { cause });
    }
    patience = Math.max(1, patience / 2);
    return judge(response, bytes, userKey);
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

async function bytesOf(
  { body }: Response,
  inTime: <T>(piece: Promise<T>) => Promise<T>,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();
  const pieces: Uint8Array[] = [];
  while (reader) {
    const { done, value } = await inTime(reader.read());
    if (done) break;
    pieces.push(value);
  }
  const bytes = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function judge(response: Response, bytes: Reply['bytes'], userKey: string | undefined): Reply {
  const { headers, ok, status, type } = response;
  const protocol = headers.get('X-Macroplan-Protocol');
  const isOurs = protocol === String(PROTOCOL);
  const content = headers.get('Content-Type') ?? '';
  if (type === 'opaqueredirect' || status === 401) throw new SyncError('signed-out');
  // 511 is what a network says that wants its own sign-in first.
  if ((ok && content.startsWith('text/html')) || status === 511) throw new SyncError('web-page');
  const answeredFor = headers.get('X-Macroplan-User');
  if (isOurs && ok && userKey !== undefined && answeredFor !== userHeader(userKey)) throw new SyncError('wrong-user');
  const pollAfterMs = Number(headers.get('X-Macroplan-Poll-After')) || null;
  // A date has whole seconds, so what was meant is half a second later.
  const serverNow = Date.parse(headers.get('Date') ?? '') + 500 || null;
  if (isOurs && status === 304) return { text: null, bytes, pollAfterMs, serverNow };
  const text = new TextDecoder().decode(bytes);
  if (isOurs && ok && content.startsWith('application/json')) return { text, bytes, pollAfterMs, serverNow };
  if (protocol !== null && Number(protocol) < PROTOCOL) throw new SyncError('server-too-old');
  throw refusalOf(response, { text, isOurs });
}

/** A status speaks for our host only where the answer is ours: a proxy's 404 says nothing about the plan. */
function refusalOf({ headers, ok, status }: Response, { text, isOurs }: { text: string; isOurs: boolean }): SyncError {
  const { code, ...said } = errorIn(text);
  if (status === 429 || status === 503) {
    return new SyncError('busy', { ...said, retryAfterMs: retryAfterMs(headers.get('Retry-After')) });
  }
  if (!isOurs) return new SyncError(ok ? 'unreadable' : 'no-answer', { message: `The server answered ${status}.` });
  switch (status) {
    case 403:
      return new SyncError(code === 'wrong_user' ? 'wrong-user' : 'forbidden', said);
    case 404:
      return new SyncError('withdrawn', said);
    case 426:
      return new SyncError('too-old', said);
    default:
      return new SyncError('failed', said);
  }
}

/**
 * A platform may set a header of its own beside ours, and then both come as one, with a comma: the longer wait counts. A date,
 * the other form that a proxy may send, counts as nothing: then the usual pauses do.
 */
function retryAfterMs(header: string | null): number {
  const seconds = (header ?? '').split(',').map(Number).filter(Number.isFinite);
  return Math.min(RETRY_AFTER_MS_MAX, Math.max(0, ...seconds) * 1_000);
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
