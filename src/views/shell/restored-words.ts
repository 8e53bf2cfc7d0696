/** That the server went back, how far, and what became of what this device had done. Pure. */
import { zoneOf } from '../../store/plan-zone.ts';
import { recentText } from '../../store/times-text.ts';
import type { PlanView, Restored } from '../../store/view.ts';
import { listed } from '../../store/words.ts';

/** Null: it did not. `now`: server clock, milliseconds. */
export function restoredWords(view: PlanView, now: number): string | null {
  const { restored } = view;
  if (restored === null) return null;
  const fates = restored.edits.map(fateIn(view, restored));
  const counts = FATES.map(([fate, one, many]) => {
    const count = fates.filter((each) => each === fate).length;
    return { count, words: count === 1 ? one : many };
  }).filter(({ count }) => count > 0);
  // What had to be made again had been lost.
  const isOlder = restored.isOlder || fates.includes('again');
  const until = restored.until === null ? '' : `, of ${recentText(zoneOf(view), restored.until, now)}`;
  const server = isOlder
    ? `The server went back to an older state${until}.`
    : 'The server was restored, or another one took its place.';
  if (counts.length === 0) return server;
  if (fates.length === 1) return `${server} Your edit of the last two weeks on this device ${counts[0]?.words}.`;
  const told = listed(counts.map(({ count, words }) => `${count} ${words}`));
  return `${server} Of your ${fates.length} edits of the last two weeks on this device ${told}.`;
}

type Fate = 'kept' | 'again' | 'needs' | 'decided' | 'waits';

const FATES: readonly (readonly [fate: Fate, one: string, many: string])[] = [
  ['kept', 'is still there', 'are still there'],
  ['again', 'was made again', 'were made again'],
  ['needs', 'needs you', 'need you'],
  ['decided', 'was decided', 'were decided'],
  ['waits', 'is on the way again', 'are on the way again'],
];

function fateIn({ rows, queue, refused }: PlanView, { kept }: Restored): (id: string) => Fate {
  const [had, waiting] = [new Set(kept), new Set(queue.map(({ edit }) => edit.id))];
  const conflicts = new Map([...rows.conflicts.values()].map(({ edit_id, state }) => [edit_id, state]));
  const refusals = new Set(refused.map(({ edit }) => edit.id));
  return (id) => {
    if (waiting.has(id)) return 'waits';
    if (had.has(id)) return 'kept';
    if (refusals.has(id) || conflicts.get(id) === 'open') return 'needs';
    return conflicts.has(id) ? 'decided' : 'again';
  };
}
