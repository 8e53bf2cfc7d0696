/** How an exchange with the server can fail. Refusals, conflicts and resets are values in a reply, not errors. */

/**
 * - `transient`: no answer, a broken answer, or "try later". The queue waits; try again with backoff.
 * - `signed-out`: a 401, a redirect, or a page instead of data. `wrong-user`: somebody else is signed in.
 * - `forbidden`: this plan may not be read, or the request was refused as cross-site. `too-old`: reload the page.
 */
export type SyncErrorKind = 'transient' | 'signed-out' | 'wrong-user' | 'forbidden' | 'too-old';

export class SyncError extends Error {
  override readonly name = 'SyncError';
  readonly kind: SyncErrorKind;
  /** Milliseconds that the server asks to wait, where it does. */
  readonly retryAfterMs: number | null;

  /** `message` is a sentence for the person at the screen. */
  constructor(
    kind: SyncErrorKind,
    message: string,
    { retryAfterMs = null, cause }: { retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
