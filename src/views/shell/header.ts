import { drawing, el, setAttribute, setText } from '../dom.ts';
import type { ShellModel } from './model.ts';

export interface HeaderOptions {
  readonly isPage: boolean;
  readonly canSwitchPlan: boolean;
  readonly canSwitchUser: boolean;
  readonly tabs: HTMLElement;
}

const MARK = ['M1 2.5h8v3H1z', 'M4 6.5h8v3H4z', 'M8 10.5h7v3H8z'];
const DOTS = 'M3 8h.01M8 8h.01M13 8h.01';
const UNDO = 'M6 2.5L2.5 6L6 9.5M3 6h6.5a3.75 3.75 0 0 1 0 7.5H5.5';
const REDO = 'M10 2.5L13.5 6L10 9.5M13 6H6.5a3.75 3.75 0 0 0 0 7.5h4';
const CHEVRON = 'M4 6l4 4l4-4';

/** The line above every view. Its buttons carry `data-do`; the shell answers them. */
export function header({ isPage, canSwitchPlan, canSwitchUser, tabs }: HeaderOptions) {
  const planName = el(isPage ? 'h1' : 'h2', { class: 'mp-plan-name' });
  const planCode = el('span', { class: 'mp-code' });
  const switchPlan = el(
    'button',
    {
      type: 'button',
      class: 'mp-icon-button',
      'data-do': 'switch-plan',
      'aria-label': 'Open another plan',
      hidden: !canSwitchPlan,
    },
    drawing('mp-icon', CHEVRON),
  );
  const age = el('span', { class: 'mp-age' });
  const chipWords = el('span');
  const chip = el(
    'button',
    { type: 'button', class: 'mp-chip', 'data-do': 'open-chip', 'aria-haspopup': 'true' },
    el('span', { class: 'mp-chip-dot' }),
    chipWords,
  );
  const initials = el('span', { class: 'mp-avatar', 'aria-hidden': 'true' });
  const user = el(
    canSwitchUser ? 'button' : 'span',
    {
      class: 'mp-user',
      ...(canSwitchUser ? { type: 'button', 'data-do': 'switch-user', 'aria-haspopup': 'menu' } : {}),
    },
    initials,
  );
  const userName = el('span', { class: 'mp-user-name' });
  user.append(userName);
  const more = iconButton('more', DOTS, 'mp-dots');
  setAttribute(more, 'aria-haspopup', 'menu');
  setAttribute(more, 'aria-label', 'More');
  const backs = { undo: iconButton('undo', UNDO), redo: iconButton('redo', REDO) };
  const element = el(
    'div',
    { class: 'mp-header' },
    el('div', { class: 'mp-brand' }, drawing('mp-logo', ...MARK), planName, planCode, switchPlan),
    tabs,
    el('div', { class: 'mp-header-end' }, backs.undo, backs.redo, age, chip, user, more),
  );
  return {
    element,
    update(model: ShellModel) {
      setText(planName, model.planName);
      setText(planCode, model.planCode);
      setText(age, model.freshness.words);
      setAttribute(age, 'data-age', model.freshness.age);
      setText(chipWords, model.chip.words);
      setAttribute(chip, 'data-tone', model.chip.tone);
      setText(initials, initialsOf(model.userName));
      setText(userName, model.userName);
      setAttribute(user, 'title', `${model.userName} ${model.role} here`);
      for (const name of ['undo', 'redo'] as const) {
        const label = model[name] ?? `Nothing to ${name}`;
        setAttribute(backs[name], 'aria-label', label);
        setAttribute(backs[name], 'title', label);
        setAttribute(backs[name], 'aria-disabled', model[name] === null ? 'true' : null);
      }
    },
  };
}

function iconButton(act: string, path: string, className = ''): HTMLButtonElement {
  const attributes = { type: 'button', class: 'mp-icon-button', 'data-do': act };
  return el('button', attributes, drawing(`mp-icon ${className}`, path));
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  const [first = '', last = ''] = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return (first.charAt(0) + last.charAt(0)).toUpperCase();
}
