/**
 * Small readers for data from outside. Each returns the value with its type or throws a `ParseError` that names the
 * place, so that a broken answer is never installed.
 */

export class ParseError extends Error {
  override readonly name = 'ParseError';
}

export type Reader<T> = (value: unknown, place: string) => T;

export const readString: Reader<string> = (value, place) => {
  if (typeof value !== 'string') throw new ParseError(`${place} should be text`);
  return value;
};

export const readInteger: Reader<number> = (value, place) => {
  if (!Number.isSafeInteger(value)) throw new ParseError(`${place} should be a whole number`);
  return value as number;
};

export const readBoolean: Reader<boolean> = (value, place) => {
  if (typeof value !== 'boolean') throw new ParseError(`${place} should be true or false`);
  return value;
};

/** A list whose entries are taken as they are: ten thousand rows of fifteen values are not looked at one by one. */
export const readArray: Reader<readonly unknown[]> = (value, place) => {
  if (!Array.isArray(value)) throw new ParseError(`${place} should be a list`);
  return value;
};

export function readList<T>(item: Reader<T>): Reader<readonly T[]> {
  return (value, place) => {
    return readArray(value, place).map((entry, i) => item(entry, `${place}[${i}]`));
  };
}

export function readChoice<T extends string>(choices: readonly T[]): Reader<T> {
  return (value, place) => {
    const choice = choices.find((known) => known === value);
    if (choice === undefined) throw new ParseError(`${place} is none of ${choices.join(', ')}`);
    return choice;
  };
}

export function readNullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, place) => (value === null || value === undefined ? null : reader(value, place));
}

/** An object with at least these fields; a newer server may send more. */
export function readObject<T>(fields: { readonly [K in keyof T]-?: Reader<T[K]> }): Reader<T> {
  return (value, place) => {
    const source = asObject(value, place);
    const names = Object.keys(fields) as (keyof T & string)[];
    return Object.fromEntries(names.map((name) => [name, fields[name](source[name], `${place}.${name}`)])) as T;
  };
}

export function readRecord<T>(entry: Reader<T>): Reader<{ readonly [key: string]: T }> {
  return (value, place) =>
    Object.fromEntries(
      Object.entries(asObject(value, place)).map(([key, item]) => [key, entry(item, `${place}.${key}`)]),
    );
}

function asObject(value: unknown, place: string): { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ParseError(`${place} should be an object`);
  }
  return value as { readonly [key: string]: unknown };
}
