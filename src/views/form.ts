import type { Unmount } from './deps.ts';
import { openDialog } from './dialog.ts';
import { el, setAttribute, setText } from './dom.ts';
import type { Draft } from './drafts.ts';
import { labelled } from './labelled.ts';
import './css/form.css';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** `text`: several lines. `choice` needs `choices`. */
  readonly kind: 'line' | 'text' | 'choice';
  readonly choices?: readonly (readonly [value: string, label: string])[];
  readonly hint?: string;
  readonly isWide?: boolean;
  /** What fits what is typed so far, best first: offered below the field. */
  readonly suggest?: (text: string) => readonly string[];
}

export interface FormProblem {
  /** Null: about no one field. */
  readonly field: string | null;
  readonly message: string;
}

/** What was typed, without blanks at its ends. */
export type FormValues = { readonly [name: string]: string };

export interface FormOptions {
  readonly title: string;
  /** Where what is typed is kept until it is saved or left. */
  readonly draft: Draft;
  readonly intro?: string;
  readonly fields: readonly FormField[];
  readonly action: string;
  /** More below the fields: a preview. */
  readonly more?: HTMLElement;
  /** Called with what is typed now, at the start and after every change. */
  readonly onChange?: (values: FormValues) => void;
  /** Calls back whenever what the preview rests on may have changed, until the returned function is called. */
  readonly follow?: (update: () => void) => Unmount;
  /** Null closes the dialog; a problem is said beside its field, and everything typed stays. */
  readonly onAction: (values: FormValues) => FormProblem | null;
}

/** A dialog of named fields. What is typed is the reader's: nothing that arrives meanwhile changes it. */
export function openForm(root: Element, options: FormOptions): void {
  const { title, draft, intro, action, more, onChange, follow, onAction } = options;
  const entries = options.fields.map(entryOf);
  const general = el('p', { class: 'mp-error', role: 'alert' });
  const values = (): FormValues => Object.fromEntries(entries.map(({ name, input }) => [name, input.value.trim()]));

  function tell(problem: FormProblem | null): void {
    const named = entries.find(({ name }) => name === problem?.field);
    for (const entry of entries) {
      const isMeant = problem !== null && entry === named;
      setText(entry.error, isMeant ? problem.message : '');
      setAttribute(entry.input, 'aria-invalid', isMeant ? 'true' : null);
    }
    setText(general, problem !== null && named === undefined ? problem.message : '');
    named?.input.focus();
  }

  const { element } = openDialog(root, {
    title,
    body: [
      ...(intro === undefined ? [] : [el('p', { class: 'mp-help-text' }, intro)]),
      el('div', { class: 'mp-form' }, ...entries.map(({ element: entry }) => entry)),
      ...(more === undefined ? [] : [more]),
      general,
    ],
    action,
    typing: { draft, controls: Object.fromEntries(entries.map(({ name, input }) => [name, input])) },
    onAction() {
      const problem = onAction(values());
      tell(problem);
      return problem === null;
    },
  });
  const change = () => onChange?.(values());
  element.addEventListener('input', change);
  if (follow !== undefined) element.addEventListener('close', follow(change));
  change();
  const [first] = entries;
  first?.input.focus();
  if (first?.input instanceof HTMLInputElement) first.input.select();
}

let formCount = 0;

function entryOf({ name, label, value, kind, choices = [], hint, isWide, suggest }: FormField) {
  formCount += 1;
  const error = el('p', { class: 'mp-error', id: `mp-form-error-${formCount}` });
  const hints = hint === undefined ? [] : [el('p', { class: 'mp-help-text', id: `mp-form-hint-${formCount}` }, hint)];
  const attributes = {
    class: 'mp-input',
    name,
    'aria-describedby': [error, ...hints].map(({ id }) => id).join(' '),
  };
  const input =
    kind === 'choice'
      ? el('select', attributes, ...choices.map(([key, words]) => el('option', { value: key }, words)))
      : kind === 'text'
        ? el('textarea', { ...attributes, rows: 2 })
        : el('input', { ...attributes, type: 'text', autocomplete: 'off', spellcheck: 'false' });
  input.value = value;
  const offers = suggest === undefined ? [] : [offersFor(input, suggest)];
  const element = el(
    'div',
    { class: 'mp-form-entry', 'data-kind': kind, 'data-wide': isWide },
    labelled(label, input),
    ...offers,
    ...hints,
    error,
  );
  return { name, input, error, element };
}

function offersFor(input: HTMLElement & { readonly value: string }, suggest: (text: string) => readonly string[]) {
  const list = el('datalist', { id: `mp-form-offers-${formCount}` });
  const update = () => list.replaceChildren(...suggest(input.value).map((value) => el('option', { value })));
  setAttribute(input, 'list', list.id);
  input.addEventListener('input', update);
  update();
  return list;
}
