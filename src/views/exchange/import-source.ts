/** Where an import comes from: a file that is chosen or dropped, or a table that is pasted. */
import { decodeFile, tooLargeSentence } from '../../store/exchange/decode-file.ts';
import { ImportError } from '../../store/exchange/imported.ts';
import { type ReadFile, readFile } from '../../store/exchange/read-file.ts';
import { isArchive, type Workbook } from '../../store/workbook/open-workbook.ts';
import { readWorkbook } from '../../store/workbook/read-workbook.ts';
import { el } from '../dom.ts';
import type { Draft } from '../drafts.ts';
import { heldFrom } from '../pasted.ts';
import { keepTyped } from '../typed-fields.ts';
import { type Pasted, pastedFrom, readPasted } from './pasted-table.ts';

export interface Source {
  readonly file: ReadFile;
  /** Where it comes from, and the place of its sheet in it. */
  readonly from?: { readonly workbook: Workbook; readonly sheet: number };
  /** What was read, where it stands nowhere but in this page. */
  readonly pasted?: Pasted;
  /** What is to be told of it. */
  readonly told?: string;
}

export interface SourceOptions {
  /** Of a table that somebody types. */
  readonly draft: Draft;
  /** A page that seems to hang is left: it is told before the work begins. */
  readonly onReading: (name: string) => void;
  readonly onRead: (name: string, read: Source) => void;
  /** Nothing of it was read; a sentence for the person. */
  readonly onError: (message: string) => void;
}

const PASTED = 'pasted table';
/** All that can be read, by the endings that files of it usually have. */
const ENDINGS =
  '.xlsx,.xlsm,.csv,.tsv,.txt,.xml,.json,text/csv,text/tab-separated-values,application/json,application/xml,text/xml';

export function importSource({ draft, onReading, onRead, onError }: SourceOptions) {
  const input = el('input', {
    type: 'file',
    accept: ENDINGS,
    hidden: true,
    'aria-label': 'File to import',
    tabindex: -1,
  });
  const choose = el('button', { type: 'button', class: 'mp-button', 'data-tone': 'primary' }, 'Choose a file…');
  const paste = el('textarea', {
    class: 'mp-input mp-exchange-paste',
    rows: 2,
    'aria-label': 'Paste a table',
    placeholder: 'Or paste cells here, as copied from Excel, Confluence or a mail',
    spellcheck: 'false',
  });
  const element = el(
    'div',
    { class: 'mp-exchange-source' },
    el(
      'div',
      {},
      choose,
      input,
      el(
        'p',
        { class: 'mp-help-text' },
        'Excel (.xlsx), CSV, TSV, Microsoft Project XML or Macroplan JSON. You can drop it here too.',
      ),
    ),
    paste,
  );
  const unsaved = keepTyped(paste, { draft, controls: { table: paste } });
  if (unsaved) element.append(unsaved);

  async function attempt(name: string, read: () => Source | Promise<Source>): Promise<void> {
    onReading(name);
    // Two frames: after the first one the browser has yet to paint it.
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    try {
      onRead(name, await read());
    } catch (error) {
      if (!(error instanceof ImportError || error instanceof DOMException)) throw error;
      onError(error.message);
    }
  }

  function take(file: File | undefined | null): void {
    if (file == null) return;
    const tooLarge = tooLargeSentence(file.size);
    if (tooLarge === null) void attempt(file.name, async () => sourceOf(new Uint8Array(await file.arrayBuffer())));
    else onError(tooLarge);
  }

  function takePasted(take: () => Pasted, told = ''): void {
    void attempt(PASTED, () => {
      const pasted = take();
      return { file: readPasted(pasted), pasted, told };
    });
  }

  choose.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    take(input.files?.[0]);
    // The same file, corrected, is another one.
    input.value = '';
  });
  paste.addEventListener('paste', (event) => {
    event.preventDefault();
    const data = event.clipboardData;
    if (data?.files[0]) take(data.files[0]);
    else if (data) {
      const held = heldFrom(data);
      takePasted(() => pastedFrom(held));
    }
  });
  // For whoever types or dictates a table.
  paste.addEventListener('change', () => {
    const { value } = paste;
    paste.value = '';
    draft.drop();
    unsaved?.remove();
    if (value.trim() !== '') takePasted(() => ({ text: value }));
  });
  element.addEventListener('dragover', (event) => {
    event.preventDefault();
    element.toggleAttribute('data-over', true);
  });
  element.addEventListener('dragleave', () => element.removeAttribute('data-over'));
  element.addEventListener('drop', (event) => {
    event.preventDefault();
    element.removeAttribute('data-over');
    take(event.dataTransfer?.files[0]);
  });
  return { element, choose, takePasted };
}

async function sourceOf(bytes: Uint8Array<ArrayBuffer>): Promise<Source> {
  if (!isArchive(bytes)) return { file: readFile(decodeFile(bytes)) };
  const { file, ...from } = await readWorkbook(bytes);
  return { file, from };
}
