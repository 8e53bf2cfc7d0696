import type { Audience, Recipient } from '../../store/mail.ts';
import type { Team } from '../../store/rows.ts';

/** What the choices of the form say. */
export const AUDIENCE_WORDS: { readonly [audience in Audience]: string } = {
  address: 'A mail address',
  team: 'One team, at its address',
  owner: 'The team of the chapter it is about',
  successors: 'The teams of chapters that wait for it',
};

/** Who a recipient is, in words: "Team DBA (dba@example.com)". */
export function recipientText(
  { audience, email, team_id }: Pick<Recipient, 'audience' | 'email' | 'team_id'>,
  teams: ReadonlyMap<string, Team>,
): string {
  if (audience === 'address') return email ?? '';
  if (audience !== 'team') return AUDIENCE_WORDS[audience];
  const team = teams.get(team_id ?? '');
  if (team === undefined) return 'A team that was removed';
  return `Team ${team.code} (${team.email ?? 'no address yet: gets nothing'})`;
}
