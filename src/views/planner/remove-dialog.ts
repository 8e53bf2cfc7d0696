import { hangingOn, removeChapters } from '../../store/chapter-edits.ts';
import { arrow } from '../../store/dependency-edits.ts';
import { sentence } from '../../store/isolated.ts';
import { problemOf } from '../../store/row-edits.ts';
import type { Chapter } from '../../store/rows.ts';
import type { PlanView } from '../../store/view.ts';
import { andMore } from '../../store/words.ts';
import { openDialog } from '../dialog.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { keep, type PlanParts } from './plan-parts.ts';

/** Says what goes with the chapters before they go. What would stop it is said at once. */
export function openRemoveDialog(root: Element, chapters: readonly Chapter[], parts: PlanParts): void {
  const [only] = chapters;
  const view = () => parts.store.view();
  const error = el('p', { class: 'mp-error', role: 'alert' });
  // What was on screen goes; what somebody adds while this is open was not meant.
  const hanging = hangingOn(view().rows, chapters);
  const act = removeChapters(chapters, hanging);
  const title =
    only && chapters.length === 1 ? sentence`${only.code} ${only.title}` : chapters.map(({ code }) => code).join(', ');
  const stopped = problemOf(view(), act.ops);
  const dialog = openDialog(root, {
    title: sentence`${act.label}?`,
    body: [
      el('p', {}, sentence`${title}.`),
      el('ul', { class: 'mp-removed' }, ...goesWords(view(), hanging).map((words) => el('li', {}, words))),
      el('p', { class: 'mp-help-text' }, stopped === null ? 'Undo brings it all back.' : INSTEAD),
      error,
    ],
    action: act.label,
    onAction() {
      const problem = keep(parts, act);
      setText(error, problem?.message ?? '');
      return problem === null;
    },
  });
  setText(error, stopped?.message ?? '');
  setAttribute(dialog.action, 'aria-disabled', stopped === null ? null : 'true');
}

const INSTEAD = 'To leave it out of an iteration that is yet to come, take it out there: in the menu of its row.';

/** "Its times in RUN1, DR1", "2 dependencies: AA → AB, AB → AC" */
function goesWords({ rows }: PlanView, { dependencies, schedules }: ReturnType<typeof hangingOn>): readonly string[] {
  const iterations = new Set(schedules.map(({ iteration_id }) => rows.iterations.get(iteration_id)?.code ?? '?'));
  const begun = schedules.filter(({ actual_start }) => actual_start !== null).length;
  const links = dependencies.map((row) => arrow(rows, row));
  return [
    schedules.length === 0
      ? 'It has no times.'
      : `Goes too: the times in ${[...iterations].join(', ')}${begun > 0 ? `, ${begun} of them with what really happened` : ''}.`,
    links.length === 0
      ? 'Nothing depends on it.'
      : `Goes too: ${links.length === 1 ? 'the dependency' : `${links.length} dependencies`} ${andMore(links.slice(0, LINKS_NAMED), links.length)}.`,
  ];
}

const LINKS_NAMED = 8;
