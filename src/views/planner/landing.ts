import { el } from '../dom.ts';
import './slip-dialog.css';

const SHOWN = 6;

/** Where chapters would stand, a line each: the first few, and how many more. */
export function landingLines<T extends { readonly code: string }>(
  chapters: readonly T[],
  words: (chapter: T) => readonly (Node | string)[],
): readonly HTMLElement[] {
  const shown = chapters
    .slice(0, SHOWN)
    .map((chapter) => el('li', {}, el('span', { class: 'mp-code' }, chapter.code), ' ', ...words(chapter)));
  if (chapters.length > SHOWN) shown.push(el('li', {}, `and ${chapters.length - SHOWN} more`));
  return shown;
}
