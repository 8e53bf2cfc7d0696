/** Which sheet of a workbook is imported, where it has several. */
import { ImportError } from '../../store/exchange/imported.ts';
import type { ReadFile } from '../../store/exchange/read-file.ts';
import { el, setShown } from '../dom.ts';
import type { Source } from './import-source.ts';

interface SheetOptions {
  readonly onRead: (file: ReadFile) => void;
  /** The sheet before it stays; a sentence for the person. */
  readonly onError: (message: string) => void;
}

export function sheetChoice({ onRead, onError }: SheetOptions) {
  const select = el('select', { class: 'mp-input' });
  const element = el('label', { class: 'mp-exchange-sheet' }, el('span', { class: 'mp-label' }, 'Sheet'), select);
  let from: NonNullable<Source['from']> | null = null;

  /** Null: there is nothing to choose from. */
  function show(source: Source['from'] | null): void {
    from = source ?? null;
    const names = from?.workbook.sheets ?? [];
    select.replaceChildren(...names.map((name, at) => el('option', { value: String(at) }, name)));
    select.value = String(from?.sheet ?? '');
    setShown(element, names.length > 1);
  }

  async function choose(sheet: number): Promise<void> {
    const asked = from;
    if (asked === null) return;
    const back = (message: string) => {
      select.value = String(asked.sheet);
      onError(message);
    };
    try {
      const file = await asked.workbook.read(sheet);
      // Another file or another sheet was chosen meanwhile.
      if (from !== asked || Number(select.value) !== sheet) return;
      if (file === null) {
        back(`The sheet “${asked.workbook.sheets[sheet]}” is empty.`);
        return;
      }
      from = { ...asked, sheet };
      onRead(file);
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      if (from === asked) back(error.message);
    }
  }

  select.addEventListener('change', () => void choose(Number(select.value)));
  show(null);
  return { element, show };
}
