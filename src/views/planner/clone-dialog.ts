import { type Clone, type CloneWish, cloneIteration, tooManyFor, weeksLater } from '../../store/clone-iteration.ts';
import { readInstant } from '../../store/instant-entry.ts';
import { FINDING_WORDS, findingsOf, kindOf } from '../../store/network/findings.ts';
import type { LearnedMode } from '../../store/network/learned-times.ts';
import { planTimes } from '../../store/network/plan-network.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { previewOf } from '../../store/preview.ts';
import type { Problem } from '../../store/row-edits.ts';
import type { Iteration } from '../../store/rows.ts';
import type { DurationsFrom } from '../../store/taken-durations.ts';
import { datedText, durationText, timeText } from '../../store/times-text.ts';
import type { RowMaps } from '../../store/view.ts';
import { counted } from '../../store/words.ts';
import { el } from '../dom.ts';
import { type FormValues, openForm } from '../form.ts';
import { keep, namedFields, type PlanParts } from './plan-parts.ts';

const DURATIONS: { readonly [D in DurationsFrom]: string } = {
  actual: 'As long as it really took, else as planned',
  middle: 'The middle of what it took in all iterations',
  most: 'What was enough in nine of ten iterations',
  planned: 'As planned',
};
const MODES: { readonly [M in LearnedMode]: string } = {
  keep: 'Move along, earlier too; keep the distances',
  push: 'Push as far as needed, nothing earlier',
};

/** Re-anchors a copy of an iteration at a new T0, and says what that makes before it is made. */
export function openClone(root: Element, source: Iteration, parts: PlanParts): void {
  const { store, newId, drafts, now, show } = parts;
  const id = newId();
  const zone = zoneOf(store.view());
  const proposed = weeksLater(zone, source.window_start, now());
  const told = el('div', { class: 'mp-clone', role: 'status' });

  function wishOf(values: FormValues): CloneWish | Problem {
    const text = (name: string) => values[name] ?? '';
    const context = { zone, now: now(), current: proposed, windowStart: source.window_start };
    const entry = readInstant(text('start'), context);
    if ('message' in entry) return { field: 'start', message: entry.message };
    return {
      id,
      code: text('code'),
      name: text('name'),
      kind: text('kind') as Iteration['kind'],
      start: text('start') === timeText(zone, proposed) ? proposed : entry.instant,
      durations: text('durations') as DurationsFrom,
      mode: text('mode') as LearnedMode,
    };
  }

  let toldOf = '';
  function tell(values: FormValues): void {
    const wish = wishOf(values);
    // A code and a name move nothing: in a large plan the preview is not for every letter of them.
    const asked = 'message' in wish ? wish.message : `${wish.start} ${wish.durations} ${wish.mode}`;
    if (asked === toldOf) return;
    toldOf = asked;
    if ('message' in wish) {
      told.replaceChildren(el('p', {}, wish.message));
      return;
    }
    const view = store.view();
    // A code that is still to be typed hides nothing of the preview.
    const clone = cloneIteration(view.rows, source, { ...wish, code: '=clone=', name: 'clone' });
    const after = previewOf(view, clone.ops).view.rows;
    told.replaceChildren(...previewWords(view.rows, after, clone).map((words) => el('p', {}, words)));
  }

  function previewWords(rows: RowMaps, after: RowMaps, { chapters, learned }: Clone): readonly string[] {
    const iteration = after.iterations.get(id);
    if (iteration === undefined) return [];
    const findings = findingsOf(after, iteration, planTimes(after, iteration, now()));
    const kinds = Object.entries(FINDING_WORDS).flatMap(([kind, words]) => {
      const count = findings.filter((finding) => kindOf(finding) === kind).length;
      return count === 0 ? [] : [`${count} × ${words.toLowerCase()}`];
    });
    const took = learned === 0 ? 'all as long as planned' : `${learned} with what they really took`;
    return [
      `${counted(chapters, 'chapter')}, ${took}.`,
      `${source.code} ends ${endWords(zone, rows, source)}.`,
      `The clone ends ${endWords(zone, after, iteration)}.`,
      kinds.length === 0 ? 'No findings.' : `Findings: ${kinds.join(', ')}.`,
    ];
  }

  openForm(root, {
    title: `Clone ${source.code}`,
    draft: drafts.ofNew('clone', source.id),
    fields: [
      ...namedFields({ code: '', name: source.name }),
      {
        name: 'kind',
        label: 'Kind',
        kind: 'choice',
        value: source.kind,
        choices: [
          ['RUN', 'RUN'],
          ['DR', 'DR'],
          ['CUTOVER', 'CUTOVER'],
        ],
      },
      {
        name: 'start',
        label: 'Window starts (T0)',
        kind: 'line',
        value: timeText(zone, proposed),
        hint: 'sat 22:15, 28/3 22:15, 2027-03-28 22:15',
      },
      {
        name: 'durations',
        label: 'Durations',
        kind: 'choice',
        value: 'actual',
        choices: Object.entries(DURATIONS),
        isWide: true,
      },
      {
        name: 'mode',
        label: 'What comes after',
        kind: 'choice',
        value: 'keep',
        choices: Object.entries(MODES),
        isWide: true,
      },
    ],
    more: told,
    action: 'Clone',
    onChange: tell,
    onAction(values) {
      const wish = wishOf(values);
      if ('message' in wish) return wish;
      const { label, ops } = cloneIteration(store.view().rows, source, wish);
      const problem = tooManyFor({ label, ops }) ?? keep(parts, { label, ops });
      if (problem === null) queueMicrotask(() => show(wish.code));
      return problem;
    },
  });
}

/** `Sun 28 Mar 2027 04:30, 1h30 before the window does` */
function endWords(zone: string, rows: RowMaps, { id, window_end }: Iteration): string {
  let end = 0;
  for (const { iteration_id, planned_end } of rows.chapter_schedules.values()) {
    if (iteration_id === id) end = Math.max(end, planned_end);
  }
  if (end === 0) return 'nowhere: it has no times';
  const spare = window_end - end;
  const rest =
    spare >= 0 ? `${durationText(spare)} before the window does` : `${durationText(-spare)} after the window`;
  return `${datedText(zone, end)}, ${rest}`;
}
