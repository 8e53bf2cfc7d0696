/** A reply's text as data of a known shape. What cannot be read is no answer: the caller tries again later. */
import { SyncError } from './errors.ts';
import type { Reader } from './parse.ts';
import type { Reply } from './transport.ts';

export function parsed<T>({ text }: Pick<Reply, 'text'>, read: Reader<T>): T {
  try {
    return read(JSON.parse(text ?? ''), 'reply');
  } catch (cause) {
    throw new SyncError('unreadable', { cause });
  }
}
