import { el } from './dom.ts';
import { keepTyped, type Typing } from './typed-fields.ts';
import './css/dialog.css';

export interface DialogOptions {
  readonly title: string;
  readonly body: readonly (Node | string)[];
  readonly action: string;
  /** What is typed in it, kept until the dialog is closed; absent where nothing is. */
  readonly typing?: Typing;
  /** The button that leaves; "Cancel" where absent; null where the action is to leave. */
  readonly cancel?: string | null;
  /** True closes the dialog; false leaves it open with whatever the caller said inside it. */
  readonly onAction: () => boolean;
}

export interface Dialog {
  readonly element: HTMLDialogElement;
  readonly action: HTMLButtonElement;
}

/** A form in the top layer: Enter acts, Escape leaves, focus goes back to where it was. */
export function openDialog(root: Element, options: DialogOptions): Dialog {
  const { title, body, action, typing, onAction } = options;
  const submitButton = el('button', { type: 'submit', class: 'mp-button', 'data-tone': 'primary' }, action);
  const { cancel: leave = 'Cancel' } = options;
  const cancel =
    leave === null ? null : el('button', { type: 'button', class: 'mp-button', 'data-tone': 'plain' }, leave);
  const content = el('div', { class: 'mp-dialog-body' }, ...body);
  const form = el(
    'form',
    { novalidate: true },
    el('h2', { class: 'mp-dialog-title' }, title),
    content,
    el('div', { class: 'mp-dialog-foot' }, ...(cancel === null ? [] : [cancel]), submitButton),
  );
  const element = el('dialog', { class: 'mp-dialog', 'aria-label': title }, form);
  cancel?.addEventListener('click', () => element.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (onAction()) element.close();
  });
  // Keys pressed in here mean nothing to the grid below.
  element.addEventListener('keydown', (event) => event.stopPropagation());
  element.addEventListener('close', () => {
    typing?.draft.drop();
    element.remove();
  });
  const unsaved = typing && keepTyped(element, typing);
  if (unsaved) content.prepend(unsaved);
  (root.closest('.mp-root') ?? root).append(element);
  element.showModal();
  return { element, action: submitButton };
}
