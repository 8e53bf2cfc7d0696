import type { RowMaps } from '../../store/view.ts';
import { openMenu } from '../menu.ts';
import { ASPECTS, type Aspect, hasToken, toggleToken, tokenOf } from './search.ts';

const WORDS: { readonly [A in Aspect]: string } = {
  late: 'Late',
  critical: 'On the critical path',
  pending: 'Kept on this device',
  conflict: 'To decide',
  unscheduled: 'Without times',
  finding: 'With findings',
  gate: 'Gates',
};

/** What to look for, by clicks: each item adds its token to the search or takes it away. */
export function filterMenu(
  anchor: HTMLElement,
  { teams, phases }: RowMaps,
  search: string,
  onSearch: (next: string) => void,
): void {
  const item = (token: string, label: string) => ({
    label,
    hint: token,
    isChosen: hasToken(search, token),
    act: () => onSearch(toggleToken(search, token)),
  });
  openMenu(anchor, 'Filter', [
    ...ASPECTS.map((aspect) => item(`is:${aspect}`, WORDS[aspect])),
    ...Array.from(phases.values(), ({ code, name }) => item(tokenOf('phase', code), name)),
    ...Array.from(teams.values(), ({ code, name }) => item(tokenOf('team', code), name)),
  ]);
}
