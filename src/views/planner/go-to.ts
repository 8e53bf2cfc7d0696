import { readTime } from '../../store/time-entry.ts';
import { openDialog } from '../dialog.ts';
import { el, setAttribute, setText } from '../dom.ts';
import type { PlannerModel } from './model.ts';

/** Asks for a time as people write it and leads there. */
export function openGoTo(
  root: Element,
  { zone, now, iteration }: PlannerModel,
  onTime: (instant: number) => void,
): void {
  const error = el('p', { class: 'mp-error', id: 'mp-go-to-error' });
  const input = el('input', {
    class: 'mp-input',
    type: 'text',
    'aria-label': 'Time',
    'aria-describedby': error.id,
    autocomplete: 'off',
  });
  openDialog(root, {
    title: 'Go to a time',
    body: [el('p', { class: 'mp-help-text' }, 'sat 22:15 · 28/3 22:15 · T+3h · now'), input, error],
    action: 'Go',
    onAction() {
      const windowStart = iteration?.window_start ?? now;
      const entry = readTime(input.value, { zone, now, windowStart, current: windowStart });
      setText(error, entry.kind === 'error' ? entry.message : '');
      setAttribute(input, 'aria-invalid', entry.kind === 'error' ? 'true' : null);
      if (entry.kind === 'error') return false;
      // Where clocks skip or repeat it, the first one is near enough to look.
      onTime(entry.kind === 'ok' ? entry.instant : entry.kind === 'gap' ? entry.before : entry.first);
      return true;
    },
  });
  input.focus();
}
