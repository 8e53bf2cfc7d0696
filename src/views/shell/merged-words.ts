/** What became of edits that met others' changes to the same rows and stand together with them. Pure. */
import type { MergedUnit } from '../../store/edit.ts';
import { sentence } from '../../store/isolated.ts';
import type { PlanView } from '../../store/view.ts';
import { andMore, listed, NOUNS } from '../../store/words.ts';
import { unitWords } from '../unit-words.ts';

/** One sentence for all of them; null: there are none. */
export function mergedWords(view: PlanView): string | null {
  const [only, ...more] = view.merged;
  if (only === undefined) return null;
  const units = view.merged.flatMap(({ merged }) => merged);
  const who = listedOnce(units.map(({ by }) => nameOf(view, by)).sort());
  if (more.length === 0) {
    const what = listedOnce(units.map((unit) => `${unitWords(unit.unit)} of ${codeOf(view, unit)}`));
    return sentence`“${only.label}” was combined with what ${who} changed meanwhile: ${what}.`;
  }
  // They are kept by the random ids of their edits; people look for a row by its code.
  const rows = listedOnce(units.map((unit) => codeOf(view, unit)).sort());
  return sentence`${more.length + 1} of your edits were combined with what ${who} changed meanwhile in the same rows: ${rows}.`;
}

const LISTED_MAX = 4;

/** "AB, AC and 9 more", each once. */
function listedOnce(words: readonly string[]): string {
  const different = [...new Set(words)];
  if (different.length <= LISTED_MAX) return listed(different);
  return andMore(different.slice(0, LISTED_MAX - 1), different.length);
}

function nameOf({ events, user }: PlanView, userKey: string): string {
  if (userKey === user.key) return 'you in another edit';
  return events.find(({ actor }) => actor === userKey)?.actor_name ?? userKey;
}

/** The chapter's code where it is about a schedule; what has no code is named by its kind. */
function codeOf({ rows }: PlanView, { table, id }: MergedUnit): string {
  const schedule = rows.chapter_schedules.get(id);
  const chapter = schedule && rows.chapters.get(schedule.chapter_id);
  if (chapter) return chapter.code;
  const row = rows[table].get(id);
  return row && 'code' in row ? row.code : `a ${NOUNS[table]}`;
}
