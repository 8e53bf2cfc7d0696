import { el } from '../dom.ts';
import type { Draft } from '../drafts.ts';
import { isComposed } from '../keys.ts';
import { openPopup } from '../popup.ts';
import { keepTyped } from '../typed-fields.ts';
import './note-editor.css';

export interface NoteEditorOptions {
  readonly cell: HTMLElement;
  readonly code: string;
  readonly note: string;
  readonly draft: Draft;
  /** Gets changed text only. */
  readonly onKeep: (note: string) => void;
  /** The row left the page with this text unkept. */
  readonly onLost: (typed: string) => void;
}

/** A note beside its cell: Ctrl+Enter or Save keeps it, Escape or Cancel leaves it. */
export function openNoteEditor({ cell, code, note, draft, onKeep, onLost }: NoteEditorOptions): void {
  const area = el('textarea', { class: 'mp-input', 'aria-label': `Note on ${code}`, rows: 5, maxlength: 10_000 });
  area.value = note;
  const save = el('button', { type: 'button', class: 'mp-button', 'data-tone': 'primary' }, 'Save note');
  const cancel = el('button', { type: 'button', class: 'mp-button', 'data-tone': 'plain' }, 'Cancel');
  const content = el(
    'div',
    { class: 'mp-note-editor' },
    el('span', { class: 'mp-label' }, `Note on ${code}`),
    area,
    el('div', { class: 'mp-dialog-foot' }, cancel, save),
  );
  const unsaved = keepTyped(content, { draft, controls: { note: area } });
  if (unsaved) area.after(unsaved);
  let isLeft = false;
  const onClose = () => {
    if (!isLeft && area.value !== note) onLost(area.value);
  };
  const popup = openPopup(cell, content, { class: 'mp-note-popup', kind: 'manual', onClose });
  if (popup === null) return;
  const leave = () => {
    isLeft = true;
    draft.drop();
    popup.close();
    cell.focus();
  };
  const keep = () => {
    leave();
    if (area.value !== note) onKeep(area.value);
  };
  save.addEventListener('click', keep);
  cancel.addEventListener('click', leave);
  content.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (isComposed(event)) return;
    if (event.key === 'Escape') leave();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
  });
  area.focus();
}
