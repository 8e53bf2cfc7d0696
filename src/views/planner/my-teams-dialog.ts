import { sentence } from '../../store/isolated.ts';
import type { Team } from '../../store/rows.ts';
import type { PlanStore } from '../../store/view.ts';
import type { Draft } from '../drafts.ts';
import { openForm } from '../form.ts';
import { keepMyTeams, myTeams } from './my-teams.ts';

const OFFERED_MAX = 12;

/** Which teams a reader calls theirs. */
export function openMyTeams(
  root: Element,
  { store, draft, onKept }: { readonly store: PlanStore; readonly draft: Draft; readonly onKept: () => void },
): void {
  const teams = () => [...store.view().rows.teams.values()];
  const before = [...myTeams(store.view())].map((id) => store.view().rows.teams.get(id)?.code);

  /** What stands before the last comma stays. */
  function suggest(text: string): readonly string[] {
    const [, done = '', word = ''] = /^(.*,)?\s*(.*)$/.exec(text.toLowerCase()) ?? [];
    const isLike = ({ code, name }: Team) => `${code} ${name}`.toLowerCase().includes(word);
    return teams()
      .filter(isLike)
      .slice(0, OFFERED_MAX)
      .map(({ code }) => `${text.slice(0, done.length)} ${code}`.trim());
  }

  openForm(root, {
    title: 'Your teams',
    draft,
    intro: 'Kept on this device. The filter “Of my teams” shows their chapters.',
    fields: [
      {
        name: 'teams',
        label: 'Codes of your teams',
        kind: 'line',
        value: before.join(', '),
        hint: 'DBA, NET',
        isWide: true,
        suggest,
      },
    ],
    action: 'Keep',
    onAction({ teams: typed = '' }) {
      const codes = typed.split(',').map((code) => code.trim());
      const named = codes.filter((code) => code !== '').map((code) => ({ code, team: meant(code) }));
      const unknown = named.find(({ team }) => team === undefined);
      if (unknown) return { field: 'teams', message: sentence`There is no team “${unknown.code}”.` };
      keepMyTeams(
        store.view(),
        named.flatMap(({ team }) => team?.id ?? []),
      );
      onKept();
      return null;
    },
  });

  /** Codes may differ in case only. */
  function meant(code: string): Team | undefined {
    const alike = teams().filter((team) => team.code.toLowerCase() === code.toLowerCase());
    return alike.find((team) => team.code === code) ?? alike[0];
  }
}
