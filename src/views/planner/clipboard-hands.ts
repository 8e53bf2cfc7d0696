/** Rows to a spreadsheet and from one: Ctrl+C, Ctrl+X and Ctrl+V in the planner. */
import { counted } from '../../store/words.ts';
import { door } from '../door.ts';
import { isTyping } from '../keys.ts';
import { handOver } from '../pasted.ts';
import { openTab, say, tell } from '../say.ts';
import type { CommandsOptions } from './commands.ts';
import { cursorAt } from './cursor.ts';

type Copying = typeof import('./copied-rows.ts');

export function clipboard({ element, store, model, selectedLines }: CommandsOptions): void {
  const copying = door(element, 'What copies rows', () => import('./copied-rows.ts'));
  // A browser asks for what is copied and does not wait for it.
  let here: Copying | null = null;
  void copying.arrive().then((part) => {
    here = part;
  });

  /** The selected chapters, or those that the cursor stands on. */
  function chaptersMeant(target: EventTarget | null): ReadonlySet<string> {
    const ids = selectedLines().map(({ id }) => id);
    const rowId = cursorAt(target)?.rowId;
    return new Set(ids.length > 0 || rowId === undefined ? ids : chaptersAt(rowId));
  }

  /** The chapter of a row, or all of a phase. */
  function chaptersAt(rowId: string): readonly string[] {
    const { chapters, phases } = store.view().rows;
    if (!phases.has(rowId)) return [rowId];
    return [...chapters.values()].filter(({ phase_id }) => phase_id === rowId).map(({ id }) => id);
  }

  /** Hands the rows that are meant to the clipboard; null where they are none, or not handed over. */
  function copy(event: ClipboardEvent): string | null {
    const { target, clipboardData: data } = event;
    const { iteration } = model();
    // A text that was marked is copied as everywhere.
    if (isTyping(target) || getSelection()?.isCollapsed === false || iteration === null || data === null) return null;
    const ids = chaptersMeant(target);
    if (ids.size === 0) return null;
    event.preventDefault();
    if (here === null) {
      void copying.enter((part) => {
        here = part;
        say(element, 'Nothing was copied yet: copy once more.');
      });
      return null;
    }
    const { html, text, count } = here.copiedRows(store.view(), iteration.id, ids);
    data.setData('text/html', html);
    data.setData('text/plain', text);
    return `${counted(count, 'chapter')} copied`;
  }

  element.addEventListener('copy', (event) => {
    const copied = copy(event);
    if (copied !== null) say(element, `${copied}.`);
  });

  // A spreadsheet removes what was cut where it is pasted. A chapter has one place in the plan, pasting never moves it, and where else
  // it is pasted nobody here can know: to remove now what may be pasted nowhere would take a night's times from everybody's screen.
  element.addEventListener('cut', (event) => {
    const copied = copy(event);
    if (copied === null) return;
    const out = `Shift+F10 takes out of ${model().iteration?.code}, Del removes from the plan.`;
    tell(element, `${copied}; nothing was removed. ${out}`);
  });

  // What the rows of a spreadsheet would do is shown where files are read, before anything changes.
  element.addEventListener('paste', (event) => {
    const { target, clipboardData: data } = event;
    if (data === null || isTyping(target) || !isTable(data)) return;
    event.preventDefault();
    handOver(data);
    openTab(element, 'exchange');
  });
}

/** More than a word or a line of text. */
function isTable(data: DataTransfer): boolean {
  return data.getData('text/html').includes('<table') || /[\t\n]/.test(data.getData('text/plain').trim());
}
