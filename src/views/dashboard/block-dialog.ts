import { sentence } from '../../store/isolated.ts';
import { openDialog } from '../dialog.ts';
import { el, setAttribute, setText } from '../dom.ts';
import type { Draft } from '../drafts.ts';
import type { Line } from './lines.ts';

export interface BlockOptions extends Pick<Line, 'code' | 'title' | 'note'> {
  readonly draft: Draft;
  readonly onBlock: (reason: string) => void;
}

/** Asks what is in the way, because a blocked chapter without a reason starts a phone call. */
export function openBlockDialog(root: Element, { code, title, note, draft, onBlock }: BlockOptions): void {
  const area = el('textarea', { class: 'mp-input', 'aria-label': 'What is in the way?', rows: 4, maxlength: 10_000 });
  const error = el('p', { class: 'mp-error' });
  area.value = note;
  openDialog(root, {
    title: `${code} is blocked`,
    body: [
      el('p', { class: 'mp-help-text' }, sentence`${title}. What is in the way, and when will you know more?`),
      area,
      error,
    ],
    action: 'Report as blocked',
    typing: { draft, controls: { reason: area } },
    onAction() {
      const reason = area.value.trim();
      setText(error, reason === '' ? 'Write a few words.' : '');
      setAttribute(area, 'aria-invalid', reason === '' ? 'true' : null);
      if (reason === '') return false;
      onBlock(reason);
      return true;
    },
  });
  area.focus();
}
