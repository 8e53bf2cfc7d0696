/**
 * What a host answers instead of a reply: a status, a code of PROTOCOL and a sentence for a person. Thrown anywhere in
 * a request and answered in one place, `error-map.ts`.
 */
export class Problem extends Error {
  /** Fastify reads the status of an error under this name. */
  readonly statusCode: number;
  readonly code: string;
  readonly retryAfterSeconds: number | null;

  constructor(code: ProblemCode, message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.name = 'Problem';
    this.statusCode = STATUS[code];
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type ProblemCode = keyof typeof STATUS;

const STATUS = {
  bad_request: 400,
  signed_out: 401,
  forbidden: 403,
  cross_site: 403,
  wrong_user: 403,
  not_found: 404,
  too_large: 413,
  not_json: 415,
  slow_down: 429,
  internal: 500,
  busy: 503,
} as const;
