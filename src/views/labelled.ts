import { el } from './dom.ts';

/** A control under its name, which a click on the name leads to. */
export function labelled(label: string, control: HTMLElement): HTMLElement {
  return el('label', { class: 'mp-field' }, el('span', { class: 'mp-label' }, label), control);
}
