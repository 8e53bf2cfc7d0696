/** The way in: a file or a pasted table, what it would do, and one edit that does it. Nothing changes before that. */
import { whyNotChange } from '../../store/abilities.ts';
import type { DateOrder } from '../../store/exchange/cell-time.ts';
import { countText, type ImportPlan, importLabel } from '../../store/exchange/import-plan.ts';
import { type ImportAnswers, previewImport } from '../../store/exchange/preview-import.ts';
import type { ReadFile } from '../../store/exchange/read-file.ts';
import { dateOrderIn } from '../../store/exchange/read-table.ts';
import { whatFollows } from '../../store/exchange/what-follows.ts';
import type { Iteration } from '../../store/rows.ts';
import { counted } from '../../store/words.ts';
import { actButton } from '../act-button.ts';
import type { ViewDeps } from '../deps.ts';
import { el, setAttribute, setShown, setText } from '../dom.ts';
import { download } from '../download.ts';
import type { Draft, Drafts } from '../drafts.ts';
import { takeHandedOver } from '../pasted.ts';
import { say } from '../say.ts';
import { serverMinute } from '../server-now.ts';
import { submit } from '../submit.ts';
import { columnChoice } from './column-choice.ts';
import { importFollows } from './import-follows.ts';
import { importLines } from './import-lines.ts';
import { countsText, importReport, type LineFilter } from './import-model.ts';
import { importSource, type Source } from './import-source.ts';
import { answersDraft, keepAnswers, keptAnswers } from './kept-answers.ts';
import { type Pasted, pastedFrom } from './pasted-table.ts';
import { sheetChoice } from './sheet-choice.ts';

interface Loaded {
  readonly name: string;
  readonly file: ReadFile;
}

interface PartDeps extends Pick<ViewDeps, 'store' | 'clock' | 'newId'> {
  readonly drafts: Drafts;
}

