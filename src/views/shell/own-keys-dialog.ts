import type { Draft } from '../drafts.ts';
import { type FormProblem, openForm } from '../form.ts';
import type { LetterKeys } from '../keys.ts';
import { keyFields, readKeys } from './own-keys.ts';

/** Asks which key each act is to have on this device. */
export function openOwnKeys(root: Element, own: LetterKeys['own'], onKeep: (own: LetterKeys['own']) => void): void {
  openForm(root, {
    title: 'Other keys',
    intro:
      'On this device: one letter or sign for each act, or nothing. Keys with Ctrl, Alt or arrows stay as they are.',
    draft: NOT_KEPT,
    fields: keyFields(own),
    action: 'Set keys',
    onAction(values) {
      const read = readKeys(values);
      if ('message' in read) return read as FormProblem;
      onKeep(read);
      return null;
    },
  });
}

/** Of no plan, and typed anew in a moment. */
const NOT_KEPT: Draft = { typed: () => null, keep: () => true, drop() {}, isOfNew: false };
