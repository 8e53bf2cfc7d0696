/** What the filter offers: each choice adds its token to the search or takes it away. Pure. */
import { labelsInUse } from '../../store/labels.ts';
import { phasesInOrder } from '../../store/plan-order.ts';
import { STATUS_WORDS } from '../../store/progress.ts';
import type { Site, Status, Team } from '../../store/rows.ts';
import type { RowMaps } from '../../store/view.ts';
import { ASPECTS, type Aspect, hasToken, tokenOf } from './search.ts';

export interface FilterChoice {
  readonly token: string;
  readonly label: string;
}

const WORDS: { readonly [A in Aspect]: string } = {
  mine: 'Of my teams',
  late: 'Late',
  changed: 'Changed since you last looked',
  critical: 'On the critical path',
  pending: 'Kept on this device',
  conflict: 'To decide',
  unscheduled: 'Without times',
  finding: 'With findings',
  gate: 'Gates',
  deadline: 'With a deadline',
};

/** Kinds and statuses first, then what `search` holds already, phases, labels, sites and teams. */
export function filterChoices(rows: RowMaps, search: string): readonly FilterChoice[] {
  const aspects = ASPECTS.map((aspect) => ({ token: `is:${aspect}`, label: WORDS[aspect] }));
  const statuses = STATUSES.map((status) => {
    const label = STATUS_WORDS[status];
    return { token: tokenOf('status', label.toLowerCase()), label };
  });
  const phases = phasesInOrder(rows).map(({ code, name }) => ({ token: tokenOf('phase', code), label: name }));
  const labels = labelsInUse(rows.chapters.values()).map((label) => ({ token: tokenOf('label', label), label }));
  const named = [...phases, ...labels, ...choicesOf('site', rows.sites), ...choicesOf('team', rows.teams)];
  const chosen = new Set(named.filter(({ token }) => hasToken(search, token)));
  return [...aspects, ...statuses, ...chosen, ...named.filter((choice) => !chosen.has(choice))];
}

const STATUSES: readonly Status[] = ['pending', 'ready', 'running', 'blocked', 'done', 'skipped'];

function choicesOf(kind: 'team' | 'site', parts: ReadonlyMap<string, Team | Site>): readonly FilterChoice[] {
  return [...parts.values()]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, name }) => ({ token: tokenOf(kind, code), label: name }));
}

/** More would be drawn for nobody: whoever looks for one of them types. */
const SHOWN_MAX = 40;

/** Those that have all the words that are typed, in their name, their code or, typed with a colon, their token; `more`: how many are left out. */
export function choicesLike(choices: readonly FilterChoice[], typed: string) {
  const words = typed.toLowerCase().split(/\s+/);
  const like = choices.filter(({ token, label }) => {
    const [text, whole] = [`${label} ${token.slice(token.indexOf(':') + 1)}`.toLowerCase(), token.toLowerCase()];
    return words.every((word) => text.includes(word) || (word.includes(':') && whole.includes(word)));
  });
  return { shown: like.slice(0, SHOWN_MAX), more: Math.max(0, like.length - SHOWN_MAX) };
}