export function importPart({ store, clock, newId, drafts }: PartDeps, iterationOf: () => Iteration | null) {
  const whyNot = el('p', { class: 'mp-help-text' });
  const error = el('p', { class: 'mp-error' });
  const told = el('p', { class: 'mp-help-text' });
  const title = el('h3', { class: 'mp-card-title' });
  const about = el('p', { class: 'mp-help-text' });
  const sheets = sheetChoice({
    onRead: (file) => load({ file }),
    onError: (message) => put(error, message),
  });
  const answered = el(
    'div',
    { class: 'mp-unsaved' },
    el('p', { class: 'mp-help-text' }, 'Columns and dates are read as you had said of this table before.'),
    actButton('forget-answers', 'Start again', 'outline'),
  );
  const columns = el('div');
  const dayFirst = orderButton('day-first', 'Day first: 3 April');
  const monthFirst = orderButton('month-first', 'Month first: 4 March');
  const question = el(
    'div',
    { class: 'mp-exchange-question' },
    el('span', {}, 'Dates such as 3/4/2026 say the'),
    el('div', { class: 'mp-segments', role: 'group', 'aria-label': 'Dates such as 3/4/2026' }, dayFirst, monthFirst),
  );
  const remarks = el('ul', { class: 'mp-exchange-remarks' });
  const lines = importLines();
  const follows = importFollows();
  const obstacle = el('p', { class: 'mp-error' });
  const commit = actButton('import', 'Import', 'primary');
  const preview = el(
    'div',
    { class: 'mp-exchange-preview' },
    el('div', { class: 'mp-exchange-bar' }, title, actButton('forget', 'Take it away', 'plain')),
    sheets.element,
    about,
    answered,
    columns,
    question,
    remarks,
    ...follows.elements,
    ...lines.elements,
    obstacle,
    el('div', { class: 'mp-exchange-bar' }, commit, actButton('report', 'Save report', 'outline')),
  );
  const draft = drafts.ofNew('import');
  const source = importSource({
    draft: drafts.ofNew('table'),
    onReading: (name) => {
      clear();
      tell(`Reading ${name}…`);
    },
    onRead: (name, read) => {
      sheets.show(read.from ?? null);
      load(read, name);
      tell(keepPasted(read.pasted) ? (read.told ?? '') : TOO_LONG);
    },
    onError: (message) => {
      forget();
      put(error, `Nothing is imported. ${message}`);
      say(element, `Nothing is imported. ${message}`);
    },
  });
  const element = el(
    'section',
    { class: 'mp-exchange-part' },
    el('h2', { class: 'mp-headline' }, 'Import'),
    whyNot,
    source.element,
    error,
    told,
    preview,
  );

  let loaded: Loaded | null = null;
  let answers: ImportAnswers = {};
  /** Of the answers; null: this file asks for none. */
  let answersKept: Draft | null = null;
  let filter: LineFilter = 'all';
  let plan: ImportPlan | null = null;
  let order: ReturnType<typeof dateOrderIn> | null = null;
  /** What the plan was made from: it is made anew only where one of them changed. */
  let madeFrom: readonly unknown[] = [];

  function tell(text: string): void {
    put(error, '');
    put(told, text);
  }

  function load({ file }: Source, name = loaded?.name ?? ''): void {
    loaded = { name, file };
    answersKept = file.kind === 'table' ? answersDraft(drafts, file.header) : null;
    const before = answersKept && file.kind === 'table' ? keptAnswers(answersKept, file.header) : null;
    setShown(answered, before !== null);
    begin(before ?? {});
    filter = 'all';
    tell('');
    render();
    if (plan) say(element, `${name}: ${countsText(plan)}.`);
  }

  /** Shows a table with what was said of its columns so far. */
  function begin(from: ImportAnswers): void {
    answers = from;
    const header = loaded?.file.kind === 'table' ? loaded.file.header : null;
    const asRead = header && { ...header, mapping: from.mapping ?? header.mapping };
    columns.replaceChildren(...(asRead ? [columnChoice(asRead, (mapping) => answer({ mapping }))] : []));
  }

  /** False: it is too long. What stands in a file stands there. */
  function keepPasted(pasted: Pasted | undefined): boolean {
    return draft.keep(pasted === undefined ? {} : { pasted: { text: JSON.stringify(pasted), over: '' } });
  }

  function forget(): void {
    draft.drop();
    answersKept?.drop();
    clear();
  }

  function clear(): void {
    loaded = null;
    sheets.show(null);
    plan = null;
    answersKept = null;
    answers = {};
    filter = 'all';
    tell('');
    render();
  }

  function answer(more: ImportAnswers): void {
    answers = { ...answers, ...more };
    if (answersKept) keepAnswers(answersKept, answers);
    render();
  }

  function render(): void {
    const view = store.view();
    const reason = whyNotChange(view);
    put(whyNot, reason ?? '');
    setShown(source.element, reason === null);
    setShown(preview, loaded !== null && reason === null);
    if (loaded === null) return;
    const { name, file } = loaded;
    const iteration = iterationOf();
    const from = [view.rows, view.role, iteration, file, answers];
    if (plan === null || from.some((part, i) => part !== madeFrom[i])) {
      plan = previewImport(file, { view, iteration, newId, now: serverMinute({ store, clock }) }, answers);
      order = file.kind === 'table' ? dateOrderIn(file.header, answers.mapping ?? file.header.mapping) : null;
      madeFrom = from;
      const { ops, obstacle: stops } = plan;
      const now = serverMinute({ store, clock });
      follows.update(
        iteration,
        iteration && stops === null && ops.length > 0 ? whatFollows(view, { iteration, ops, now }) : null,
      );
    }
    const said = answers.order ?? order?.order ?? null;
    const isOpen = order?.isNeeded === true && said === null;
    setText(title, name);
    setText(about, aboutText(file, iteration));
    setShown(question, order?.isNeeded === true);
    setAttribute(question, 'data-open', isOpen);
    for (const button of [dayFirst, monthFirst])
      setAttribute(button, 'aria-pressed', String(button.dataset.order === said));
    remarks.replaceChildren(...plan.remarks.map((remark) => el('li', {}, remark)));
    setShown(remarks, plan.remarks.length > 0);
    lines.update(plan, filter);
    const stops = isOpen ? 'Say first whether these dates begin with the day or the month.' : plan.obstacle;
    put(obstacle, stops ?? '');
    setText(commit, plan.ops.length === 0 ? 'Nothing to import' : `Import ${countText(plan)}`);
    commit.disabled = plan.ops.length === 0 || stops !== null;
  }

  async function importNow(): Promise<void> {
    if (loaded === null || plan === null || commit.disabled) return;
    const words = countsText(plan);
    const submission = { label: importLabel(loaded.name, plan), ops: plan.ops, saying: `Imported: ${words}.` };
    commit.disabled = true;
    const isKept = await submit(element, store, submission);
    if (!isKept) {
      render();
      return;
    }
    forget();
    tell(`Imported: ${words}. Undo takes all of it back.`);
    source.choose.focus();
  }

  const handedOver = takeHandedOver();
  const before = draft.typed()?.pasted?.text;
  if (handedOver !== null) source.takePasted(() => pastedFrom(handedOver));
  else if (before !== undefined) {
    source.takePasted(() => JSON.parse(before) as Pasted, 'You had pasted this and not imported it.');
  }

  return {
    element,
    update: render,
    /** Answers a click on one of the part's buttons. */
    act(target: HTMLElement): void {
      switch (target.dataset.do) {
        case 'filter':
          filter = target.dataset.filter as LineFilter;
          render();
          break;
        case 'date-order':
          answer({ order: target.dataset.order as DateOrder });
          break;
        case 'forget-answers':
          answersKept?.drop();
          setShown(answered, false);
          begin({});
          render();
          columns.querySelector<HTMLElement>('summary')?.focus();
          break;
        case 'forget':
          forget();
          source.choose.focus();
          break;
        case 'report':
          if (loaded && plan) download(importReport(plan), `${loaded.name}-report.csv`, 'text/csv');
          break;
        case 'import':
          void importNow();
          break;
        default:
      }
    },
  };
}

const TOO_LONG = 'A table as long as this one is gone with the page: after a reload, paste it again.';

/** An empty paragraph is none. */
function put(paragraph: HTMLElement, text: string): void {
  setText(paragraph, text);
  setShown(paragraph, text !== '');
}

function aboutText(file: ReadFile, iteration: Iteration | null): string {
  const into = iteration === null ? '' : ` · times go into ${iteration.code}`;
  switch (file.kind) {
    case 'plan':
      return `${file.about} · into all iterations that it has`;
    case 'project':
      return `${file.about}${into}`;
    case 'table': {
      const { line, body } = file.header;
      const head = line === null ? 'no header found' : `header in line ${line}`;
      return `${file.about} · ${head} · ${counted(body.length, 'row')}${into}`;
    }
  }
}

function orderButton(order: DateOrder, label: string): HTMLButtonElement {
  return el('button', { type: 'button', class: 'mp-segment', 'data-do': 'date-order', 'data-order': order }, label);
}
