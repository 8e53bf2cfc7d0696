/**
 * What changes the plan itself, and not only the times of one iteration: chapters, phases and what they are made of. The
 * acts of a lead; everybody else is told so where they ask.
 */

import { whyNotStructure } from '../../store/abilities.ts';
import { moveChapter } from '../../store/chapter-edits.ts';
import { sentence } from '../../store/isolated.ts';
import { movePhase } from '../../store/phase-edits.ts';
import { phasesInOrder } from '../../store/plan-order.ts';
import type { NamedOps } from '../../store/row-edits.ts';
import type { Chapter, Iteration } from '../../store/rows.ts';
import type { Pressed } from '../keys.ts';
import { type MenuItem, openMenu } from '../menu.ts';
import { say } from '../say.ts';
import { LABELS, severalOf } from '../several-draft.ts';
import { type Comparing, openBaselines } from './baselines-dialog.ts';
import { openChapterDialog, openNewChapter } from './chapter-dialog.ts';
import { openClone } from './clone-dialog.ts';
import { openCompare } from './compare-dialog.ts';
import { openDependencies } from './dependencies-dialog.ts';
import { openIterations } from './iteration-dialogs.ts';
import { openLabels, openWaitingLabels } from './labels-dialog.ts';
import { openNoStartWindows } from './no-start-dialog.ts';
import { openSites, openTeams } from './parts-dialogs.ts';
import { openNewPhase, openPhaseDialog, openPhases } from './phase-dialogs.ts';
import type { PlanParts } from './plan-parts.ts';
import { openRemoveDialog } from './remove-dialog.ts';

export interface StructureOptions extends PlanParts, Comparing {
  readonly element: HTMLElement;
  /** The iteration that is shown. */
  readonly iteration: () => Iteration | null;
  readonly goTo: () => void;
  /** Leads the reader to a row once it is there. */
  readonly lead: (rowId: string) => void;
  /** Keeps the cursor on a row that moves. */
  readonly follow: (rowId: string) => void;
  /** The chapters that an act on this row means: all selected ones where it is one of them. */
  readonly meant: (rowId: string) => readonly string[];
}

