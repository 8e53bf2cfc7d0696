/** A plan to import into: one iteration, the night of 28 March 2026 in which clocks are set forward, and nothing in it. */
import { insertRow } from '../store/ops.ts';
import { applied, emptyView } from './demo-view.ts';
import { at } from './sample-view.ts';

const PLAN = { id: '10000000-0000-4000-8000-0000000000ee', code: 'NEW', name: 'A plan', time_zone: 'Europe/Zurich' };
export const RUN = '40000000-0000-4000-8000-000000000001';

export const importNight = applied(emptyView(PLAN), [
  insertRow('iterations', RUN, {
    code: 'RUN1',
    name: 'First run',
    kind: 'RUN',
    window_start: at('2026-03-28T19:00Z'),
    window_end: at('2026-03-29T10:00Z'),
  }),
]);

let ids = 0;
export function importedId(): string {
  ids += 1;
  return `b0000000-0000-4000-8000-${ids.toString(16).padStart(12, '0')}`;
}
