import { addChapter, type ChapterPlace, nextCode, placeChapter } from '../../store/chapter-edits.ts';
import { labelsInUse, labelsLike, readLabels } from '../../store/labels.ts';
import { chaptersInOrder, phasesInOrder } from '../../store/plan-order.ts';
import { changeRow, idOrNull } from '../../store/row-edits.ts';
import type { Chapter } from '../../store/rows.ts';
import type { PlanView } from '../../store/view.ts';
import { type FormField, type FormProblem, type FormValues, openForm } from '../form.ts';
import { keep, type PlanParts } from './plan-parts.ts';

const KINDS: { readonly [K in Chapter['kind']]: string } = {
  work: 'Work',
  milestone: 'Milestone',
  gate: 'Gate: a decision',
  buffer: 'Buffer',
};

/** A new chapter at a place; its code is proposed from the one before it. */
export function openNewChapter(
  root: Element,
  { place, id }: { readonly place: ChapterPlace; readonly id: string },
  parts: PlanParts,
): void {
  const view = () => parts.store.view();
  const { rows } = view();
  const before = place.after ?? chaptersInOrder(rows, place.phaseId).at(-1)?.id ?? '';
  const from = rows.chapters.get(before)?.code ?? rows.phases.get(place.phaseId)?.code ?? 'A';
  const code = nextCode(from, new Set(Array.from(rows.chapters.values(), (chapter) => chapter.code)));
  openForm(root, {
    title: 'Add a chapter',
    draft: parts.drafts.ofNew('chapter'),
    fields: fieldsOf(view(), {
      ...EMPTY,
      code,
      phase_id: place.phaseId,
      team_id: rows.chapters.get(before)?.team_id ?? null,
    }),
    action: 'Add chapter',
    onAction(values) {
      const fields = readFields(values);
      if ('message' in fields) return fields;
      const chosen = fields.phase_id === place.phaseId ? place : lastOf(view(), fields.phase_id);
      return keep(parts, addChapter(view().rows, id, { place: chosen, fields }));
    },
  });
}

/** Everything of a chapter but its times. Another phase takes it to that phase's end. */
export function openChapterDialog(root: Element, chapter: Chapter, parts: PlanParts): void {
  const view = () => parts.store.view();
  openForm(root, {
    title: `Chapter ${chapter.code}`,
    draft: parts.drafts.of('chapter', chapter.id),
    fields: fieldsOf(view(), chapter),
    action: 'Save chapter',
    onAction(values) {
      const fields = readFields(values);
      if ('message' in fields) return fields;
      const { phase_id, ...wanted } = fields;
      const changed = changeRow('chapters', `Chapter ${chapter.code}`, { row: chapter, wanted });
      const isMoved = phase_id !== chapter.phase_id;
      const moves = isMoved ? placeChapter(view().rows, chapter, lastOf(view(), phase_id)) : [];
      const ops = [...(changed?.ops ?? []), ...moves];
      if (ops.length === 0) return null;
      const to = `to phase ${view().rows.phases.get(phase_id)?.code ?? '?'}`;
      const label =
        changed === null ? `Move ${chapter.code} ${to}` : isMoved ? `${changed.label}, ${to}` : changed.label;
      return keep(parts, { label, ops });
    },
  });
}

const EMPTY = {
  code: '',
  title: '',
  team_id: null,
  site_id: null,
  kind: 'work',
  success_criterion: '',
  rollback_action: '',
  labels: null,
} as const;

type ChapterFields = Omit<Chapter, 'id' | 'rev' | 'position'>;

function fieldsOf({ rows }: PlanView, chapter: ChapterFields): readonly FormField[] {
  const codes = (named: Iterable<{ readonly id: string; readonly code: string; readonly name: string }>) =>
    Array.from(named, ({ id, code, name }) => [id, `${code} – ${name}`] as const);
  const nobody = [['', 'None']] as const;
  return [
    { name: 'code', label: 'Code', kind: 'line', value: chapter.code },
    { name: 'title', label: 'Title', kind: 'line', value: chapter.title },
    { name: 'phase_id', label: 'Phase', kind: 'choice', value: chapter.phase_id, choices: codes(phasesInOrder(rows)) },
    { name: 'kind', label: 'Kind', kind: 'choice', value: chapter.kind, choices: Object.entries(KINDS) },
    {
      name: 'team_id',
      label: 'Team',
      kind: 'choice',
      value: chapter.team_id ?? '',
      choices: [...nobody, ...codes(rows.teams.values())],
    },
    {
      name: 'site_id',
      label: 'Site',
      kind: 'choice',
      value: chapter.site_id ?? '',
      choices: [...nobody, ...codes(rows.sites.values())],
    },
    { name: 'success_criterion', label: 'Success criterion', kind: 'text', value: chapter.success_criterion },
    { name: 'rollback_action', label: 'Rollback action', kind: 'text', value: chapter.rollback_action },
    {
      name: 'labels',
      label: 'Labels',
      kind: 'line',
      value: chapter.labels ?? '',
      hint: 'Words to find it by, with blanks or commas between: data-migration, go-live',
      isWide: true,
      suggest: (typed) => labelsLike(labelsInUse(rows.chapters.values()), typed),
    },
  ];
}

function readFields(values: FormValues): ChapterFields | FormProblem {
  const text = (name: string) => values[name] ?? '';
  const labels = readLabels(text('labels'));
  if (labels.kind === 'error') return { field: 'labels', message: labels.message };
  return {
    code: text('code'),
    title: text('title'),
    phase_id: text('phase_id'),
    kind: text('kind') as Chapter['kind'],
    team_id: idOrNull(text('team_id')),
    site_id: idOrNull(text('site_id')),
    success_criterion: text('success_criterion'),
    rollback_action: text('rollback_action'),
    labels: labels.labels,
  };
}

function lastOf({ rows }: PlanView, phaseId: string): ChapterPlace {
  return { phaseId, after: chaptersInOrder(rows, phaseId).at(-1)?.id ?? null };
}
