/** What stands in place of every view until the plan is on this device: nothing of it is known, so nothing is said of it. */
import type { SyncState } from '../../store/view.ts';

export function firstReading({ condition, arrived }: SyncState): string {
  if (condition !== 'starting' && condition !== 'online') {
    return 'This device has not read this plan yet. It is shown once the server answers.';
  }
  const part = arrived === null ? ' …' : `: ${Math.floor(arrived * 100)} %`;
  return `Reading the plan for the first time${part}`;
}
