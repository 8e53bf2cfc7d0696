/** Conflicts as sentences and tables: who wanted what, what was before, what each choice would make of it. Pure. */
import { whyNotResolve } from '../../store/abilities.ts';
import { openChains } from '../../store/conflict-chains.ts';
import { timesIn } from '../../store/conflict-items.ts';
import { leastSlack } from '../../store/forecast/consequence.ts';
import { type Forecast, forecastOf } from '../../store/forecast/forecast.ts';
import { sentence } from '../../store/isolated.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { restated } from '../../store/restated.ts';
import type { Conflict, ConflictItem, Iteration } from '../../store/rows.ts';
import { bothTexts, type Way } from '../../store/settle-conflicts.ts';
import type { PlanView } from '../../store/view.ts';
import { counted } from '../../store/words.ts';
import { unitWords } from '../unit-words.ts';
import { unitText } from '../values-text.ts';
import { type Choice, choicesOf } from './choices.ts';
import { CAUSE_TITLES, causeSentence, type Names, nameOf, otherName, whatIs, whenText } from './sentences.ts';

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
  /** Both people's text; '' where the item is no text. */
  readonly both: string;
  readonly bars: Bars | null;
}

export interface ConflictCard {
  readonly id: string;
  /** The conflict as the plan stands now, and after it those that wait for it. */
  readonly chain: readonly Conflict[];
  readonly label: string;
  readonly cause: string;
  readonly isMine: boolean;
  readonly authorName: string;
  readonly items: readonly ItemModel[];
  /** Labels of the edits that build on this one. */
  readonly followers: readonly string[];
  readonly choices: readonly Choice[];
  readonly whyNot: string | null;
}

/** Conflicts of one cause with one person: they can be settled alike. */
export interface ConflictGroup {
  readonly id: string;
  readonly title: string;
  readonly cards: readonly ConflictCard[];
}

/** Those that can be settled this way: the bulk is one edit, and one that a rule forbids would take the others with it. */
export function settleable(cards: readonly ConflictCard[], way: Way): readonly ConflictCard[] {
  return cards.filter(({ choices }) => choices.some((choice) => choice.way === way && choice.whyNot === null));
}

export interface SettledLine {
  readonly id: string;
  readonly label: string;
  readonly how: string;
  /** The key of who settled it, where that was not its author by withdrawing. */
  readonly settledBy: string | null;
}

export interface SoftLine {
  readonly id: string;
  readonly label: string;
  readonly sentence: string;
}

export interface ConflictModel {
  readonly zone: string;
  readonly groups: readonly ConflictGroup[];
  /** The same in reading order. */
  readonly open: readonly ConflictCard[];
  readonly predicted: readonly SoftLine[];
  readonly settled: readonly SettledLine[];
  readonly headline: string;
}

export interface ConflictInput {
  readonly view: PlanView;
  /** Minutes, server time. */
  readonly now: number;
  /** The conflict that a link leads to: shown to whoever follows it. */
  readonly linked: string | null;
  readonly names: Names;
}

const SETTLED_SHOWN = 5;

