/** Causes as sentences with names: what two people did that does not go together. Pure. */
import { isolated, sentence } from '../../store/isolated.ts';
import type { Conflict, ConflictCause, ConflictItem, Fields } from '../../store/rows.ts';
import { recentText, shiftText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { andMore, fieldWords, NOUNS } from '../../store/words.ts';

/** Of a group; the name of the other person follows. */
export const CAUSE_TITLES: { readonly [C in ConflictCause]: string } = {
  both_changed: 'Changed by both',
  both_moved: 'Moved by both',
  both_resized: 'Given two lengths',
  double_slip: 'The same slip twice',
  removed: 'Removed by one, changed by the other',
  children_changed: 'Removed, but changed inside',
  constraint: 'Fine alone, not together',
  blocked: 'Built on an edit that needed a decision',
};

export interface Sides {
  /** "You", or the author for a lead who decides for others. */
  readonly author: string;
  readonly other: string;
}

export function causeSentence(view: PlanView, { cause, items, label, ops, rev }: Conflict, sides: Sides): string {
  const what = isolated(namesOf(view, items));
  const [author, other] = [isolated(sides.author), isolated(sides.other)];
  const [me, them] = [author, other].map((name) => name.replace(/^You\b/, 'you'));
  const both = `${author} and ${them} both`;
  switch (cause) {
    case 'double_slip': {
      const by = shiftOf(items[0]);
      const sum = by === null ? '' : ` by ${shiftText(by)}. Together that is ${shiftText(2 * by)}`;
      return `${both} slipped ${what}${sum}. One slip is usually what was meant: keep theirs.`;
    }
    case 'both_moved':
      return `${both} moved ${what}, to different times.`;
    case 'both_resized':
      return `${both} changed how long ${what} takes.`;
    case 'both_changed':
      return `${both} changed ${what}.`;
    case 'removed':
      if (items.every(({ table, id, theirs }) => theirs === null && (view.rows[table].get(id)?.rev ?? 0) > rev))
        return `${other} removed ${what}, which ${me} changed; by now it is back. Leave it as it stands, or change it.`;
      if (items.every(({ id, theirs }) => theirs === null && !ops.some((op) => 'id' in op && op.id === id)))
        return sentence`${other} removed ${what}, which “${label}” needs. Keep it removed, or bring it back.`;
      if (items.every((item) => item.theirs === null && hasLostItsChapter(view, item)))
        return `${other} removed a chapter and with it its schedule, which ${me} changed. It stays removed, unless the chapter comes back first.`;
      return items.some(({ theirs }) => theirs === null)
        ? `${other} removed ${what}, which ${me} changed. Keep it removed, or bring it back with the change.`
        : `${author} removed ${what}, which ${them} changed meanwhile. Keep it with the change, or remove it all the same.`;
    case 'children_changed':
      return `${author} removed something that ${them} added to or changed meanwhile: ${what}.`;
    case 'constraint': {
      const [unit, taken] = takenIn(items);
      if (unit === 'principal') return `${both} gave ${taken} a role. Keep theirs; the role can be changed then.`;
      if (unit !== null) {
        const whose = author === 'You' ? 'yours' : `${author}’s`;
        return `${both} gave the ${fieldWords(unit)} ${taken}, and only one can have it. Edit… gives ${whose} another one.`;
      }
      return `What ${me} and ${them} did to ${what} is fine alone; together it breaks a rule of the plan. What stands is safe.`;
    }
    case 'blocked':
      return sentence`“${label}” was built on an edit that needed a decision; that one is settled. Does this one still make sense?`;
  }
}

function hasLostItsChapter(view: PlanView, item: ConflictItem): boolean {
  return item.table === 'chapter_schedules' && !view.rows.chapters.has(String(fieldsOf(view, item)?.chapter_id));
}

/** What two rows cannot both have: the unit, and "“AG”". */
function takenIn([own, holder]: readonly ConflictItem[]): readonly [unit: string | null, value: string] {
  const isTaken = own?.mine && holder?.mine === null && own.unit === holder.unit && own.id !== holder.id;
  return isTaken && own.unit !== 'row' ? [own.unit, sentence`“${String(own.mine?.[own.unit] ?? '')}”`] : [null, ''];
}

/** Names by user key, as far as the event log was asked for them. */
export type Names = ReadonlyMap<string, string>;

/** A conflict names who changed it by user key; the name is known from what that person did. */
export function nameOf(view: PlanView, names: Names, userKey: string | null): string {
  if (userKey === null) return 'Somebody';
  if (userKey === view.user.key) return 'You';
  return knownName(view, names, userKey) ?? userKey;
}

/** Who stands on the other side of a conflict of `author`: by which page or device somebody met an edit of their own nobody knows. */
export function otherName(
  view: PlanView,
  names: Names,
  { other, author }: { other: string | null; author: string },
): string {
  return other === author && other === view.user.key ? 'You, in another edit,' : nameOf(view, names, other);
}

export function knownName(view: PlanView, names: Names, userKey: string): string | undefined {
  const event = view.events.find(({ actor }) => actor === userKey);
  const own = [...view.rows.conflicts.values()].find(({ author }) => author === userKey);
  return names.get(userKey) ?? event?.actor_name ?? own?.author_name;
}

/** "GA Load accounts · RUN3" */
export function whatIs(view: PlanView, item: ConflictItem): string {
  const { rows } = view;
  const fields = fieldsOf(view, item);
  if (item.table === 'chapters' || item.table === 'chapter_schedules') {
    const chapter = rows.chapters.get(String(fields?.chapter_id ?? item.id));
    const iteration = rows.iterations.get(String(fields?.iteration_id));
    const known = chapter ?? (item.table === 'chapters' ? fields : null);
    const named = [known?.code, known?.title].filter(Boolean).join(' ');
    if (named !== '') return [named, iteration?.code].filter(Boolean).join(' · ');
  }
  const { code, name } = fields ?? {};
  return typeof code === 'string' && typeof name === 'string' ? sentence`${code} ${name}` : shortName(view, item);
}

/** The same within a sentence: "GA", "the dependency of GB on GA". */
function shortName(view: PlanView, item: ConflictItem): string {
  const { rows } = view;
  const fields = fieldsOf(view, item);
  const chapter = rows.chapters.get(String(fields?.chapter_id ?? item.id));
  if (chapter !== undefined) return chapter.code;
  const codeOf = (id: unknown) => rows.chapters.get(String(id))?.code ?? 'a chapter that is gone';
  if (item.table === 'dependencies' && fields)
    return sentence`the dependency of ${codeOf(fields.successor_id)} on ${codeOf(fields.predecessor_id)}`;
  if (item.table === 'plan_members' && fields) return sentence`the role of ${fields.principal}`;
  if (item.table === 'chapter_schedules') return 'the schedule of a chapter that is gone';
  if (typeof fields?.code === 'string') return fields.code;
  if (typeof fields?.name === 'string') return sentence`the ${NOUNS[item.table]} “${fields.name}”`;
  return `a ${NOUNS[item.table]} that is gone`;
}

/** The row as it stands; where it is gone, as one side has it. */
function fieldsOf({ rows }: PlanView, { table, id, base, theirs, mine }: ConflictItem): Fields | null {
  const row = rows[table].get(id);
  return row ? { ...(row as unknown as Fields) } : (theirs ?? base ?? mine);
}

/** " at 21:05", or with its day where that is another one, where the moment is known. `now`: minutes. */
export function whenText(zone: string, { theirs_at }: ConflictItem, now: number): string {
  return theirs_at === null ? '' : ` at ${recentText(zone, theirs_at, now * 60_000)}`;
}

function namesOf(view: PlanView, items: readonly ConflictItem[]): string {
  const names = [...new Set(items.map((item) => shortName(view, item)))];
  return names.length > 3 ? andMore(names.slice(0, 2), names.length) : names.join(', ') || 'it';
}

/** By how many minutes mine shifts the whole. */
export function shiftOf(item: ConflictItem | undefined): number | null {
  const by = Number(item?.mine?.planned_start) - Number(item?.base?.planned_start);
  return Number.isFinite(by) ? by : null;
}
