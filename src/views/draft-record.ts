/** A draft as it stands in a memory. */

/** By field: what was typed, and what stood there before. */
export type Typed = { readonly [field: string]: { readonly text: string; readonly over: string } };

export interface DraftRecord {
  /** Server time, milliseconds: when it was typed in last. */
  readonly at: number;
  readonly typed: Typed;
}

/** Null for whatever else an older page, or a hand, has left there. */
export function readRecord(value: unknown): DraftRecord | null {
  const { at, typed } = (value ?? {}) as { readonly [field: string]: unknown };
  if (typeof at !== 'number' || typeof typed !== 'object' || typed === null) return null;
  const isText = (part: unknown) => typeof part === 'string';
  const isWhole = Object.values(typed).every((field) => isText(field?.text) && isText(field?.over));
  return isWhole ? { at, typed: typed as Typed } : null;
}

/** Of a name that `Drafts.waiting` gives: what it is of, and its id; '' where it is none. */
export function draftNamed(name: string): { readonly kind: string; readonly id: string } {
  const [, kind = '', id = ''] = /^(.+) (\S*)$/.exec(name) ?? [];
  return { kind, id };
}
