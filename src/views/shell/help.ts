import { el } from '../dom.ts';
import '../css/dialog.css';
import './help.css';

const KEYS: readonly (readonly [where: string, keys: readonly (readonly [keys: string, act: string])[]])[] = [
  [
    'Planner',
    [
      ['↑ ↓', 'From row to row, or cell to cell'],
      ['→ · ←', 'Open a phase, enter its cells · leave, close'],
      ['Enter or F2', 'Edit the cell; just type to replace a time'],
      ['Enter · Tab', 'Keep, stay · keep, go to the next cell'],
      ['Esc', 'Leave without a change, put a bar back'],
      ['S · E · D · T', 'Start · end · duration · all three; of all selected rows at once'],
      ['Space · Shift+↓ · Ctrl+A', 'Select the row · more · all'],
      ['Ctrl+click · Shift+click', 'Select a row or bar too · all up to it'],
      ['H', 'Select everything from here on'],
      ['Drag beside bars · with Shift', 'Select the bars it touches · these too'],
      ['M', 'Move the selected chapters, by +30 or to sat 22:15'],
      ['Shift+Enter', 'Keep a typed time and push what comes after'],
      ['Shift · Ctrl while dragging', 'Push what comes after · take it along'],
      ['Alt+← →', 'Move the bar; with Shift its end, with Ctrl its start'],
      ['N · F · + − · [ ] · G', 'Now · fit · zoom · a day on · go to a time'],
      ['/ · J K · V', 'Search · next and previous finding · variance'],
      ['Ctrl+C', 'The selected rows, for a spreadsheet or a mail'],
      ['Ctrl+V', 'Rows of a spreadsheet: shows what they would change'],
      ['Ctrl+D', 'Fill the cell down through the selected rows'],
    ],
  ],
  [
    'The plan itself',
    [
      ['Shift+F10', 'What can be done to the row'],
      ['A or Ins', 'Add a chapter after the row'],
      ['C', 'Change the chapter or phase'],
      ['Alt+↑ ↓', 'Move it up or down, into the next phase'],
      ['L', 'What the chapter waits for, and what waits for it'],
      ['Del', 'Remove it, and what hangs on it'],
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
      ['1 · 2 · 3 · 4', 'Keep theirs · use mine · edit · both'],
    ],
  ],
  [
    'Everywhere',
    [
      ['Ctrl+Z · Ctrl+Y', 'Undo · redo'],
      ['?', 'This list'],
    ],
  ],
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
  // The button at its end has the focus; the list is read from its beginning.
  dialog.scrollTop = 0;
}
