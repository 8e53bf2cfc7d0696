import { weeksLater } from '../../store/clone-iteration.ts';
import { durationMinutes } from '../../store/duration-entry.ts';
import { sentence } from '../../store/isolated.ts';
import { insertRow, removeRow } from '../../store/ops.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { placeAt } from '../../store/positions.ts';
import { changeRow, type Problem } from '../../store/row-edits.ts';
import type { Iteration } from '../../store/rows.ts';
import { durationText, spanText } from '../../store/times-text.ts';
import type { PlanStore } from '../../store/view.ts';
import { counted } from '../../store/words.ts';
import { type FormField, type FormValues, openForm } from '../form.ts';
import { iterationsInOrder } from '../iteration-choice.ts';
import { openListDialog } from '../list-dialog.ts';
import { openClone } from './clone-dialog.ts';
import { keep, mayChange, namedFields, type PlanParts } from './plan-parts.ts';
import { readWindow, windowFields } from './window-fields.ts';

const KINDS: { readonly [K in Iteration['kind']]: string } = {
  RUN: 'RUN: rehearsal run',
  DR: 'DR: dress rehearsal',
  CUTOVER: 'CUTOVER: the real one',
};
const STATES: { readonly [S in Iteration['state']]: string } = {
  planned: 'Planned',
  frozen: 'Frozen: only leads move times',
  live: 'Live: it happens now',
  done: 'Done: its record stays as it is',
  cancelled: 'Cancelled',
};
const MAILS: { readonly [M in Iteration['mail_mode']]: string } = {
  off: 'Off: none is sent',
  test: 'Test',
  on: 'On: they reach the teams',
};

/** The iterations of the programme: add, clone, change, freeze, remove where nothing hangs on them. */
export function openIterations(root: Element, parts: PlanParts): void {
  const { store, newId, drafts, now, send } = parts;

  function add(): void {
    const id = newId();
    const last = iterationsInOrder(store.view()).at(-1);
    const tomorrow = Math.ceil(now() / DAY) * DAY;
    const start = last === undefined ? tomorrow : weeksLater(zoneOf(store.view()), last.window_start, now());
    const fresh: IterationFields = {
      code: '',
      name: '',
      kind: last?.kind ?? 'RUN',
      window_start: start,
      window_end: start + (last === undefined ? DAY : last.window_end - last.window_start),
      rollback_minutes: last?.rollback_minutes ?? 0,
      state: 'planned',
      mail_mode: 'off',
    };
    openForm(root, {
      title: 'Add an iteration',
      draft: drafts.ofNew('iteration'),
      intro: 'Without times. To start from an earlier one, clone it.',
      fields: fieldsOf(fresh).filter(({ name }) => name !== 'state'),
      action: 'Add iteration',
      onAction(values) {
        const wanted = read(values, fresh);
        if ('message' in wanted) return wanted;
        const all = iterationsInOrder(store.view());
        const row = { ...wanted, position: placeAt(all, all.length).position };
        return keep(parts, { label: `Add iteration ${row.code}`, ops: [insertRow('iterations', id, row)] });
      },
    });
  }

  function change(iteration: Iteration): void {
    openForm(root, {
      title: `Iteration ${iteration.code}`,
      draft: drafts.of('iteration', iteration.id),
      fields: fieldsOf(iteration),
      action: 'Save iteration',
      onAction(values) {
        const wanted = read(values, iteration);
        if ('message' in wanted) return wanted;
        return keep(parts, changeRow('iterations', `Iteration ${iteration.code}`, { row: iteration, wanted }));
      },
    });
  }

  function fieldsOf(iteration: IterationFields): readonly FormField[] {
    const zone = zoneOf(store.view());
    const { kind, window_start, window_end, rollback_minutes, state, mail_mode } = iteration;
    return [
      ...namedFields(iteration),
      { name: 'kind', label: 'Kind', kind: 'choice', value: kind, choices: Object.entries(KINDS) },
      {
        name: 'rollback_minutes',
        label: 'A rollback takes',
        kind: 'line',
        value: rollback_minutes === 0 ? '0' : durationText(rollback_minutes),
      },
      ...windowFields(zone, { window_start, window_end }, ['Window starts (T0)', 'Window ends']),
      { name: 'state', label: 'State', kind: 'choice', value: state, choices: Object.entries(STATES) },
      { name: 'mail_mode', label: 'Mails', kind: 'choice', value: mail_mode, choices: Object.entries(MAILS) },
    ];
  }

  function read(values: FormValues, before: IterationFields): IterationFields | Problem {
    const text = (name: string) => values[name] ?? '';
    const rollback_minutes = durationMinutes(text('rollback_minutes').toLowerCase());
    if (rollback_minutes === null) return { field: 'rollback_minutes', message: 'Write a duration: 0, 45, 1h30.' };
    const times = readWindow(values, before, { zone: zoneOf(store.view()), now: now(), origin: null });
    if ('message' in times) return times;
    return {
      code: text('code'),
      name: text('name'),
      kind: text('kind') as Iteration['kind'],
      ...times,
      rollback_minutes,
      state: (text('state') || before.state) as Iteration['state'],
      mail_mode: text('mail_mode') as Iteration['mail_mode'],
    };
  }

  openListDialog(root, {
    title: 'Iterations',
    store,
    items: () => {
      const zone = zoneOf(store.view());
      const counts = countsOf(store);
      return iterationsInOrder(store.view()).map((iteration) => {
        const { id, code, name, window_start, window_end, state } = iteration;
        const { schedules, baselines } = counts.get(id) ?? { schedules: 0, baselines: 0 };
        const holds = [
          schedules > 0 ? `the times of ${counted(schedules, 'chapter')}` : '',
          baselines > 0 ? counted(baselines, 'baseline') : '',
        ].filter((words) => words !== '');
        const acts = [
          { name: 'clone', label: 'Clone', act: () => openClone(root, iteration, parts) },
          { name: 'change', label: 'Change', act: () => change(iteration) },
          {
            name: 'remove',
            label: 'Remove',
            whyNot: holds.length === 0 ? null : `it holds ${holds.join(' and ')}.`,
            act: () => send({ label: `Remove iteration ${code}`, ops: [removeRow('iterations', iteration)] }),
          },
        ];
        return {
          id,
          title: sentence`${code} ${name}`,
          detail: `${STATES[state].split(':', 1)[0]} · ${spanText(zone, window_start, window_end)}`,
          acts: mayChange(parts) ? acts : [],
        };
      });
    },
    empty: 'This plan has no iteration yet.',
    add: mayChange(parts) ? { label: 'Add an iteration', act: add } : null,
  });
}

const DAY = 1440;

type IterationFields = Omit<Iteration, 'id' | 'rev' | 'position'>;

/** What hangs on each iteration, counted in one pass. */
function countsOf(store: PlanStore): ReadonlyMap<string, { readonly schedules: number; readonly baselines: number }> {
  const { chapter_schedules, baselines } = store.view().rows;
  const counts = new Map<string, { schedules: number; baselines: number }>();
  const of = (id: string) => {
    const known = counts.get(id) ?? { schedules: 0, baselines: 0 };
    counts.set(id, known);
    return known;
  };
  for (const { iteration_id } of chapter_schedules.values()) of(iteration_id).schedules += 1;
  for (const { iteration_id } of baselines.values()) of(iteration_id).baselines += 1;
  return counts;
}
