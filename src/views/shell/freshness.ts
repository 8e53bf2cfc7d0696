/** How old the data on screen is, so that nobody takes an old picture for a live one. Pure. */
import { ageText, secondText } from '../../store/times-text.ts';
import type { SyncState } from '../../store/view.ts';

export interface Freshness {
  readonly words: string;
  /** `late` after two polls without an answer, `stale` after three: stale content loses its colours. */
  readonly age: 'none' | 'fresh' | 'late' | 'stale';
  /** The sentence of the banner above stale content. */
  readonly banner: string | null;
}

const LATE_POLLS = 2;
const STALE_POLLS = 3;
const CUT_OFF_MS = 30_000;

/** `now` is the device's clock in milliseconds. */
export function freshness(sync: SyncState, now: number, zone: string): Freshness {
  const { freshAt, missedPolls, clockOffset } = sync;
  if (freshAt === null) {
    const isWaiting = sync.condition === 'starting' && missedPolls < STALE_POLLS;
    return {
      words: isWaiting ? 'Waiting for the server' : 'Kept on this device',
      age: isWaiting ? 'none' : 'stale',
      banner: isWaiting ? null : 'This is what was kept on this device – not live. No answer from the server yet.',
    };
  }
  const age = ageText(now - freshAt);
  // Polling stops while signed out or forbidden, so missed polls alone would leave an old picture looking fresh.
  const isCutOff = sync.condition !== 'online' && sync.condition !== 'starting' && now - freshAt > CUT_OFF_MS;
  const words = `as of ${secondText(zone, freshAt + clockOffset)} (${age})`;
  if (missedPolls < LATE_POLLS && !isCutOff) return { words, age: 'fresh', banner: null };
  if (missedPolls < STALE_POLLS && !isCutOff) return { words, age: 'late', banner: null };
  return { words, age: 'stale', banner: `Data is ${age} old – not live.` };
}
