import type { Status } from '../../store/rows.ts';
import { el, setAttribute, setText } from '../dom.ts';
import type { KeyedNode } from '../keyed.ts';
import { statusMark } from '../status-mark.ts';
import type { Line } from './lines.ts';

/** What may be reported next, by the status that is stored. */
const REPORTS: { readonly [S in Status]: readonly (readonly [to: Status, word: string])[] } = {
  pending: [
    ['running', 'Start'],
    ['blocked', 'Block…'],
  ],
  ready: [
    ['running', 'Start'],
    ['blocked', 'Block…'],
  ],
  running: [
    ['done', 'Done'],
    ['blocked', 'Block…'],
  ],
  blocked: [['running', 'Resume']],
  done: [['running', 'Reopen']],
  skipped: [['pending', 'Put back']],
};

/** One chapter with what can be reported about it; its buttons carry `data-do="report"`, the row its id. */
export function mountLine(whyNot: () => string | null): (line: Line) => KeyedNode<Line> {
  return (first) => {
    const mark = statusMark();
    const code = el('span', { class: 'mp-code' });
    const title = el('span', { class: 'mp-line-title' });
    const team = el('span');
    const planned = el('button', { type: 'button', class: 'mp-why', 'data-do': 'why' });
    const actual = el('span', { class: 'mp-line-actual' });
    const lateness = el('span', { class: 'mp-lateness' });
    const note = el('span');
    const acts = el('div', { class: 'mp-line-acts' });
    const element = el(
      'li',
      { class: 'mp-line', 'data-id': first.id },
      mark.element,
      el('div', { class: 'mp-line-main' }, el('p', {}, code, title), el('p', { class: 'mp-line-more' }, team, note)),
      el('div', { class: 'mp-line-times' }, planned, actual),
      lateness,
      acts,
    );
    let shown = '';
    return {
      element,
      update(line) {
        mark.update(line.status);
        setText(code, line.code);
        setText(title, line.title);
        setText(team, line.team);
        setText(planned, line.planned);
        setAttribute(planned, 'aria-label', `Why is ${line.code} at ${line.planned}?`);
        setText(actual, line.actual);
        setText(lateness, line.lateness);
        setAttribute(lateness, 'data-tone', line.tone);
        setText(note, line.note === '' ? '' : ` · ${line.note}`);
        setAttribute(element, 'data-pending', line.isPending);
        setAttribute(element, 'data-urgent', line.status === 'blocked' || line.status === 'late');
        const reason = whyNot();
        const offered = reason === null ? REPORTS[line.schedule.status] : [];
        const key = offered.map(([to]) => to).join();
        if (key === shown) return;
        shown = key;
        // Whoever works by keys stays in the line; on a new button a held key would report once more.
        if (acts.matches(':focus-within')) planned.focus();
        acts.replaceChildren(...offered.map(([to, word]) => reportButton(line, to, word)));
      },
    };
  };
}

function reportButton({ code }: Line, to: Status, word: string): HTMLElement {
  return el(
    'button',
    {
      type: 'button',
      class: 'mp-button',
      'data-size': 'small',
      'data-tone': to === 'blocked' ? 'plain' : null,
      'data-do': 'report',
      'data-to': to,
      'aria-label': `${word} ${code}`,
    },
    word,
  );
}
