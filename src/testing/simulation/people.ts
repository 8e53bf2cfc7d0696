/** What people do in a simulated night: they edit what they see, and settle what they are asked. */
import type { Op } from '../../store/edit.ts';
import { insertRow, moveTo, removeRow, resizeEdge, setFields, slipBy } from '../../store/ops.ts';
import { resolveConflict } from '../../store/resolution.ts';
import type { Status } from '../../store/rows.ts';
import type { Chance } from './chance.ts';
import type { Counters } from './counters.ts';
import type { Tab } from './tab.ts';

const STATUSES: readonly Status[] = ['pending', 'ready', 'running', 'done', 'blocked', 'skipped'];

/** One act of the person at this tab, on the rows on screen. */
export function act(tab: Tab, chance: Chance): void {
  const view = tab.replica?.view();
  if (!view) return;
  const schedule = chance.pick([...view.rows.chapter_schedules.values()]);
  const chapter = chance.pick([...view.rows.chapters.values()]);
  if (!schedule || !chapter) return;
  const by = chance.pick([-30, 15, 30, 45]) ?? 15;
  const acts: { readonly [kind: string]: () => readonly Op[] } = {
    slip: () => [slipBy(schedule, by)],
    move: () => [moveTo(schedule, schedule.planned_start + by)],
    resize: () => [resizeEdge(schedule, 'end', schedule.planned_end + Math.abs(by))],
    window: () => [
      setFields('chapter_schedules', schedule, {
        planned_start: schedule.planned_start - 10,
        planned_end: schedule.planned_end + 10,
      }),
    ],
    note: () => [setFields('chapter_schedules', schedule, { note: `note ${chance.below(1000)}` })],
    status: () => [setFields('chapter_schedules', schedule, { status: chance.pick(STATUSES) ?? 'ready' })],
    title: () => [setFields('chapters', chapter, { title: `Title ${chance.below(1000)}` })],
    chapter: () => [
      insertRow('chapters', chance.uuid(), { code: `N${chance.below(40)}`, title: 'New', phase_id: chapter.phase_id }),
    ],
    remove: () => [removeRow('chapter_schedules', schedule)],
  };
  const kind = chance.weighted({
    slip: 5,
    move: 3,
    resize: 2,
    window: 1,
    note: 4,
    status: 4,
    title: 2,
    chapter: 1,
    remove: 0.3,
  });
  tab.edit(kind, acts[kind]?.() ?? []);
  if (kind !== 'note' || chance.is(0.5)) return;
  // Typed on, before it can have been sent.
  const typed = tab.replica?.view().rows.chapter_schedules.get(schedule.id);
  if (typed) tab.edit(kind, [setFields('chapter_schedules', typed, { note: `${typed.note} and on` })]);
}

/** Settles the oldest conflict on screen, one way or the other. */
export function settle(tab: Tab, chance: Chance, counters: Counters): void {
  const view = tab.replica?.view();
  const conflict = view && [...view.rows.conflicts.values()].find(({ state }) => state === 'open');
  if (!view || !conflict) return;
  counters.add('conflict settled');
  tab.edit('settle', resolveConflict(view, conflict, chance.is(0.5) ? 'mine' : 'theirs'));
}
