import { el } from '../dom.ts';

const KEYS: readonly (readonly [where: string, keys: readonly (readonly [keys: string, act: string])[]])[] = [
  [
    'Planner',
    [
      ['↑ ↓ ← →', 'Move between cells'],
      ['Enter or F2', 'Edit the cell; just type to replace a time'],
      ['Enter · Tab', 'Keep, stay · keep, go to the next cell'],
      ['Esc', 'Leave without a change'],
      ['Space', 'Select the row'],
      ['M', 'Move the selected chapters by minutes'],
      ['T', 'Set start, end and duration'],
      ['Esc while dragging', 'Put the bar back'],
    ],
  ],
  [
    'Times',
    [
      ['2215 · 22:15 · 10:15pm', 'The time, on the same day'],
      ['sat 22:15 · 28/3 22:15', 'On that day'],
      ['+45m · -1h', 'From where it stands'],
      ['T-2h · now', 'From the start of the window · this minute'],
      ['45 · 1h30 · 2:30 · 1.5h', 'Durations'],
    ],
  ],
  [
    'Conflicts',
    [
      ['J · K', 'Next · previous'],
      ['1 · 2 · 3', 'Keep theirs · use mine · edit'],
    ],
  ],
  ['Everywhere', [['?', 'This list']]],
];

/** Opens the list of keys as a dialog; Escape closes it and gives focus back. */
export function openHelp(root: HTMLElement): void {
  const close = el('button', { type: 'button', class: 'mp-button', 'data-tone': 'primary', autofocus: true }, 'Close');
  const dialog = el(
    'dialog',
    { class: 'mp-dialog mp-help', 'aria-label': 'Keys' },
    el('h2', { class: 'mp-dialog-title' }, 'Keys'),
    ...KEYS.map(([where, keys]) =>
      el(
        'section',
        { class: 'mp-help-part' },
        el('h3', {}, where),
        el('dl', {}, ...keys.map(([key, act]) => el('div', {}, el('dt', {}, key), el('dd', {}, act)))),
      ),
    ),
    el('div', { class: 'mp-dialog-foot' }, close),
  );
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
}
