/** How an exchange with the server can fail. Refusals, conflicts and resets are values in a reply, not errors. */
import { FAILURES, type Failure } from './states.ts';

export type SyncErrorKind = Exclude<Failure, 'storage' | 'loop' | 'bug'>;

export class SyncError extends Error {
  override readonly name = 'SyncError';
  readonly kind: SyncErrorKind;
  /** Milliseconds that the server asks to wait, where it does. */
  readonly retryAfterMs: number;

  /** `message` is a sentence for the person at the screen; by default the one of its kind. */
  constructor(
    kind: SyncErrorKind,
    {
      message = FAILURES[kind],
      retryAfterMs = 0,
      cause,
    }: { message?: string; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
