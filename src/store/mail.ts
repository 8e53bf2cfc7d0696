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
