import { sentence } from '../../store/isolated.ts';
import { type ActivityEvent, EVENTS_KEPT } from '../../store/view.ts';
import { counted } from '../../store/words.ts';

/** What others did, in one sentence; `news` is newest first. */
export function newsWords(news: readonly ActivityEvent[]): string {
  const count = new Set(news.map(({ row_id }) => row_id)).size;
  const rows = counted(count, 'row');
  const [newest, ...others] = new Set(news.map(({ actor_name }) => actor_name));
  const who = others.length > 0 ? sentence`${newest} and others` : (newest ?? 'others');
  // Where all that is kept is news there may have been more.
  return news.length < EVENTS_KEPT
    ? sentence`${rows} changed by ${who}.`
    : sentence`At least ${rows} changed by ${who}.`;
}
