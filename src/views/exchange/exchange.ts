/** The plan leaves the page as files and comes back, with or without a network. */
import { type ExportKind, exportFile } from '../../store/exchange/export-files.ts';
import { logFileName, writeLogFile } from '../../store/exchange/log-file.ts';
import { planLines } from '../../store/exchange/plan-lines.ts';
import { scheduleClip } from '../../store/exchange/schedule-table.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { readWholeLog } from '../../store/whole-log.ts';
import { chooseIteration } from '../choose-iteration.ts';
import { copyClip } from '../clipboard.ts';
import type { Unmount, ViewDeps } from '../deps.ts';
import { asked, el } from '../dom.ts';
import { download } from '../download.ts';
import { draftsOf } from '../drafts.ts';
import { followStore } from '../follow-store.ts';
import { iterationBar } from '../iteration-bar.ts';
import { chosenIteration, iterationsInOrder } from '../iteration-choice.ts';
import { say, warn } from '../say.ts';
import { serverMinute, serverNow } from '../server-now.ts';
import { exportPart } from './export-part.ts';
import { importPart } from './import-part.ts';
import './exchange.css';

export function mountExchange(root: HTMLElement, { store, clock, newId, place, history }: ViewDeps): Unmount {
  const iterations = iterationBar();
  const exports = exportPart();
  const drafts = draftsOf({ store, clock });
  const imports = importPart({ store, clock, newId, drafts }, () => read().iteration);
  const element = el(
    'div',
    { class: 'mp-exchange', tabindex: 0, role: 'region', 'aria-label': 'Import and export' },
    el('div', { class: 'mp-exchange-bar' }, iterations.element),
    imports.element,
    exports.element,
  );
  root.append(element);

  function read() {
    const view = store.view();
    const iteration = chosenIteration(view, place.get('iteration'), serverMinute({ store, clock }));
    return { view, iteration, choice: { iterations: iterationsInOrder(view), iteration, zone: zoneOf(view) } };
  }

  function update(): void {
    const { view, iteration, choice } = read();
    iterations.update(choice);
    exports.update(view.rows.plans.get(view.planId)?.name ?? '', iteration?.code ?? null);
    imports.update();
  }

  function save(kind: ExportKind): void {
    const { view, iteration } = read();
    const file = exportFile(kind, view, { iteration, at: serverNow({ store, clock }) });
    if (file === null) return;
    download(file.text, file.name, file.type);
    say(element, `${file.name} saved.`);
  }

  async function copy(): Promise<void> {
    const { view, iteration } = read();
    if (iteration === null) return;
    const clip = scheduleClip(planLines(view.rows, iteration.id), zoneOf(view));
    if (await copyClip(clip)) say(element, 'Copied. Paste it into a spreadsheet, a page or a mail.');
    else warn(element, 'The browser did not allow copying. Save the table as TSV instead.');
  }

  let isReadingLog = false;

  async function saveLog(): Promise<void> {
    if (isReadingLog) return;
    isReadingLog = true;
    exports.tellLog('Reading…');
    try {
      const events = [...(await readWholeLog(history, (count) => exports.tellLog(`${count} read…`)))].reverse();
      const { planId, rows } = store.view();
      const planCode = rows.plans.get(planId)?.code ?? 'plan';
      const name = logFileName(planCode, events);
      download(writeLogFile(events, { planId, planCode, at: serverNow({ store, clock }) }), name);
      say(element, `${name} saved.`);
    } catch (error) {
      warn(element, `The event log was not saved. ${(error as Error).message}`);
    }
    isReadingLog = false;
    exports.tellLog(null);
  }

  function onClick(event: Event): void {
    const target = asked(event, element);
    switch (target?.dataset.do) {
      case undefined:
        break;
      case 'previous':
      case 'following':
      case 'choose-iteration':
        chooseIteration(target as HTMLElement, read().choice, (code) => {
          place.set('iteration', code);
          update();
        });
        break;
      case 'export':
        if (target?.dataset.kind === 'log') void saveLog();
        else if (target?.dataset.kind === 'copy') void copy();
        else save(target?.dataset.kind as ExportKind);
        break;
      default:
        imports.act(target as HTMLElement);
    }
  }

  element.addEventListener('click', onClick);
  const unfollow = followStore(store, update);
  return () => {
    unfollow();
    element.remove();
  };
}
