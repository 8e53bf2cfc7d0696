/**
 * The one place where an error becomes an answer. Requests that make no sense are raised by the database as MP4xx and
 * keep their status, code and sentence; a database that is busy or away is 503; whatever is left is 500 and says nothing
 * of what is inside.
 */
import { DatabaseError } from 'pg';
import { Problem } from './problem.ts';

export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
}

export function answerTo(error: unknown): Answer {
  if (error instanceof Problem) {
    const { statusCode: status, code, message, retryAfterSeconds } = error;
    return { status, code, message, retryAfterSeconds };
  }
  const state = sqlState(error);
  if (state !== null) return answerToDatabase(state, error);
  if (isUnreachable(error)) return BUSY;
  return answerToFramework(error);
}

const BUSY: Answer = {
  status: 503,
  code: 'busy',
  message: 'The server is busy or its database is away. Nothing was changed; please try again.',
  retryAfterSeconds: 5,
};

const INTERNAL: Answer = {
  status: 500,
  code: 'internal',
  message: 'Something went wrong on the server. Nothing was changed.',
  retryAfterSeconds: null,
};

const FORBIDDEN: Answer = {
  status: 403,
  code: 'forbidden',
  message: 'You may not do this.',
  retryAfterSeconds: null,
};

function badRequest(message: string): Answer {
  return { status: 400, code: 'bad_request', message, retryAfterSeconds: null };
}

/** Five characters: https://www.postgresql.org/docs/current/errcodes-appendix.html, and ours, MP and an HTTP status. */
function sqlState(error: unknown): string | null {
  return error instanceof DatabaseError && error.code !== undefined ? error.code : null;
}

function answerToDatabase(state: string, error: unknown): Answer {
  if (/^MP4\d\d$/.test(state) && error instanceof DatabaseError) {
    const status = Number(state.slice(2));
    return {
      status,
      code: codeInDetail(error.detail) ?? CODE_OF_STATUS.get(status) ?? 'bad_request',
      message: error.message,
      retryAfterSeconds: status === 429 ? 5 : null,
    };
  }
  if (state === '42501') return FORBIDDEN;
  // Serialization, deadlock, lock and statement timeouts, no resources, being shut down, no connection: all pass.
  if (['40001', '40P01', '55P03'].includes(state) || /^(53|57|08)/.test(state)) return BUSY;
  // A function that this statement had begun to use was replaced by an upgrade; the next one finds its successor.
  if (state === 'XX000' && error instanceof Error && /^cache lookup failed for function/.test(error.message))
    return BUSY;
  // A zero byte or a broken character inside a value: PostgreSQL's text cannot hold it.
  if (state === '22021') return badRequest('The request holds a character that cannot be stored.');
  return INTERNAL;
}

const CODE_OF_STATUS = new Map([
  [400, 'bad_request'],
  [401, 'signed_out'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [413, 'too_large'],
  [415, 'not_json'],
  [426, 'too_old'],
  [429, 'slow_down'],
]);

function codeInDetail(detail: string | undefined): string | null {
  try {
    const parsed: unknown = JSON.parse(detail ?? 'null');
    if (typeof parsed === 'object' && parsed !== null && 'code' in parsed && typeof parsed.code === 'string') {
      return parsed.code;
    }
  } catch {
    // A detail that is no JSON was not written for us: the status says enough.
  }
  return null;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOENT',
]);

/** The driver has no codes for its own errors, so its words decide. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && UNREACHABLE.has(error.code) && 'syscall' in error)
    return true;
  return /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|Cannot use a pool after calling end)/.test(
    error.message,
  );
}

function answerToFramework(error: unknown): Answer {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return INTERNAL;
  switch (error.statusCode) {
    case 413:
      return { status: 413, code: 'too_large', message: 'The request is too large.', retryAfterSeconds: null };
    case 415:
      return { status: 415, code: 'not_json', message: 'A request body must be JSON.', retryAfterSeconds: null };
    default:
      return error.statusCode < 500 ? badRequest('The request cannot be read.') : INTERNAL;
  }
}
