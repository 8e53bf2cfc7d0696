import { LABELS_MAX, labelsInUse, labelsLike, labelsText, readLabels, wordsOf } from '../../store/labels.ts';
import { setFields } from '../../store/ops.ts';
import type { NamedOps } from '../../store/row-edits.ts';
import type { Chapter } from '../../store/rows.ts';
import { counted, listed } from '../../store/words.ts';
import type { Draft } from '../drafts.ts';
import { type FormOptions, type FormProblem, type FormValues, openForm } from '../form.ts';
import { LABELS, severalDraft, waitingSeveral } from '../several-draft.ts';
import { keep, type PlanParts } from './plan-parts.ts';

/** Adds labels to several chapters and takes others away, as one edit; what else each has stays. */
export function openLabels(root: Element, chapters: readonly Chapter[], parts: PlanParts): void {
  const all = chapters.map(({ id }) => id);
  openForm(root, formOf(chapters, severalDraft(parts.drafts, LABELS, { id: all[0] ?? '', all }), parts));
}

/** The same with what was typed and not saved, for those of its chapters that the plan still has. */
export function openWaitingLabels(root: Element, { kind, id }: { kind: string; id: string }, parts: PlanParts): void {
  const { draft, all } = waitingSeveral(parts.drafts, kind, id);
  const { rows } = parts.store.view();
  const chapters = all.map((each) => rows.chapters.get(each)).filter((chapter) => chapter !== undefined);
  if (chapters.length > 0) openForm(root, formOf(chapters, draft, parts));
}

function formOf(chapters: readonly Chapter[], draft: Draft, parts: PlanParts): FormOptions {
  const all = labelsInUse(parts.store.view().rows.chapters.values());
  return {
    title: `Labels of ${counted(chapters.length, 'chapter')}`,
    draft,
    fields: [
      {
        name: 'added',
        label: 'Add',
        kind: 'line',
        value: '',
        isWide: true,
        suggest: (typed) => labelsLike(all, typed),
      },
      {
        ...{ name: 'taken', label: 'Take away', kind: 'line', value: '', isWide: true },
        hint: `They have now: ${labelsInUse(chapters).join(', ') || 'none'}.`,
        suggest: (typed) => labelsLike(labelsInUse(chapters), typed),
      },
    ],
    action: 'Set labels',
    onAction(values) {
      const act = labelling(chapters, values);
      return 'ops' in act ? keep(parts, act) : act;
    },
  };
}

/** `Labels of 3 chapters: add night, take away backup`, or what is wrong with what is typed. */
export function labelling(chapters: readonly Chapter[], values: FormValues): NamedOps | FormProblem {
  const [added, taken] = [readLabels(values.added ?? ''), readLabels(values.taken ?? '')];
  if (added.kind === 'error') return { field: 'added', message: added.message };
  if (taken.kind === 'error') return { field: 'taken', message: taken.message };
  const [more, less] = [wordsOf(added.labels), wordsOf(taken.labels)];
  const both = more.find((word) => less.includes(word));
  if (both !== undefined) return { field: 'taken', message: `“${both}” is to be added too.` };
  const ops = [];
  for (const chapter of chapters) {
    const stands = wordsOf(chapter.labels);
    const words = new Set([...stands, ...more].filter((word) => !less.includes(word)));
    if (words.size > LABELS_MAX)
      return { field: 'added', message: `${chapter.code} would have more than ${LABELS_MAX} labels.` };
    const labels = labelsText(words);
    if (labels !== chapter.labels) ops.push(setFields('chapters', chapter, { labels }));
  }
  if (ops.length === 0) return { field: 'added', message: 'Nothing would change.' };
  const acts = [
    ...(more.length === 0 ? [] : [`add ${listed(more)}`]),
    ...(less.length === 0 ? [] : [`take away ${listed(less)}`]),
  ];
  return { label: `Labels of ${chapters.length} chapters: ${acts.join(', ')}`, ops };
}