/** Worst first: what has the least slack, and with it the others of its cause. */
export function conflictModel({ view, now, linked, names }: ConflictInput): ConflictModel {
  const zone = zoneOf(view);
  const all = [...view.rows.conflicts.values()];
  const isShown = ({ id, author }: Conflict) => view.role === 'lead' || author === view.user.key || id === linked;
  const chains = openChains(view)
    .filter((chain) => chain.some(isShown))
    .map(([first, ...waiting]) => (first === undefined ? [] : [restated(view, first), ...waiting]));
  const forecasts = new Map<string, Forecast>();
  const ranked = chains
    .map((chain) => {
      const about = aboutOf(view, chain, now, forecasts);
      const isMine = chain[0]?.author === view.user.key;
      return { about, isMine, chain, slack: leastSlack(about?.was ?? new Map(), about?.chapters ?? []) };
    })
    .sort((a, b) => Number(b.isMine) - Number(a.isMine) || a.slack - b.slack);
  const groups = new Map<string, { id: string; title: string; cards: ConflictCard[] }>();
  for (const { chain, about } of ranked) {
    const [first] = chain;
    if (first === undefined) continue;
    const other = otherIn(first);
    const id = `${first.cause} ${other} ${first.author === view.user.key}`;
    const group = groups.get(id) ?? {
      id,
      title: sentence`${CAUSE_TITLES[first.cause]} – ${otherName(view, names, { other, author: first.author }).replace(/,$/, '')}`,
      cards: [],
    };
    group.cards.push(cardOf({ view, zone, chain, now, about, names }, first));
    groups.set(id, group);
  }
  const open = [...groups.values()].flatMap(({ cards }) => cards);
  return {
    zone,
    groups: [...groups.values()],
    open,
    predicted: predictedOf({ view, zone, now, names }),
    settled: all
      .filter(({ state }) => state !== 'open')
      .sort((a, b) => Number(b.id === linked) - Number(a.id === linked) || b.rev - a.rev)
      .slice(0, SETTLED_SHOWN)
      .map((conflict) => settledOf(view, names, conflict)),
    headline: headlineOf(open),
  };
}

type About = Parameters<typeof choicesOf>[0]['about'];

/** Which chapters of which iteration it is about; null where no schedule is in dispute. */
function aboutOf(view: PlanView, chain: readonly Conflict[], now: number, forecasts: Map<string, Forecast>): About {
  const chapters = new Set<string>();
  let iteration: Iteration | undefined;
  for (const { table, id, base, theirs, mine } of chain.flatMap(({ items }) => items)) {
    if (table !== 'chapter_schedules') continue;
    const fields = view.rows.chapter_schedules.get(id) ?? base ?? theirs ?? mine;
    iteration ??= view.rows.iterations.get(String(fields?.iteration_id));
    if (iteration && fields?.iteration_id === iteration.id) chapters.add(String(fields.chapter_id));
  }
  if (iteration === undefined) return null;
  const was = forecasts.get(iteration.id) ?? forecastOf(view.rows, iteration, now);
  forecasts.set(iteration.id, was);
  return { iteration, was, chapters };
}

type CardInput = Omit<Parameters<typeof choicesOf>[0], 'authorName'> & { readonly names: Names };

function cardOf({ view, zone, chain, now, about, names }: CardInput, first: Conflict): ConflictCard {
  const isMine = first.author === view.user.key;
  const author = isMine ? 'You' : first.author_name;
  const other = otherName(view, names, { other: otherIn(first), author: first.author });
  const whyNot = whyNotResolve(view, first);
  const authorName = isMine ? null : first.author_name;
  return {
    id: first.id,
    chain,
    label: first.label,
    cause: causeSentence(view, first, { author, other }),
    isMine,
    authorName: first.author_name,
    items: first.items.map((item) => itemOf({ view, zone, now, item, names, author: first })),
    followers: chain.slice(1).map(({ label }) => label),
    choices: whyNot === null ? choicesOf({ view, zone, chain, now, about, authorName }) : [],
    whyNot,
  };
}

/** Who the other one is; an item about a row that only one side knows names nobody. */
function otherIn({ items }: Conflict): string | null {
  return items.find(({ theirs_by }) => theirs_by !== null)?.theirs_by ?? null;
}

interface ItemInput {
  readonly view: PlanView;
  readonly zone: string;
  /** Minutes. */
  readonly now: number;
  readonly item: ConflictItem;
  readonly names: Names;
  readonly author: Pick<Conflict, 'author' | 'author_name'>;
}

