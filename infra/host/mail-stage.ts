/** A host, two mailers and a real mail server, for tests of the mails that a night makes; and the clock by which mails are decided. */
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { type SmtpSink, startSmtpSink } from '../test/smtp-sink.ts';
import { BASE_PATH } from './base-path.ts';
import { freshBrowserBuild } from './browser-build.ts';
import { type Host as Asked, talkTo } from './conformance/talk.ts';
import { openDoors } from './doors.ts';
import { smtpTransport, startMailer } from './mailer.ts';
import { type Connections, openConnections } from './pool.ts';
import { type Host, startHost } from './server.ts';

export const PUBLIC = 'https://plans.bank.example/app';

export interface Arrived {
  readonly to: string;
  readonly mail: ParsedMail;
}

export interface MailStage {
  readonly database: TestDatabase;
  readonly host: Asked;
  readonly sink: SmtpSink;
  /** From now on mails are decided as if it were this moment, milliseconds. Stands still until it is set again. */
  setClock(at: number): Promise<void>;
  /** What came since the last look, once the mailers did all that there is to do. */
  arrived(): Promise<readonly Arrived[]>;
  /** The same as "to: subject", in the order of addresses. */
  mails(): Promise<readonly string[]>;
  /** Ends the mailers, as a restart does, and starts others; `meanwhile` nobody looks. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
}

/** To be called once in a test file. Each test has a mail server of its own; the database is the file's. */
export function setMailStage(): MailStage {
  let database: TestDatabase;
  let server: Host;
  let connections: Connections;
  let sink: SmtpSink;
  let mailers: readonly Mailer[] = [];
  let seen = 0;
  const host = talkTo(() => server.url.replace('localhost', '127.0.0.1') + BASE_PATH);

  beforeAll(async () => {
    database = await createDatabase();
    server = await startHost({ databaseUrl: database.hostUrl, dist: await freshBrowserBuild() });
    connections = openConnections({ url: database.hostUrl, most: 4, log: () => undefined });
  });
  afterAll(async () => {
    await connections.close();
    await server.close();
    await database.drop();
  });
  beforeEach(async () => {
    seen = 0;
    sink = await startSmtpSink();
    // Two hosts at once, always.
    mailers = [mailer(), mailer()];
  });
  afterEach(async () => {
    await stopAll();
    await sink.close();
  });

  const stopAll = () => Promise.all(mailers.map(({ stop }) => stop()));

  interface Mailer {
    readonly stop: () => Promise<void>;
    /** How many looks it has taken. */
    readonly looks: () => number;
  }

  function mailer(): Mailer {
    let looks = 0;
    const doors = openDoors(connections);
    const stop = startMailer({
      transport: smtpTransport(`smtp://127.0.0.1:${sink.port}`),
      from: 'macroplan@bank.example',
      publicUrl: PUBLIC,
      doors: {
        ...doors,
        async claimMail(...asked) {
          const mail = await doors.claimMail(...asked);
          looks += 1;
          return mail;
        },
      },
      log: () => undefined,
      everyMs: 10,
    });
    return { stop, looks: () => looks };
  }

  /** A look that was under way may have seen the clock as it was, and one beside it may have stood back for that one. */
  async function allLooked(): Promise<void> {
    const before = mailers.map(({ looks }) => looks());
    await expect
      .poll(() => mailers.every(({ looks }, i) => looks() >= (before[i] ?? 0) + 3), { timeout: 30_000 })
      .toBe(true);
    // What is given to somebody, or could be; a mail that waits for its next try is not.
    const under = `from macroplan.mail_outbox where state = 'due' and (due_at <= now() or leased_until is not null)`;
    await expect
      .poll(async () => (await database.admin.query(`select ${under}`)).rowCount, { timeout: 30_000 })
      .toBe(0);
  }

  async function arrived(): Promise<readonly Arrived[]> {
    await allLooked();
    const fresh = sink.mails.slice(seen);
    seen += fresh.length;
    return await Promise.all(fresh.map(async ({ to, text }) => ({ to, mail: await simpleParser(text) })));
  }

  return {
    get database() {
      return database;
    },
    get sink() {
      return sink;
    },
    host,
    setClock: async (at) => {
      await database.admin.query(
        `create or replace function macroplan.mail_clock() returns timestamptz language sql stable
         as $$ select timestamptz '${new Date(at).toISOString()}' $$`,
      );
    },
    arrived,
    mails: async () =>
      (await arrived()).map(({ to, mail }) => `${to}: ${mail.subject?.replace(/NIGHT-[0-9a-f]+/, 'NIGHT')}`).sort(),
    restart: async (meanwhile) => {
      await stopAll();
      await meanwhile?.();
      mailers = [mailer(), mailer()];
    },
  };
}
