import { el, setAttribute, setText } from '../dom.ts';
import { labelled } from '../labelled.ts';
import type { Reading } from './typed-times.ts';

/** What is wrong with a text, or asked about it. */
export type Unread = Extract<Reading, { kind: 'ask' | 'error' }>;

/** One text that says a time, with what is wrong with it, or the times that it may mean, below. */
export function timeInput(name: string, label: string) {
  const error = el('p', { class: 'mp-error', id: `mp-times-${name}-error` });
  const choices = el('div', { class: 'mp-choices' });
  const input = el('input', { class: 'mp-input', type: 'text', autocomplete: 'off', 'aria-describedby': error.id });
  const entry = {
    element: el('div', {}, labelled(label, input), error, choices),
    input,
    isTyped: false,
    /** '' where all is well. */
    say(sentence: string): void {
      setText(error, sentence);
      setAttribute(input, 'aria-invalid', sentence === '' ? null : 'true');
      choices.replaceChildren();
    },
    /** Each as a button; pressed, it names this field and its instant. */
    ask(unread: Unread): void {
      entry.say(unread.kind === 'ask' ? unread.question : unread.message);
      if (unread.kind !== 'ask') return;
      const kind = {
        type: 'button',
        class: 'mp-button',
        'data-size': 'small',
        'data-do': 'choose',
        'data-field': name,
      };
      choices.append(
        ...unread.choices.map((choice) => el('button', { ...kind, 'data-instant': choice.instant }, choice.label)),
      );
    },
    /** Nothing was typed, so nothing is wrong with it. */
    forget(): void {
      entry.isTyped = false;
      entry.say('');
    },
  };
  return entry;
}
