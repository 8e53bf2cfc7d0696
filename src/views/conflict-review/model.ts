/** Conflicts as sentences and tables: who wanted what, what was before, what each choice would make of it. Pure. */
import { whyNotResolve } from '../../store/abilities.ts';
import { combineWithTheirs } from '../../store/resolution.ts';
import type { Conflict, ConflictCause, ConflictItem, Fields } from '../../store/rows.ts';
import { clockText, shiftText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { unitText } from './values-text.ts';

export interface Bars {
  /** Each side's [from, to] as parts of the shown stretch, 0 to 1; null where that side has no times. */
  readonly base: readonly [number, number] | null;
  readonly theirs: readonly [number, number] | null;
  readonly mine: readonly [number, number] | null;
}

export interface ItemModel {
  readonly key: string;
  readonly item: ConflictItem;
  readonly what: string;
  /** Whose side `mine` is: "Mine", or the author's name for a lead who decides for others. */
  readonly mineWord: string;
  readonly unitWord: string;
  readonly sentence: string;
  readonly base: string;
  readonly theirs: string;
  readonly mine: string;
  readonly bars: Bars | null;
}

export interface ConflictCard {
  readonly id: string;
  readonly conflict: Conflict;
  readonly label: string;
  readonly cause: string;
  readonly isMine: boolean;
  readonly authorWord: string;
  readonly theirsWord: string;
  readonly items: readonly ItemModel[];
  readonly whyNot: string | null;
  /** "+30m" where "mine on top of theirs" makes sense. */
  readonly onTop: string | null;
}

export interface SettledLine {
  readonly id: string;
  readonly label: string;
  readonly how: string;
}

export interface SoftLine {
  readonly id: string;
  readonly label: string;
  readonly sentence: string;
}

export interface ConflictModel {
  readonly zone: string;
  readonly open: readonly ConflictCard[];
  readonly predicted: readonly SoftLine[];
  readonly settled: readonly SettledLine[];
  readonly headline: string;
}

const SETTLED_SHOWN = 5;

export function conflictModel(view: PlanView): ConflictModel {
  const zone = view.rows.plans.get(view.planId)?.time_zone ?? 'UTC';
  const all = [...view.rows.conflicts.values()];
  const cards = all
    .filter(({ state, author }) => state === 'open' && (view.role === 'lead' || author === view.user.key))
    .sort((a, b) => Number(b.author === view.user.key) - Number(a.author === view.user.key) || a.at - b.at)
    .map((conflict) => cardOf(view, zone, conflict));
  return {
    zone,
    open: cards,
    predicted: predictedOf(view, zone),
    settled: all
      .filter(({ state }) => state !== 'open')
      .sort((a, b) => b.rev - a.rev)
      .slice(0, SETTLED_SHOWN)
      .map(settledOf),
    headline: headlineOf(cards),
  };
}

const CAUSE_WORDS: { readonly [C in ConflictCause]: string } = {
  both_changed: 'Both changed the same thing.',
  both_moved: 'Both moved the same chapter.',
  both_resized: 'Both changed how long it takes.',
  double_slip: 'Two people made the same slip. Keeping one of them is usually what was meant.',
  removed: 'One side removed what the other changed.',
  children_changed: 'What was to be removed has changed inside meanwhile.',
  constraint: 'Each change is fine alone; together they break a rule of the plan.',
  blocked: 'It builds on an edit that waits for a decision itself. Settle that one first.',
};

function cardOf(view: PlanView, zone: string, conflict: Conflict): ConflictCard {
  const isMine = conflict.author === view.user.key;
  const authorWord = isMine ? 'You' : conflict.author_name;
  return {
    id: conflict.id,
    conflict,
    label: conflict.label,
    cause: CAUSE_WORDS[conflict.cause],
    isMine,
    authorWord,
    theirsWord: nameOf(view, conflict.items[0]?.theirs_by ?? null) ?? 'The plan',
    items: conflict.items.map((item) => itemOf({ view, zone, item, authorWord })),
    whyNot: whyNotResolve(view, conflict),
    onTop: onTopOf(view, conflict),
  };
}

/** A conflict names who changed it by user key; the name is known from what that person did lately. */
function nameOf(view: PlanView, userKey: string | null): string | null {
  if (userKey === null) return null;
  if (userKey === view.user.key) return 'You, elsewhere';
  const event = view.events.find(({ actor }) => actor === userKey);
  const own = [...view.rows.conflicts.values()].find(({ author }) => author === userKey);
  return event?.actor_name ?? own?.author_name ?? userKey;
}

interface ItemInput {
  readonly view: PlanView;
  readonly zone: string;
  readonly item: ConflictItem;
  readonly authorWord: string;
}

function itemOf({ view, zone, item, authorWord }: ItemInput): ItemModel {
  const [base, theirs, mine] = [item.base, item.theirs, item.mine].map((side) => unitText(view, zone, item.unit, side));
  const at = item.theirs_at === null ? '' : ` at ${clockText(zone, Math.floor(item.theirs_at / 60_000))}`;
  const who = nameOf(view, item.theirs_by) ?? 'The plan now';
  return {
    key: `${item.id} ${item.unit}`,
    item,
    what: whatIs(view, item),
    mineWord: authorWord === 'You' ? 'Mine' : authorWord,
    unitWord: UNIT_WORDS[item.unit] ?? item.unit.replaceAll('_', ' '),
    sentence: [`${authorWord}: ${mine}`, `${who}${at}: ${theirs}`, `Before: ${base}`].map(ended).join(' '),
    base: base ?? '',
    theirs: theirs ?? '',
    mine: mine ?? '',
    bars: barsOf(item),
  };
}

/** A quoted sentence has its full stop already. */
function ended(sentence: string): string {
  return /[.!?]”$/.test(sentence) ? sentence : `${sentence}.`;
}

const UNIT_WORDS: { readonly [unit: string]: string } = {
  planned: 'times',
  progress: 'progress',
  note: 'note',
  row: 'the row itself',
};

/** "GA Load accounts · RUN3" */
function whatIs({ rows }: PlanView, { table, id }: ConflictItem): string {
  const schedule = rows.chapter_schedules.get(id);
  const chapter = rows.chapters.get(schedule?.chapter_id ?? id);
  const iteration = schedule === undefined ? undefined : rows.iterations.get(schedule.iteration_id);
  if (chapter !== undefined) return [`${chapter.code} ${chapter.title}`, iteration?.code].filter(Boolean).join(' · ');
  const named = rows.iterations.get(id) ?? rows.phases.get(id) ?? rows.teams.get(id) ?? rows.sites.get(id);
  return named === undefined ? `a row of ${table.replaceAll('_', ' ')}` : `${named.code} ${named.name}`;
}

function barsOf({ base, theirs, mine }: ConflictItem): Bars | null {
  const spans = [base, theirs, mine].map(spanOf);
  const known = spans.filter((span) => span !== null);
  if (known.length < 2) return null;
  const from = Math.min(...known.map(([start]) => start));
  const to = Math.max(...known.map(([, end]) => end));
  const part = (at: number) => (to === from ? 0 : (at - from) / (to - from));
  const [a, b, c] = spans.map((span) => (span === null ? null : ([part(span[0]), part(span[1])] as const)));
  return { base: a ?? null, theirs: b ?? null, mine: c ?? null };
}

function spanOf(fields: Fields | null): readonly [number, number] | null {
  const { planned_start: start, planned_end: end } = fields ?? {};
  return typeof start === 'number' && typeof end === 'number' ? [start, end] : null;
}

function onTopOf(view: PlanView, conflict: Conflict): string | null {
  if (conflict.cause !== 'double_slip' && conflict.cause !== 'both_moved') return null;
  const slips = (combineWithTheirs(view, conflict) ?? []).flatMap((op) => (op.op === 'slip' ? [op.by] : []));
  const [by] = slips;
  return by === undefined || by === 0 ? null : shiftText(by);
}

function predictedOf(view: PlanView, zone: string): readonly SoftLine[] {
  return view.queue.flatMap(({ edit, predicted }) => {
    if (predicted.outcome !== 'conflict') return [];
    const [item] = predicted.items;
    const sentence = item === undefined ? '' : itemOf({ view, zone, item, authorWord: 'You' }).sentence;
    return [{ id: edit.id, label: edit.label, sentence }];
  });
}

const HOW = { mine: 'used mine', theirs: 'kept theirs', custom: 'set by hand' } as const;

function settledOf({ id, label, state, resolution, resolved_by, author_name }: Conflict): SettledLine {
  if (state === 'withdrawn') return { id, label, how: `withdrawn by ${author_name}` };
  const how = resolution === null ? 'settled' : HOW[resolution.choice];
  return { id, label: `${label} (${author_name})`, how: resolved_by === null ? how : `${how}, ${resolved_by}` };
}

function headlineOf(cards: readonly ConflictCard[]): string {
  const own = cards.filter(({ isMine }) => isMine).length;
  const others = cards.length - own;
  if (cards.length === 0) return 'No decision waits.';
  const words = own === 0 ? 'None waits for you' : `${own} ${own === 1 ? 'decision waits' : 'decisions wait'} for you`;
  return others === 0 ? `${words}.` : `${words}, ${others} for others.`;
}