export function structure(options: StructureOptions) {
  const { element, store, newId, send, lead, follow, meant } = options;
  const view = () => store.view();
  const chapterOf = (id: string) => view().rows.chapters.get(id);

  /** Does it where the reader may, else says why not. */
  function asLead(work: () => void): void {
    const why = whyNotStructure(view());
    if (why === null) work();
    else say(element, why);
  }

  /** The dialog gives the focus back first; then the reader is led to what was made. */
  function sendAndLead(act: NamedOps, id: string): void {
    send(act);
    queueMicrotask(() => lead(id));
  }

  /** After the chapter of this row, first in its phase where the row is a phase; else at the end of the plan. */
  function addAt(rowId: string | undefined): void {
    asLead(() => {
      const { rows } = view();
      const chapter = chapterOf(rowId ?? '');
      const phase = rows.phases.get(chapter?.phase_id ?? rowId ?? '') ?? phasesInOrder(rows).at(-1);
      if (phase === undefined) {
        say(element, 'A chapter needs a phase: add a phase first.');
        addPhase();
        return;
      }
      const id = newId();
      const place = { phaseId: phase.id, after: chapter?.id ?? null };
      openNewChapter(element, { place, id }, { ...options, send: (act) => sendAndLead(act, id) });
    });
  }

  function addPhase(): void {
    const id = newId();
    asLead(() => openNewPhase(element, id, { ...options, send: (act) => sendAndLead(act, id) }));
  }

  function change(rowId: string): void {
    asLead(() => {
      const chapter = chapterOf(rowId);
      const phase = view().rows.phases.get(rowId);
      if (chapter !== undefined) openChapterDialog(element, chapter, options);
      else if (phase !== undefined) openPhaseDialog(element, phase, options);
    });
  }

  function move(rowId: string, step: 1 | -1): void {
    asLead(() => {
      const { rows } = view();
      const [chapter, phase] = [chapterOf(rowId), rows.phases.get(rowId)];
      const act = chapter ? moveChapter(rows, chapter, step) : phase ? movePhase(rows, phase, step) : null;
      if (act === null) say(element, `${chapter?.code ?? phase?.code ?? 'It'} is the ${step < 0 ? 'first' : 'last'}.`);
      else {
        send(act);
        follow(rowId);
      }
    });
  }

  function remove(rowId: string): void {
    asLead(() => {
      const phase = view().rows.phases.get(rowId);
      if (phase !== undefined) phases();
      const chapters = chaptersMeant(rowId);
      if (chapters.length > 0) openRemoveDialog(element, chapters, options);
    });
  }

  function chaptersMeant(rowId: string): readonly Chapter[] {
    return meant(rowId)
      .map(chapterOf)
      .filter((chapter) => chapter !== undefined);
  }

  /** Everybody may read them. */
  function dependencies(rowId: string): void {
    const chapter = chapterOf(rowId);
    if (chapter !== undefined) openDependencies(element, chapter, options);
  }

  function phases(): void {
    openPhases(element, options);
  }

  /** A key of these acts, on a row. */
  function onKey(rowId: string, { key, altKey, ctrlKey }: Pressed): void {
    if (key === 'F2') (ctrlKey ? dependencies : change)(rowId);
    else if (altKey) move(rowId, key === 'ArrowUp' ? -1 : 1);
    else KEYS[key.toLowerCase()]?.(rowId);
  }

  /** What can be done to a row, by those who may. */
  function rowItems(rowId: string): readonly MenuItem[] {
    const chapter = chapterOf(rowId);
    const links = { label: `Dependencies of ${chapter?.code}…`, key: 'L', act: () => dependencies(rowId) };
    const read = chapter === undefined ? [] : [links];
    if (whyNotStructure(view()) !== null) return read;
    const several = chaptersMeant(rowId).length;
    const name = chapter?.code ?? `phase ${view().rows.phases.get(rowId)?.code ?? ''}`;
    return [
      ...read,
      { label: sentence`Change ${name}…`, key: 'C', act: () => change(rowId) },
      ...(several > 1
        ? [
            {
              label: `Labels of ${several} chapters…`,
              act: () => openLabels(element, chaptersMeant(rowId), options),
            },
          ]
        : []),
      { label: 'Add a chapter after it…', key: 'A', act: () => addAt(rowId) },
      { label: sentence`Move ${name} up`, key: 'Alt+↑', act: () => move(rowId, -1) },
      { label: sentence`Move ${name} down`, key: 'Alt+↓', act: () => move(rowId, 1) },
      { label: sentence`Remove ${name}…`, key: 'Del', act: () => remove(rowId) },
    ];
  }

  /** The plan's parts, and what can be done to the row under the cursor. */
  function openPlanMenu(anchor: HTMLElement, rowId: string | undefined): void {
    openMenu(anchor, 'Plan', [...(rowId === undefined ? [] : rowItems(rowId)), ...planItems(rowId)]);
  }

  function planItems(rowId: string | undefined): readonly MenuItem[] {
    const why = whyNotStructure(view());
    const iteration = options.iteration();
    return [
      ...(rowId === undefined ? [{ label: 'Add a chapter…', whyNot: why, act: () => addAt(rowId) }] : []),
      { label: 'Go to a time…', key: 'G', act: options.goTo },
      { label: 'Add a phase…', whyNot: why, act: addPhase },
      { label: 'Phases…', act: phases },
      { label: 'Teams…', act: () => openTeams(element, options) },
      { label: 'Sites…', act: () => openSites(element, options) },
      { label: 'No-start windows…', act: () => openNoStartWindows(element, iteration, options) },
      { label: 'Iterations…', act: () => openIterations(element, options) },
      ...(iteration === null
        ? []
        : [
            { label: `Clone ${iteration.code}…`, whyNot: why, act: () => openClone(element, iteration, options) },
            { label: `Compare ${iteration.code} with…`, act: () => openCompare(element, iteration, options) },
            {
              label: `Baselines of ${iteration.code}…`,
              act: () => openBaselines(element, iteration, options),
            },
          ]),
    ];
  }

  /** Leads to the form of a draft: what it is of, and the id of that or of what it hangs on. */
  function openDraft(kind: string, id: string): void {
    const { rows } = view();
    const iteration = rows.iterations.get(id) ?? null;
    const dependency = rows.dependencies.get(id);
    const ways: { readonly [kind: string]: () => void } = {
      'new chapter': () => addAt(undefined),
      'new phase': addPhase,
      'new dependency': () => dependencies(id),
      dependency: () => dependency && dependencies(dependency.successor_id),
      'new clone': () => iteration && asLead(() => openClone(element, iteration, options)),
      'new baseline': () => iteration && openBaselines(element, iteration, options),
      team: () => openTeams(element, options),
      site: () => openSites(element, options),
      iteration: () => openIterations(element, options),
      'no-start window': () => openNoStartWindows(element, options.iteration(), options),
    };
    if (severalOf(kind)?.what === LABELS) asLead(() => openWaitingLabels(element, { kind, id }, options));
    else (ways[kind] ?? ways[kind.replace(/^new /, '')])?.();
  }

  const KEYS: { readonly [key: string]: (rowId: string) => void } = {
    a: addAt,
    insert: addAt,
    c: change,
    l: dependencies,
    delete: remove,
  };
  return { onKey, change, openDraft, openPlanMenu, planItems, rowItems };
}
