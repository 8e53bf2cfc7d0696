import { isComposed } from '../keys.ts';
import type { Hold } from './commands.ts';

/** What is typed in the search is sought at once; Enter and Escape lead back to the grid, Escape without a search. */
export function answerSearch({ searchField, table, shows }: Hold): void {
  searchField.addEventListener('input', () => shows.search(searchField.value));
  searchField.addEventListener('keydown', (event) => {
    if ((event.key !== 'Escape' && event.key !== 'Enter') || isComposed(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') shows.search('');
    const cursor = table.cursor();
    if (cursor !== null) table.focus(cursor);
  });
}
