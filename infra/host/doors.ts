/**
 * The doors of the database: one `select api.…` each, text in and text out. No transaction is opened and nothing is kept,
 * so a connection that dies takes nothing with it but the call.
 */
import type { Identity } from './identity.ts';
import type { Connections } from './pool.ts';

export interface Doors {
  /** To be called once when a host starts: notices a database that was restored to an older state. */
  readonly hello: () => Promise<string>;
  /** Looks after one plan that is due; '' where none is. */
  readonly tidy: () => Promise<string>;
  /** One mail that is due, as JSON, for this asker alone until the lease ends; '' where none is. */
  readonly claimMail: (leaseSeconds: number, app: string) => Promise<string>;
  /** `error` null: it was sent. */
  readonly settleMail: (mail: ClaimedMail, error: string | null) => Promise<string>;
  /** How many mails wait or were given up, of all plans together, as JSON. */
  readonly mailHealth: () => Promise<string>;
  /** How far the server has come, in a form for `hasReplayed` on a standby of it; rejects on a standby. */
  readonly position: () => Promise<string>;
  /** False where the server is no standby of the one that the position is of. */
  readonly hasReplayed: (position: string) => Promise<boolean>;
  readonly version: (build: string) => Promise<string>;
  readonly plans: (who: Identity) => Promise<string>;
  readonly createPlan: (who: Identity, body: string) => Promise<string>;
  readonly delta: (who: Identity, plan: string, cursor: string | null, etag: string | null) => Promise<Delta>;
  readonly snapshot: (who: Identity, plan: string) => Promise<string>;
  readonly snapshotPart: (who: Identity, plan: string, snapshot: string, part: number) => Promise<string>;
  readonly sync: (who: Identity, plan: string, body: string) => Promise<string>;
  readonly events: (who: Identity, plan: string, page: EventsPage) => Promise<string>;
  readonly state: (who: Identity, plan: string, rev: number) => Promise<string>;
  readonly verify: (who: Identity, plan: string) => Promise<string>;
  /** What became of a plan's mails; for its leads. */
  readonly mails: (who: Identity, plan: string) => Promise<string>;
  /** Who gets mails of which event; for its leads. */
  readonly recipients: (who: Identity, plan: string) => Promise<string>;
  readonly changeRecipients: (who: Identity, plan: string, body: string) => Promise<string>;
  /** What the addressee with this token stopped; changes nothing. */
  readonly mailStops: (token: string) => Promise<string>;
  readonly stopMails: (token: string, body: string) => Promise<string>;
  readonly showTable: (who: Identity, plan: string, table: TableRequest) => Promise<string>;
}

export interface ClaimedMail {
  readonly plan: string;
  readonly id: string;
  readonly attempt: number;
}

/** `body` is null where nothing changed since the cursor, and the asker's tag says that it knows. */
export interface Delta {
  readonly etag: string;
  readonly body: string | null;
}

/** Null: from the newest, as many as the database likes, of every row. */
export interface EventsPage {
  readonly before: number | null;
  readonly limit: number | null;
  readonly row: string | null;
}

export interface TableRequest {
  readonly iteration: string | null;
  readonly purpose: string;
  readonly variant: string;
  readonly since: number | null;
  /** URL of the live plan. */
  readonly link: string;
}

export function openDoors({ query }: Pick<Connections, 'query'>): Doors {
  async function call(sql: string, values: readonly unknown[]): Promise<string> {
    const { rows } = await query<{ body: string }>(`select ${sql} as body`, values);
    return rows[0]?.body ?? '';
  }
  return {
    hello: () => call('api.hello()', []),
    tidy: () => call('api.tidy()', []),
    claimMail: (leaseSeconds, app) => call('api.claim_mail($1, $2)', [leaseSeconds, app]),
    settleMail: ({ plan, id, attempt }, error) => call('api.settle_mail($1, $2, $3, $4)', [plan, id, attempt, error]),
    mailHealth: () => call('api.mail_health()', []),
    position: () => call('api.log_position()', []),
    hasReplayed: async (position) => {
      const { rows } = await query<{ has: boolean }>('select api.has_replayed($1) as has', [position]);
      return rows[0]?.has ?? false;
    },
    version: (build) => call('api.version($1)', [build]),
    plans: (who) => call('api.plans($1)', [who]),
    createPlan: (who, body) => call('api.create_plan($1, $2)', [who, body]),
    delta: async (who, plan, cursor, etag) => {
      const sql = 'select etag, body from api.delta($1, $2, $3, $4)';
      const { rows } = await query<Delta>(sql, [who, plan, cursor, etag]);
      return rows[0] ?? { etag: '', body: null };
    },
    snapshot: (who, plan) => call('api.snapshot($1, $2)', [who, plan]),
    snapshotPart: (who, plan, snapshot, part) => call('api.snapshot_part($1, $2, $3, $4)', [who, plan, snapshot, part]),
    sync: (who, plan, body) => call('api.sync($1, $2, $3)', [who, plan, body]),
    events: (who, plan, { before, limit, row }) =>
      call('api.events($1, $2, $3, $4, $5)', [who, plan, before, limit, row]),
    state: (who, plan, rev) => call('api.state($1, $2, $3)', [who, plan, rev]),
    verify: (who, plan) => call('api.verify($1, $2)', [who, plan]),
    mails: (who, plan) => call('api.mails($1, $2)', [who, plan]),
    recipients: (who, plan) => call('api.recipients($1, $2)', [who, plan]),
    changeRecipients: (who, plan, body) => call('api.change_recipients($1, $2, $3)', [who, plan, body]),
    mailStops: (token) => call('api.mail_stops($1)', [token]),
    stopMails: (token, body) => call('api.stop_mails($1, $2)', [token, body]),
    showTable: (who, plan, { iteration, purpose, ...options }) =>
      call('api.show_table($1, $2, $3, $4, $5)', [who, plan, iteration, purpose, options]),
  };
}
