/**
 * What the environment says, read once. A value that cannot be meant is an Error with a sentence that names it, so that a
 * typing mistake is told apart from a fault.
 */
import path from 'node:path';
import type { AuthSettings } from './identity.ts';
import type { MailSettings } from './mailer.ts';
import type { MetricsSettings } from './metrics-server.ts';
import { trustedAddresses } from './trusted-addresses.ts';

export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Null: bring our own PostgreSQL. */
  readonly databaseUrl: string | null;
  /** A standby of that database, for what only reads; null: there is none. */
  readonly readDatabaseUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  readonly seed: 'demo' | 'none';
  readonly auth: AuthSettings;
  readonly adminGroup: string;
  readonly poolSize: number;
  readonly ratePerMinute: number;
  /** Null: mails wait in the outbox until some host sends them. `kept`: a page shows them; nothing is sent. */
  readonly mail: MailSettings | 'kept' | null;
  /** Null: nobody may look at the counters. */
  readonly metrics: MetricsSettings | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** `root`: where a relative data folder begins. */
export function readSettings(environment: Environment, root: string): Settings {
  // A variable that is set to nothing was not set.
  const read = (name: string, standard: string) => environment[name]?.trim() || standard;
  const count = (name: string, standard: number, most: number, least = 1) =>
    wholeNumber(name, read(name, String(standard)), { least, most });
  const host = read('HOST', '127.0.0.1');
  const auth = readAuth(read, host);
  const { databaseUrl, readDatabaseUrl } = readDatabases(read);
  return {
    port: count('PORT', 8080, 65_535, 0),
    host,
    databaseUrl,
    readDatabaseUrl,
    dataDir: path.resolve(root, read('MACROPLAN_DATA_DIR', '.data')),
    // Behind a proxy are real people, who did not ask for an invented plan.
    seed: choice('MACROPLAN_SEED', read('MACROPLAN_SEED', auth.mode === 'dev' ? 'demo' : 'none'), ['demo', 'none']),
    auth,
    adminGroup: read('MACROPLAN_ADMIN_GROUP', 'macroplan-admins'),
    poolSize: count('MACROPLAN_POOL_SIZE', 10, 1_000, 2),
    ratePerMinute: count('MACROPLAN_RATE_PER_MINUTE', 6_000, 10_000_000),
    // What waits in a database that others use too is for others to send.
    mail: readMail(read) ?? (auth.mode === 'dev' && databaseUrl === null ? 'kept' : null),
    metrics:
      read('MACROPLAN_METRICS_PORT', '') === ''
        ? null
        : { host: read('MACROPLAN_METRICS_HOST', '127.0.0.1'), port: count('MACROPLAN_METRICS_PORT', 0, 65_535, 0) },
  };
}

type Read = (name: string, standard: string) => string;

function readAuth(read: Read, host: string): AuthSettings {
  const mode = choice('MACROPLAN_AUTH', read('MACROPLAN_AUTH', 'dev'), ['dev', 'proxy']);
  if (mode === 'dev') {
    refuseOutside(host);
    return { mode };
  }
  const proxies = read('MACROPLAN_TRUSTED_PROXIES', '');
  if (proxies === '') {
    throw new Error('MACROPLAN_AUTH=proxy needs MACROPLAN_TRUSTED_PROXIES: the addresses of the proxies to believe.');
  }
  const header = (name: string, standard: string) => headerName(name, read(name, standard));
  return {
    mode,
    isTrusted: trustedIn('MACROPLAN_TRUSTED_PROXIES', proxies),
    userHeader: header('MACROPLAN_USER_HEADER', 'X-Forwarded-User'),
    nameHeader: header('MACROPLAN_NAME_HEADER', 'X-Forwarded-Preferred-Username'),
    groupsHeader: header('MACROPLAN_GROUPS_HEADER', 'X-Forwarded-Groups'),
  };
}

/** The URL may hold a password, so no sentence repeats it. */
function readMail(read: Read): MailSettings | null {
  const smtpUrl = read('MACROPLAN_SMTP_URL', '');
  if (smtpUrl === '') return null;
  if (!URL.canParse(smtpUrl) || !/^smtps?:$/.test(new URL(smtpUrl).protocol)) {
    throw new Error('MACROPLAN_SMTP_URL must look like smtp://USER:PASSWORD@mail.example.com:587.');
  }
  const from = read('MACROPLAN_MAIL_FROM', '');
  if (!/^[^\s@<>,]+@[^\s@<>,]+$/.test(from))
    throw new Error('MACROPLAN_MAIL_FROM must be one mail address, the sender’s.');
  const publicUrl = read('MACROPLAN_PUBLIC_URL', '');
  if (!URL.canParse(publicUrl) || !/^https?:$/.test(new URL(publicUrl).protocol)) {
    throw new Error('MACROPLAN_PUBLIC_URL must say where people open Macroplan: mails link there.');
  }
  return { smtpUrl, from, publicUrl };
}

/** Whoever reaches a host with `dev` may be anybody, so nobody may reach it but from this machine. */
export function refuseOutside(host: string): void {
  if (['127.0.0.1', '::1', 'localhost'].includes(host)) return;
  throw new Error(
    `MACROPLAN_AUTH=dev lets everybody be anybody, so HOST must be 127.0.0.1, ::1 or localhost, and not ${host}.`,
  );
}

function wholeNumber(name: string, text: string, { least, most }: { least: number; most: number }): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, and not "${text}".`);
}

function choice<const T extends string>(name: string, text: string, values: readonly T[]): T {
  const value = values.find((one) => one === text);
  if (value === undefined) throw new Error(`${name} must be one of ${values.join(', ')}, and not "${text}".`);
  return value;
}

function headerName(name: string, text: string): string {
  if (/^[\w-]+$/.test(text)) return text.toLowerCase();
  throw new Error(`${name} must be the name of an HTTP header, and not "${text}".`);
}

function trustedIn(name: string, text: string): ReturnType<typeof trustedAddresses> {
  try {
    return trustedAddresses(text);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}

function readDatabases(read: Read): Pick<Settings, 'databaseUrl' | 'readDatabaseUrl'> {
  const databaseUrl = readUrl(read, 'DATABASE_URL');
  const readDatabaseUrl = readUrl(read, 'MACROPLAN_READ_DATABASE_URL');
  if (databaseUrl !== null || readDatabaseUrl === null) return { databaseUrl, readDatabaseUrl };
  throw new Error('MACROPLAN_READ_DATABASE_URL is a standby of a database that DATABASE_URL must name.');
}

/** The value may hold a password, so the sentence does not repeat it. */
function readUrl(read: Read, name: string): string | null {
  const text = read(name, '');
  if (text === '') return null;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  throw new Error(`${name} must look like postgres://USER:PASSWORD@HOST:5432/DATABASE.`);
}
