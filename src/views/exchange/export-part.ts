/** The ways out of the plan, as a list: what each file is for, and the button that saves it. */
import type { ExportKind } from '../../store/exchange/export-files.ts';
import { el, setAttribute, setText } from '../dom.ts';

interface Way {
  readonly kind: ExportKind | 'copy' | 'log';
  readonly title: string;
  readonly about: string;
  readonly action: string;
}

const OF_ITERATION: readonly Way[] = [
  {
    kind: 'csv',
    title: 'Spreadsheet',
    about: 'A row a chapter, for Excel and the like. Changed there, it can be imported again.',
    action: 'Save CSV',
  },
  {
    kind: 'copy',
    title: 'Table on the clipboard',
    about: 'The same rows, to paste into a spreadsheet, a page or a mail.',
    action: 'Copy table',
  },
  {
    kind: 'tsv',
    title: 'Spreadsheet, tabs between cells',
    about: 'The same table for programs that read commas wrongly.',
    action: 'Save TSV',
  },
  {
    kind: 'calendar',
    title: 'Calendar',
    about: 'An event a chapter, for Outlook and other calendars. A newer file moves events that are there already.',
    action: 'Save ICS',
  },
  {
    kind: 'project',
    title: 'Microsoft Project',
    about:
      'Phases, chapters, links, milestones and baselines as XML. Criteria, rollback actions, decisions, no-start windows and labels beyond 255 characters are not in it.',
    action: 'Save XML',
  },
];

const OF_PLAN: readonly Way[] = [
  {
    kind: 'plan',
    title: 'Everything',
    about:
      'All iterations and chapters with their times, exactly, as JSON. Who may do what, conflicts and history stay here.',
    action: 'Save JSON',
  },
];

const LOG: Way = {
  kind: 'log',
  title: 'Event log',
  about:
    'Every change ever made, with the hashes that chain them, as JSON; Macroplan’s verify-log.mjs checks it with no server. Only saving it needs the network.',
  action: 'Save log',
};

/** Its buttons carry `data-do="export"` and the kind. */
export function exportPart() {
  const ofIteration = el('h3', { class: 'mp-card-title' });
  const ofPlan = el('h3', { class: 'mp-card-title' });
  const element = el(
    'section',
    { class: 'mp-exchange-part' },
    el('h2', { class: 'mp-headline' }, 'Export'),
    ofIteration,
    listOf(OF_ITERATION),
    ofPlan,
    listOf([...OF_PLAN, LOG]),
  );
  return {
    element,
    /** How far a file that takes a while is; null: it is not being made. */
    tellLog(words: string | null): void {
      const button = element.querySelector<HTMLButtonElement>('[data-kind="log"]');
      if (!button) return;
      setText(button, words ?? LOG.action);
      setAttribute(button, 'aria-disabled', words === null ? null : 'true');
    },
    /** `iterationCode` null: there is none to write. */
    update(planName: string, iterationCode: string | null): void {
      setText(ofIteration, iterationCode === null ? 'No iteration' : `Iteration ${iterationCode}`);
      setText(ofPlan, planName === '' ? 'The whole plan' : `The whole plan: ${planName}`);
      for (const { kind } of OF_ITERATION) {
        const button = element.querySelector<HTMLButtonElement>(`[data-kind="${kind}"]`);
        if (button) button.disabled = iterationCode === null;
      }
    },
  };
}

function listOf(ways: readonly Way[]): HTMLElement {
  const items = ways.map(({ kind, title, about, action }) => {
    const id = `mp-exchange-${kind}`;
    return el(
      'li',
      {},
      el('div', {}, el('strong', {}, title), el('p', { class: 'mp-help-text', id }, about)),
      el(
        'button',
        {
          type: 'button',
          class: 'mp-button',
          'data-tone': 'outline',
          'data-do': 'export',
          'data-kind': kind,
          'aria-describedby': id,
        },
        action,
      ),
    );
  });
  return el('ul', { class: 'mp-exchange-ways' }, ...items);
}
