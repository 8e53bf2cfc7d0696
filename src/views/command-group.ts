/** What can be done, told by the view that is open to whoever asks for all of it by name. */
import type { MenuItem } from './menu.ts';

export interface CommandGroup {
  readonly title: string;
  readonly items: readonly MenuItem[];
  /** Too many to read through: shown only to whoever types. */
  readonly isLong?: boolean;
}

export type Offer = (group: CommandGroup) => void;

/** The view calls back for each group, now or once its code is here. */
export function askForCommands(view: Element, offer: Offer): void {
  view.dispatchEvent(new CustomEvent<Offer>('mp-commands', { detail: offer }));
}

export function answerAsked(view: Element, answer: (offer: Offer) => void): void {
  view.addEventListener('mp-commands', (event) => answer((event as CustomEvent<Offer>).detail));
}
