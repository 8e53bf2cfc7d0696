import { el } from './dom.ts';

/** A button that asks its view for an act: the click carries `data-do`. */
export function actButton(act: string, label: string, tone: 'primary' | 'outline' | 'plain'): HTMLButtonElement {
  return el('button', { type: 'button', class: 'mp-button', 'data-do': act, 'data-tone': tone }, label);
}
