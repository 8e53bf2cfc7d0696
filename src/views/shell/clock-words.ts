import { ageText } from '../../store/times-text.ts';
import type { SyncState } from '../../store/view.ts';

/** What a round trip takes may look like so much. */
const TOLERATED_MS = 30_000;

/** That the reader's own clock is wrong: all times on the page are the server's. Null: it is right, or nobody knows yet. */
export function clockWords({ clockOffset, freshAt }: SyncState): string | null {
  if (freshAt === null || Math.abs(clockOffset) <= TOLERATED_MS) return null;
  const side = clockOffset > 0 ? 'behind' : 'ahead';
  return `This device’s clock is ${ageText(Math.abs(clockOffset))} ${side}. What is shown here, such as now and what is late, goes by the server’s clock.`;
}
