/** Who gets the mails of the demo plan: addresses of functions, in the domains that are nobody's (RFC 2606). */
import type { Recipient } from '../../src/store/mail.ts';
import type { IdOf } from './ids.ts';

const CUTOVER_TEAM = 'cutover-team@example.org';
const STEERING_COMMITTEE = 'steering-committee@example.org';

type Listed = Pick<Recipient, 'event' | 'audience'> & Partial<Recipient>;

const LISTED: readonly Listed[] = [
  ...['gate_due', 'gate_decided', 'iteration', 'progress', 'moved'].map(
    (event): Listed => ({ event, audience: 'address', email: CUTOVER_TEAM }),
  ),
  ...['gate_decided', 'iteration'].map((event): Listed => ({ event, audience: 'address', email: STEERING_COMMITTEE })),
  { event: 'report', audience: 'address', email: STEERING_COMMITTEE, every_hours: 1 },
  { event: 'progress', audience: 'successors' },
];

export function demoRecipients(idOf: IdOf): readonly Recipient[] {
  return LISTED.map((listed) => ({
    id: idOf('recipient', `${listed.event} ${listed.audience} ${listed.email ?? ''}`),
    email: null,
    team_id: null,
    user_key: null,
    every_hours: null,
    ...listed,
  }));
}