function itemOf({ view, zone, now, item, names, author: { author: key, author_name } }: ItemInput): ItemModel {
  const isMine = key === view.user.key;
  const authorWord = isMine ? 'You' : author_name;
  const sides = [item.base, item.theirs, item.mine].map((side) => unitText(view, zone, item.unit, side));
  const [base = '', theirs = '', mine = ''] = sides;
  const other = otherName(view, names, { other: item.theirs_by, author: key });
  const when = whenText(zone, item, now);
  const who = sentence`${when === '' ? other.replace(/,$/, '') : other}${when}`;
  const own = { side: authorWord, text: mine, fields: item.mine };
  const met = { side: who, text: theirs, fields: item.theirs };
  // Beside a row of one side only, that it is not among the other's says nothing.
  const isNew = item.unit !== 'row' && item.base === null && (item.theirs === null) !== (item.mine === null);
  const told = isNew ? [own, met].filter(({ fields }) => fields !== null) : [own, met];
  const isOwn = item.mine === null ? item.theirs_by === view.user.key : isMine;
  const whose = isOwn ? 'yours' : sentence`${item.mine === null ? other : authorWord}’s`;
  return {
    key: `${item.id} ${item.unit}`,
    item,
    what: isNew ? `${whatIs(view, item)} · ${whose}` : whatIs(view, item),
    mineWord: isMine ? 'Mine' : authorWord,
    unitWord: unitWords(item.unit),
    sentence: [...told.map(({ side, text }) => sentence`${side}: ${text}`), ...(isNew ? [] : [`Before: ${base}`])]
      .map(ended)
      .join(' '),
    base: isNew ? '' : base,
    theirs: isNew && item.theirs === null ? '' : theirs,
    mine: isNew && item.mine === null ? '' : mine,
    both: bothTexts(item) ?? '',
    bars: barsOf(item),
  };
}

/** A quoted sentence has its full stop already. */
function ended(sentence: string): string {
  return /[.!?]”$/.test(sentence) ? sentence : `${sentence}.`;
}

function barsOf({ base, theirs, mine }: ConflictItem): Bars | null {
  const spans = [base, theirs, mine].map(timesIn);
  const known = spans.filter((span) => span !== null);
  if (known.length < 2) return null;
  const from = Math.min(...known.map(([start]) => start));
  const to = Math.max(...known.map(([, end]) => end));
  const part = (at: number) => (to === from ? 0 : (at - from) / (to - from));
  const [a, b, c] = spans.map((span) => (span === null ? null : ([part(span[0]), part(span[1])] as const)));
  return { base: a ?? null, theirs: b ?? null, mine: c ?? null };
}

function predictedOf({ view, zone, now, names }: Omit<ItemInput, 'item' | 'author'>): readonly SoftLine[] {
  return view.queue.flatMap(({ edit, predicted }) => {
    if (predicted.outcome !== 'conflict') return [];
    const [item] = predicted.items;
    const author = { author: view.user.key, author_name: view.user.name };
    const sentence = item === undefined ? '' : itemOf({ view, zone, now, item, names, author }).sentence;
    return [{ id: edit.id, label: edit.label, sentence }];
  });
}

const HOW = { mine: 'used mine', theirs: 'kept theirs', custom: 'set by hand' } as const;

function settledOf(view: PlanView, names: Names, conflict: Conflict): SettledLine {
  const { id, label, state, resolution, resolved_by: key, author_name } = conflict;
  if (state === 'withdrawn') return { id, label, how: sentence`withdrawn by ${author_name}`, settledBy: null };
  const how = resolution === null ? 'settled' : HOW[resolution.choice];
  const who = key === view.user.key ? 'you' : key === null ? null : nameOf(view, names, key);
  return { id, label: sentence`${label} (${author_name})`, how: who === null ? how : `${how}, ${who}`, settledBy: key };
}

function headlineOf(cards: readonly ConflictCard[]): string {
  const own = cards.filter(({ isMine }) => isMine);
  const others = cards.length - own.length;
  if (cards.length === 0) return 'No decision waits.';
  const edits = own.reduce((sum, { chain }) => sum + chain.length, 0);
  const from = edits > own.length ? `, from ${edits} edits` : '';
  const words =
    own.length === 0
      ? 'None waits for you'
      : `${counted(own.length, 'decision waits', 'decisions wait')} for you${from}`;
  return others === 0 ? `${words}.` : `${words}, ${others} for others.`;
}
