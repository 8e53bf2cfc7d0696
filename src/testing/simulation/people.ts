/** What people do in a simulated night: they edit what they see, and settle what they are asked. */
import type { Op } from '../../store/edit.ts';
import { insertRow, moveTo, removeRow, resizeEdge, setFields, slipBy } from '../../store/ops.ts';
import { resolveConflict } from '../../store/resolution.ts';
import { type Rows, type Status, scheduleId } from '../../store/rows.ts';
import type { PlanView } from '../../store/view.ts';
import type { Chance } from './chance.ts';
import type { Counters } from './counters.ts';
import type { Tab } from './tab.ts';

const STATUSES: readonly Status[] = ['pending', 'ready', 'running', 'done', 'blocked', 'skipped'];
const CODES = ['N1', 'N2', 'N3', 'N4'];

/** What each kind of act is worth beside the others. */
const PLANNING = {
  slip: 6,
  move: 4,
  resize: 3,
  window: 2,
  note: 4,
  status: 4,
  remove: 1,
  schedule: 4,
  title: 0.3,
} as const;
/** Only leads may; others do it where they do not know that they may not any more. */
const LEADING = { title: 2, chapter: 4, clear: 3, depend: 4, freeze: 0.5, thaw: 1 } as const;

type Kind = keyof typeof PLANNING | keyof typeof LEADING;

/** One act of the person at this tab, on the rows on screen. */
export function act(tab: Tab, chance: Chance): void {
  const view = tab.replica?.view();
  if (!view) return;
  const kind: Kind = view.role === 'lead' && chance.is(0.45) ? chance.weighted(LEADING) : chance.weighted(PLANNING);
  const ops = OPS[kind](view, chance);
  if (ops.length > 0) tab.edit(kind, ops);
  const [op] = ops;
  if (kind !== 'note' || !op || !('id' in op) || chance.is(0.5)) return;
  // Typed on, before it can have been sent.
  const typed = tab.replica?.view().rows.chapter_schedules.get(op.id);
  if (typed) tab.edit(kind, [setFields('chapter_schedules', typed, { note: `${typed.note} and on` })]);
}

type Ops = (view: PlanView, chance: Chance) => readonly Op[];

const OPS: { readonly [kind in Kind]: Ops } = {
  slip: onSchedule((schedule, chance) => slipBy(schedule, shift(chance))),
  move: onSchedule((schedule, chance) => moveTo(schedule, schedule.planned_start + shift(chance))),
  resize: onSchedule((schedule, chance) =>
    chance.is(0.5)
      ? resizeEdge(schedule, 'end', schedule.planned_end + Math.abs(shift(chance)))
      : resizeEdge(schedule, 'start', schedule.planned_start - Math.abs(shift(chance))),
  ),
  window: onSchedule((schedule, chance) => {
    const by = chance.pick([10, 20]) ?? 10;
    const times = { planned_start: schedule.planned_start - by, planned_end: schedule.planned_end + by };
    return setFields('chapter_schedules', schedule, times);
  }),
  note: onSchedule((schedule, chance) =>
    setFields('chapter_schedules', schedule, { note: `note ${chance.below(1000)}` }),
  ),
  status: onSchedule((schedule, chance) =>
    setFields('chapter_schedules', schedule, { status: chance.pick(STATUSES) ?? 'ready' }),
  ),
  remove: onSchedule((schedule) => removeRow('chapter_schedules', schedule)),
  schedule({ rows }, chance) {
    const [iteration] = rows.iterations.values();
    if (!iteration) return [];
    const bare = [...rows.chapters.values()].filter(
      ({ id }) => !rows.chapter_schedules.has(scheduleId(iteration.id, id)),
    );
    return some(chance, bare).map(({ id }) =>
      insertRow('chapter_schedules', scheduleId(iteration.id, id), {
        chapter_id: id,
        iteration_id: iteration.id,
        planned_start: iteration.window_start,
        planned_end: iteration.window_start + 30,
      }),
    );
  },
  title: ({ rows }, chance) =>
    some(chance, [...rows.chapters.values()]).map((chapter) =>
      setFields('chapters', chapter, { title: `Title ${chance.below(1000)}` }),
    ),
  chapter: ({ rows }, chance) =>
    some(chance, [...rows.phases.values()]).map(({ id }) =>
      insertRow('chapters', chance.uuid(), { code: chance.pick(CODES) ?? '', title: 'New', phase_id: id }),
    ),
  /** A chapter goes, with everything that hangs on it as far as this screen knows. */
  clear({ rows }, chance) {
    return some(chance, [...rows.chapters.values()]).flatMap((chapter) => [
      ...removing('chapter_schedules', rows.chapter_schedules, ({ chapter_id }) => chapter_id === chapter.id),
      ...removing('dependencies', rows.dependencies, (row) =>
        [row.predecessor_id, row.successor_id].includes(chapter.id),
      ),
      removeRow('chapters', chapter),
    ]);
  },
  depend({ rows }, chance) {
    const chapters = [...rows.chapters.keys()];
    const [predecessor_id = '', successor_id = ''] = [chance.pick(chapters), chance.pick(chapters)];
    if (predecessor_id === successor_id) return [];
    return [insertRow('dependencies', chance.uuid(), { predecessor_id, successor_id })];
  },
  freeze: onIteration('frozen'),
  thaw: onIteration('planned'),
};

function onSchedule(op: (schedule: Rows['chapter_schedules'], chance: Chance) => Op): Ops {
  return ({ rows }, chance) =>
    some(chance, [...rows.chapter_schedules.values()]).map((schedule) => op(schedule, chance));
}

function onIteration(state: 'planned' | 'frozen'): Ops {
  return ({ rows }) => [...rows.iterations.values()].map((iteration) => setFields('iterations', iteration, { state }));
}

function removing<T extends 'chapter_schedules' | 'dependencies'>(
  table: T,
  rows: ReadonlyMap<string, Rows[T]>,
  isOne: (row: Rows[T]) => boolean,
): readonly Op[] {
  return [...rows.values()].filter(isOne).map((row) => removeRow(table, row));
}

/** One of them, where there is one. */
function some<T>(chance: Chance, rows: readonly T[]): readonly T[] {
  const row = chance.pick(rows);
  return row === undefined ? [] : [row];
}

const shift = (chance: Chance) => chance.pick([-30, 15, 30, 30]) ?? 15;

/** Settles a conflict on screen, one way or the other; some want to settle what is none of theirs. */
export function settle(tab: Tab, chance: Chance, counters: Counters): void {
  const view = tab.replica?.view();
  const open = view ? [...view.rows.conflicts.values()].filter(({ state }) => state === 'open') : [];
  const asked = open.filter(({ author }) => view?.role === 'lead' || author === view?.user.key || chance.is(0.1));
  const conflict = chance.is(0.5) ? asked[0] : asked.at(-1);
  if (!view || !conflict) return;
  counters.add('conflict settled');
  tab.edit('settle', resolveConflict(view, conflict, chance.is(0.5) ? 'mine' : 'theirs'));
}
