/** The ways out of a conflict: what each makes of the plan, what follows for the night, and whether the rules allow it. Pure. */
import { consequenceText } from '../../store/forecast/consequence.ts';
import { type Forecast, forecastOf } from '../../store/forecast/forecast.ts';
import { sentence } from '../../store/isolated.ts';
import { previewOf } from '../../store/preview.ts';
import type { Conflict, Fields, Iteration } from '../../store/rows.ts';
import { bothTexts, type Fate, settle, type Way } from '../../store/settle-conflicts.ts';
import { shiftText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { andMore } from '../../store/words.ts';
import { unitText } from '../values-text.ts';
import { shiftOf } from './sentences.ts';

export interface Choice {
  readonly way: Way | 'edit';
  readonly key: string;
  readonly name: string;
  /** "will be Sat 16 Jan 22:30 → 01:45 (3h15)" */
  readonly value: string;
  /** "keeps “Note on AB” · pushes 3 other chapters · 4h left in the window" */
  readonly effect: string;
  /** The rule that stands in the way. */
  readonly whyNot: string | null;
}

export interface ChoicesInput {
  readonly view: PlanView;
  readonly zone: string;
  /** A conflict and those that wait for it. */
  readonly chain: readonly Conflict[];
  readonly authorName: string | null;
  readonly now: number;
  /** The iteration that the conflict is about, with its forecast as things stand. */
  readonly about: {
    readonly iteration: Iteration;
    readonly was: Forecast;
    readonly chapters: ReadonlySet<string>;
  } | null;
}

export function choicesOf(input: ChoicesInput): readonly Choice[] {
  const own = input.authorName === null ? 'mine' : sentence`${input.authorName}’s`;
  const [first] = input.chain;
  const by = shiftOf(first?.items[0]);
  const isText = first?.items[0] !== undefined && bothTexts(first.items[0]) !== null;
  return [
    ...choice(input, 'theirs', '1', 'Keep theirs'),
    ...choice(input, 'mine', '2', `Use ${own}`),
    { way: 'edit', key: '3', name: 'Edit…', value: 'Set something else', effect: '', whyNot: null },
    ...choice(input, 'both', '4', isText ? 'Both texts' : `Mine on top (${shiftText(by ?? 0)})`),
  ];
}

function choice(input: ChoicesInput, way: Way, key: string, name: string): readonly Choice[] {
  const { view, chain, about, now } = input;
  const settling = settle(view, chain, way);
  if (settling === null) return [];
  const { ops, fates } = settling;
  const { verdict, view: after } = previewOf(view, ops);
  const whyNot =
    verdict.outcome === 'refused'
      ? verdict.refusal.message
      : verdict.outcome === 'conflict'
        ? verdict.cause === 'removed'
          ? 'What it belongs to was removed too, and would have to come back first.'
          : 'This would need a decision again.'
        : null;
  const forecast = () =>
    way === 'theirs' && ops.length === 1 ? about?.was : about && forecastOf(after.rows, about.iteration, now);
  const is = whyNot === null ? forecast() : null;
  const night = about && is ? [consequenceText({ ...about, is, view: after })] : [];
  const effect = [...fateTexts(fates), ...night].filter(Boolean).join(' · ');
  return [{ way, key, name, value: valueText(input, after), effect, whyNot }];
}

const FATES = { kept: 'keeps', dropped: 'drops', left: 'leaves to decide:' } as const;

/** "keeps Note on AB · leaves to decide: Note on AC" */
function fateTexts(fates: readonly Fate[]): readonly string[] {
  return (['kept', 'dropped', 'left'] as const).flatMap((fate) => {
    const labels = fates.filter((each) => each.fate === fate).map(({ conflict }) => sentence`“${conflict.label}”`);
    if (labels.length === 0) return [];
    return [`${FATES[fate]} ${labels.length > 3 ? andMore(labels.slice(0, 2), labels.length) : labels.join(', ')}`];
  });
}

/** What the plan will hold, for one item; for several, how many. */
function valueText({ zone, chain }: ChoicesInput, after: PlanView): string {
  const items = chain[0]?.items ?? [];
  const [item] = items;
  if (items.length !== 1 || item === undefined) return `for all ${items.length}`;
  const row = after.rows[item.table].get(item.id);
  if (row === undefined) return 'will be removed';
  const shown = item.theirs ?? item.mine ?? item.base ?? {};
  const stands = row as unknown as Fields;
  const fields = Object.fromEntries(Object.keys(shown).map((field) => [field, stands[field] ?? null]));
  return `will be ${unitText(after, zone, item.unit, fields)}`;
}
