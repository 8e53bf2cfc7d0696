import { sentence } from '../../store/isolated.ts';
import type { Audience, Recipient } from '../../store/mail.ts';
import type { Team } from '../../store/rows.ts';

/** What the choices of the form say. */
export const AUDIENCE_WORDS: { readonly [audience in Audience]: string } = {
  address: 'A mail address',
  team: 'One team, at its address',
  owner: 'The team of the chapter it is about',
  successors: 'The teams of chapters that wait for it',
};

/** The choices of how often a status report comes: at full hours by the clocks of the plan. */
export const BEAT_WORDS: readonly (readonly [everyHours: number, words: string])[] = [
  [1, 'every hour'],
  [2, 'every 2 hours'],
  [4, 'every 4 hours'],
  [6, 'every 6 hours'],
];

/** Who a recipient is and how often, in words: "Team DBA (dba@example.com)", "board@example.com, every 2 hours". */
export function recipientText(
  recipient: Pick<Recipient, 'audience' | 'email' | 'team_id' | 'every_hours'>,
  teams: ReadonlyMap<string, Team>,
): string {
  const beat = BEAT_WORDS.find(([everyHours]) => everyHours === recipient.every_hours);
  return [whoText(recipient, teams), ...(beat ? [beat[1]] : [])].join(', ');
}

function whoText(
  { audience, email, team_id }: Pick<Recipient, 'audience' | 'email' | 'team_id'>,
  teams: ReadonlyMap<string, Team>,
): string {
  if (audience === 'address') return email ?? '';
  if (audience !== 'team') return AUDIENCE_WORDS[audience];
  const team = teams.get(team_id ?? '');
  if (team === undefined) return 'A team that was removed';
  return sentence`Team ${team.code} (${team.email ?? 'no address yet: gets nothing'})`;
}
