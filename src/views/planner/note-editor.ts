import { el } from '../dom.ts';
import { openPopup } from '../popup.ts';
import './note-editor.css';

/** A note beside its cell: Ctrl+Enter or Save keeps it, Escape or Cancel leaves it. `onKeep` gets changed text only. */
export function openNoteEditor(cell: HTMLElement, code: string, note: string, onKeep: (note: string) => void): void {
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
  const popup = openPopup(cell, content, { class: 'mp-note-popup', kind: 'manual' });
  if (popup === null) return;
  const leave = () => {
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
    if (event.key === 'Escape') leave();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
  });
  area.focus();
}
