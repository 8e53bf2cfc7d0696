/** A mail of a plan as its leads see it. Moments are server time, milliseconds. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  /** `due`: it waits for a host or for the next try. `parked`: given up. */
  readonly state: 'due' | 'sent' | 'parked';
  readonly attempts: number;
  readonly due_at: number;
  readonly sent_at: number | null;
  /** Why the last try failed. */
  readonly error: string | null;
}

/** Given up first, then newest first, at most 200. Rejects with an error whose message is a sentence for people. */
export type ReadMails = () => Promise<readonly Mail[]>;

/** Who hears of an event: one address, one team, the team of the chapter it is about, or those of the chapters that wait for it. */
export type Audience = 'address' | 'team' | 'owner' | 'successors';

/** A kind of mail as the server names it, and who can be listed for it. */
export interface MailEvent {
  readonly event: string;
  readonly title: string;
  readonly audiences: readonly Audience[];
  /** Whether quiet hours hold it. */
  readonly waits: boolean;
}

/** Who is listed for one kind of mail. */
export interface Recipient {
  readonly id: string;
  readonly event: string;
  readonly audience: Audience;
  /** Of an `address` alone. */
  readonly email: string | null;
  /** Of a `team` alone. */
  readonly team_id: string | null;
  /** Whose address it is, where a lead said so. */
  readonly user_key: string | null;
  /** Of a status report alone: 1, 2, 4 or 6. */
  readonly every_hours: number | null;
}

/** When mails to an address wait, every day: minutes after midnight by the clocks of `zone`, over midnight where they end before they begin. */
export interface QuietHours {
  readonly id: string;
  readonly email: string;
  readonly quiet_from: number;
  readonly quiet_to: number;
  readonly zone: string;
}

/** What changed in the list: a recipient, or quiet hours, which have no event. `at`: server time, milliseconds; `by`: a name. */
export type RecipientChange = Changed &
  (
    | Pick<Recipient, 'event' | 'audience' | 'email' | 'team_id' | 'every_hours'>
    | ({ readonly event: null } & Pick<QuietHours, 'email' | 'quiet_from' | 'quiet_to' | 'zone'>)
  );

interface Changed {
  readonly change: 'added' | 'removed';
  readonly at: number;
  readonly by: string;
}

export interface RecipientList {
  readonly events: readonly MailEvent[];
  readonly recipients: readonly Recipient[];
  readonly quiet: readonly QuietHours[];
  /** What addressees asked to get no more, newest first. */
  readonly stops: readonly { readonly email: string; readonly event: string; readonly at: number }[];
  /** Newest first, at most 50. */
  readonly changes: readonly RecipientChange[];
  readonly people: readonly { readonly user_key: string; readonly name: string }[];
}

/** Both resolve to the list as it is then and reject with an error whose message is a sentence for people. */
export interface MailRecipients {
  read(): Promise<RecipientList>;
  change(change: ListChange): Promise<RecipientList>;
}

/** All of it or nothing; the same again changes nothing more. */
export interface ListChange {
  readonly add?: readonly Recipient[];
  /** In place of those that the address has. */
  readonly quiet?: readonly QuietHours[];
  /** Ids of recipients and of quiet hours. */
  readonly remove?: readonly string[];
}

/** What the addressee of a mail gets of a plan. */
export interface MailStops {
  /** The plan's name. */
  readonly plan: string;
  readonly email: string;
  readonly events: readonly { readonly event: string; readonly title: string; readonly is_stopped: boolean }[];
}

/** Both resolve to how it is then and reject with an error whose message is a sentence for people. */
export interface StopMails {
  read(): Promise<MailStops>;
  change(change: { readonly stop?: readonly string[]; readonly resume?: readonly string[] }): Promise<MailStops>;
}
