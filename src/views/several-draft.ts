/**
 * Drafts of forms about several things at once: kept under the first of them and how many more, with all of them beside what is
 * typed, so that the form can be opened about the same ones again.
 */
import type { Draft, Drafts } from './drafts.ts';

/** `labels and 2 more`: what such a draft is of. */
export interface Several {
  readonly what: string;
  readonly more: number;
}

/** Of what the labels of several are drafts. */
export const LABELS = 'labels';

/** Null where a draft of this kind is about one thing. */
export function severalOf(kind: string): Several | null {
  const [, what, more] = /^(.+) and (\d+) more$/.exec(kind) ?? [];
  return what === undefined ? null : { what, more: Number(more) };
}

/** `id`: of the first. `all`: of each, in their order. */
export function severalDraft(drafts: Drafts, what: string, { id, all }: { id: string; all: readonly string[] }): Draft {
  return withAll(drafts.of(`${what} and ${all.length - 1} more`, id), all);
}

/** A draft that waits, and what it is about; none where it was too much to be kept. */
export function waitingSeveral(drafts: Drafts, kind: string, id: string): { draft: Draft; all: readonly string[] } {
  const draft = drafts.of(kind, id);
  const all = draft.typed()?.[ALL]?.text.split(' ') ?? [];
  return { draft: withAll(draft, all), all };
}

/** No field of a form is called so. */
const ALL = 'of all';
/** Beyond, they would take the room of what others have typed. */
const ALL_MAX = 2_000;

function withAll(draft: Draft, all: readonly string[]): Draft {
  if (all.length > ALL_MAX) return draft;
  return {
    ...draft,
    keep(typed) {
      const isEmpty = Object.keys(typed).length === 0;
      return draft.keep(isEmpty ? typed : { ...typed, [ALL]: { text: all.join(' '), over: '' } });
    },
  };
}
