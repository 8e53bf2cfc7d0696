import { hangingOn, removeChapters } from '../../store/chapter-edits.ts';
import { type NamedOps, problemOf } from '../../store/row-edits.ts';
import type { Chapter } from '../../store/rows.ts';
import type { PlanView } from '../../store/view.ts';
import { andMore } from '../../store/words.ts';
import { openDialog } from '../dialog.ts';
import { el, setAttribute, setText } from '../dom.ts';

export interface RemoveOptions {
  readonly view: () => PlanView;
  readonly onAct: (act: NamedOps) => void;
}

/** Says what goes with the chapters before they go. What would stop it is said at once. */
export function openRemoveDialog(root: Element, chapters: readonly Chapter[], { view, onAct }: RemoveOptions): void {
  const [only] = chapters;
  const what = chapters.length === 1 && only ? `chapter ${only.code}` : `${chapters.length} chapters`;
  const error = el('p', { class: 'mp-error', role: 'alert' });
  // What was on screen goes; what somebody adds while this is open was not meant.
  const hanging = hangingOn(view().rows, chapters);
  const act = removeChapters(chapters, hanging);
  const title =
    only && chapters.length === 1 ? `${only.code} ${only.title}` : chapters.map(({ code }) => code).join(', ');
  const stopped = problemOf(view(), act.ops);
  const dialog = openDialog(root, {
    title: `Remove ${what}?`,
    body: [
      el('p', {}, `${title}.`),
      el('ul', { class: 'mp-removed' }, ...goesWords(view(), hanging).map((words) => el('li', {}, words))),
      el('p', { class: 'mp-help-text' }, stopped === null ? 'Undo brings it all back.' : INSTEAD),
      error,
    ],
    action: `Remove ${what}`,
    onAction() {
      const problem = problemOf(view(), act.ops);
      setText(error, problem?.message ?? '');
      if (problem === null) onAct(act);
      return problem === null;
    },
  });
  setText(error, stopped?.message ?? '');
  setAttribute(dialog.action, 'aria-disabled', stopped === null ? null : 'true');
}

const INSTEAD = 'To leave it out of an iteration that is yet to come, take it out there: in the menu of its row.';

/** "Its times in RUN1, DR1", "2 dependencies: AA → AB, AB → AC" */
function goesWords({ rows }: PlanView, { dependencies, schedules }: ReturnType<typeof hangingOn>): readonly string[] {
  const codeOf = (id: string) => rows.chapters.get(id)?.code ?? '?';
  const iterations = new Set(schedules.map(({ iteration_id }) => rows.iterations.get(iteration_id)?.code ?? '?'));
  const begun = schedules.filter(({ actual_start }) => actual_start !== null).length;
  const links = dependencies.map(
    ({ predecessor_id, successor_id }) => `${codeOf(predecessor_id)} → ${codeOf(successor_id)}`,
  );
  const words = [
    schedules.length === 0
      ? 'It has no times.'
      : `Goes too: the times in ${[...iterations].join(', ')}${begun > 0 ? `, ${begun} of them with what really happened` : ''}.`,
    links.length === 0
      ? 'Nothing depends on it.'
      : `Goes too: ${links.length === 1 ? 'the dependency' : `${links.length} dependencies`} ${andMore(links.slice(0, LINKS_NAMED), links.length)}.`,
  ];
  return words;
}

const LINKS_NAMED = 8;
