import type { PlanView } from '../../store/view.ts';
import { el, setText } from '../dom.ts';
import { areLetterKeysOn, isLetter, type LetterKeys, shownKey } from '../keys.ts';
import { keepLetterKeys, letterKeysOf } from '../letter-keys.ts';
import '../css/dialog.css';
import { openOwnKeys } from './own-keys-dialog.ts';
import './help.css';

const KEYS: readonly (readonly [where: string, keys: readonly (readonly [keys: string, act: string])[]])[] = [
  [
    'Planner',
    [
      ['↑ ↓', 'From row to row, or cell to cell'],
      ['→ · ←', 'Open a phase, enter its cells · leave, close'],
      ['Enter or F2', 'Edit the cell'],
      ['0–9 · +', 'In a time: type over it'],
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
      ['F5', 'Loads the page anew, as everywhere; G goes to a time'],
      ['/ · J K · V', 'Search · next and previous finding · variance'],
      ['Ctrl+C', 'The selected rows, for a spreadsheet or a mail'],
      ['Ctrl+X', 'The same: removes nothing'],
      ['Ctrl+V', 'Rows of a spreadsheet: shows what they would change'],
      ['Ctrl+D', 'Fill the cell down through the selected rows'],
    ],
  ],
  [
    'The plan itself',
    [
      ['Shift+F10', 'What can be done to the row'],
      ['A or Ins', 'Add a chapter after the row'],
      ['C or Shift+F2', 'Change the chapter or phase'],
      ['Alt+↑ ↓', 'Move it up or down, into the next phase'],
      ['L or Ctrl+F2', 'What the chapter waits for, and what waits for it'],
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
      ['Ctrl+K', 'Commands: all that can be done here, by name'],
      ['Ctrl+Z · Ctrl+Y', 'Undo · redo'],
      ['?', 'This list'],
    ],
  ],
];

const OFF =
  'Off on this device: keys of one letter or sign do nothing, so that speech or a slip starts nothing. Buttons, menus and all other keys do as before.';
const ON = 'On. Whoever speaks to the device, or meets them by accident, can switch them off.';

/** Opens the list of keys as a dialog; Escape closes it and gives focus back. */
export function openHelp(root: HTMLElement, view: PlanView): void {
  const areOn = el('input', { type: 'checkbox', role: 'switch', checked: letterKeysOf(view).areOn });
  const meaning = el('span', { class: 'mp-help-text', id: 'mp-letter-keys' });
  areOn.setAttribute('aria-describedby', meaning.id);
  const list = el('div');
  const close = el('button', { type: 'button', class: 'mp-button', 'data-tone': 'primary', autofocus: true }, 'Close');
  const change = el('button', { type: 'button', class: 'mp-button' }, 'Give acts other keys…');
  const dialog = el(
    'dialog',
    { class: 'mp-dialog mp-help', 'aria-label': 'Keys' },
    el('h2', { class: 'mp-dialog-title' }, 'Keys'),
    el('p', { class: 'mp-help-switch' }, el('label', {}, areOn, 'Keys of one letter'), meaning),
    list,
    el('div', { class: 'mp-dialog-foot' }, change, close),
  );

  function show(): void {
    setText(meaning, areOn.checked ? ON : OFF);
    list.replaceChildren(...KEYS.map(([where, keys]) => partOf(where, keys, root)));
  }

  function keep(changed: Partial<LetterKeys>): void {
    keepLetterKeys(root, view, { ...letterKeysOf(view), ...changed });
    show();
  }

  areOn.addEventListener('change', () => keep({ areOn: areOn.checked }));
  change.addEventListener('click', () => openOwnKeys(root, letterKeysOf(view).own, (own) => keep({ own })));
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  show();
  root.append(dialog);
  dialog.showModal();
  // The button at its end has the focus; the list is read from its beginning.
  dialog.scrollTop = 0;
}

function partOf(where: string, keys: readonly (readonly [keys: string, act: string])[], root: Element): HTMLElement {
  const lines = keys.map(([key, act]) => el('div', {}, el('dt', {}, ...keysOf(key, root)), el('dd', {}, act)));
  return el('section', { class: 'mp-help-part' }, el('h3', {}, where), el('dl', {}, ...lines));
}

/** `A or Ins`: with letters switched off, `A off or Ins` with A struck out; where the reader has another key for A, that one. */
function keysOf(keys: string, root: Element): readonly (Node | string)[] {
  // Between two that are off, one word is enough.
  return keys.split(/( or )/).flatMap((part) => {
    const names = part.split(/ · | /);
    const isTyped = names.includes('0–9');
    const isOfLetters = part !== ' or ' && (isTyped || names.every(isLetter)) && !/[↑↓←→]/.test(part);
    if (!isOfLetters) return [part];
    if (!areLetterKeysOn(root)) return [el('s', {}, part), ' off'];
    return [isTyped ? part : part.replaceAll(/[^ ·]/gu, (key) => shownKey(key, root) || '–')];
  });
}
