import { draftNamed } from './draft-record.ts';

/** The draft that a reader asked for outside the view in which its form is, until that view has opened it. */
let wanted: string | null = null;

/** `view`: its element, where it stands already. */
export function wantDraft(name: string, view: Element | null): void {
  wanted = name;
  view?.dispatchEvent(new Event('mp-draft-wanted'));
}

/** Once: what it is of, and its id; null where none is wanted. */
export function takeWanted(): { readonly kind: string; readonly id: string } | null {
  const draft = draftNamed(wanted ?? '');
  wanted = null;
  return draft.kind === '' ? null : draft;
}
