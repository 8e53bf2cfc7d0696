/** Values of a URL's query, each checked where it is read. A value given twice, or one that is no such thing, is a 400. */
import { Problem } from './problem.ts';

export interface Query {
  readonly text: (name: string) => string | null;
  /** A whole number from 0 to 2^53 - 1. */
  readonly count: (name: string) => number | null;
  readonly uuid: (name: string) => string | null;
  readonly choice: (name: string, values: readonly string[]) => string | null;
}

export function readQuery(url: string): Query {
  const values = new URLSearchParams(url.split('?').slice(1).join('?'));

  function text(name: string): string | null {
    const [value = null, ...more] = values.getAll(name);
    if (more.length > 0) throw new Problem('bad_request', `"${name}" is given more than once.`);
    return value;
  }

  function matching(name: string, isGood: (value: string) => boolean, what: string): string | null {
    const value = text(name);
    if (value !== null && !isGood(value)) throw new Problem('bad_request', `"${name}" must be ${what}.`);
    return value;
  }

  return {
    text,
    count: (name) => {
      const isCount = (value: string) => /^\d{1,16}$/.test(value) && Number.isSafeInteger(Number(value));
      const value = matching(name, isCount, 'a whole number');
      return value === null ? null : Number(value);
    },
    uuid: (name) => matching(name, (value) => UUID.test(value), 'an id'),
    choice: (name, choices) => matching(name, (value) => choices.includes(value), `one of ${choices.join(', ')}`),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A URL's path and query must be percent-encoded UTF-8, without zero bytes: nothing behind can hold one. */
export function checkUrl(url: string): void {
  let decoded: string;
  try {
    decoded = decodeURIComponent(url);
  } catch {
    throw new Problem('bad_request', 'This address is not properly encoded.');
  }
  if (decoded.includes('\0')) throw new Problem('bad_request', 'This address holds a zero byte.');
}
