/** A cursor as the server writes it; opaque to clients. */
export interface Cursor {
  readonly epoch: string;
  readonly rev: number;
  /** The first characters of the log's hash at that rev: another history has another one. */
  readonly hash: string;
  readonly shape: string;
  readonly access: string;
}

export function writeCursor({ epoch, rev, hash, shape, access }: Cursor): string {
  return [epoch, rev, hash, shape, access].join('.');
}

/** Null where it was not made by this protocol. */
export function readCursor(text: string | null): Cursor | null {
  const parts = /^([0-9a-f]+)[.](\d{1,15})[.]([0-9a-f]+)[.](s[0-9a-f]+)[.]([vpl])$/.exec(text ?? '');
  if (!parts) return null;
  const [, epoch = '', rev, hash = '', shape = '', access = ''] = parts;
  return { epoch, rev: Number(rev), hash, shape, access };
}
