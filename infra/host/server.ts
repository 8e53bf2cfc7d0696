/**
 * The Node host: Fastify in front, one `select api.…` behind. It knows who asks, checks where a request comes from and how
 * large it is, and passes text through; what the text means is the database's business.
 */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createAdmission } from './admission.ts';
import { createApp } from './app.ts';
import { BASE_PATH } from './base-path.ts';
import { readBuildOutput } from './build-output.ts';
import { type Doors, openDoors } from './doors.ts';
import { startHousekeeping } from './housekeeping.ts';
import type { AuthSettings } from './identity.ts';
import { type KeptMails, keptMails } from './kept-mails.ts';
import { type Log, logToStderr } from './log.ts';
import { type MailerOptions, type MailSettings, smtpTransport, startMailer } from './mailer.ts';
import { createMeter, type Meter } from './meter.ts';
import { type MetricsServer, type MetricsSettings, startMetricsServer } from './metrics-server.ts';
import { openConnections } from './pool.ts';
import { refuseOutside } from './settings.ts';
import { followStandby, type Standby } from './standby.ts';
import { createValve } from './valve.ts';

export interface HostOptions {
  readonly databaseUrl: string;
  /** A standby of it, for what only reads. Null, the default: there is none. */
  readonly readDatabaseUrl?: string | null;
  /** Folder of the browser build: `node build.mjs` fills dist/. */
  readonly dist: string;
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly auth?: AuthSettings;
  readonly adminGroup?: string;
  readonly poolSize?: number;
  /** Requests of one person a minute. */
  readonly ratePerMinute?: number;
  /** Null, the default: another host sends the mails. `kept`: they stay here, for a page to show; only with `dev`. */
  readonly mail?: MailSettings | 'kept' | null;
  /** Null, the default: nobody may look at the counters. */
  readonly metrics?: MetricsSettings | null;
  readonly log?: Log;
}

export interface Host {
  /** `http://localhost:8080`, without a slash at its end. */
  readonly url: string;
  /** Where Prometheus asks; null where nobody may. */
  readonly metricsUrl: string | null;
  /** Finishes the requests taken, then closes the connections to the database. May be called again. */
  readonly close: () => Promise<void>;
}

/** Rejects where the port is taken, the database is away, or `dev` would be reachable from elsewhere. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { host = '127.0.0.1', port = 0, poolSize = 10, auth = { mode: 'dev' }, log = logToStderr } = options;
  if (auth.mode === 'dev') refuseOutside(host);
  const build = await readBuildOutput(options.dist);
  const kept = options.mail === 'kept' && auth.mode === 'dev' ? keptMails() : null;
  const connections = openConnections({ url: options.databaseUrl, most: poolSize, log });
  const primary = openDoors(connections);
  const bodyBytes = await greet(primary).catch(async (error) => {
    await connections.close();
    throw error;
  });
  const meter = createMeter(build.version);
  const standby = openStandby(options, { primary, most: poolSize, log, meter });
  const app = await createApp({
    doors: standby?.doors ?? primary,
    admission: createAdmission({ most: Math.max(1, Math.floor(poolSize / 2)), wait_ms: 3_000 }),
    build,
    auth,
    adminGroup: options.adminGroup ?? 'macroplan-admins',
    bodyBytes,
    ratePerMinute: options.ratePerMinute ?? 6_000,
    log,
    meter,
    valve: createValve(() => performance.now()),
    keptMails: kept,
  });
  const stopHousekeeping = startHousekeeping(primary, log);
  let stopMailer: () => Promise<void> = async () => undefined;
  let metrics: MetricsServer | null = null;
  let closed: Promise<void> | null = null;
  const close = () => {
    closed ??= Promise.all([closeApp(app), stopHousekeeping(), stopMailer()])
      .then(() => Promise.all([metrics?.close(), standby?.close()]))
      .then(connections.close);
    return closed;
  };
  try {
    if (options.metrics) {
      const isStandbyFresh = () => standby?.isFresh() ?? null;
      const text = () => meter.text({ pool: connections.counts, mailHealth: primary.mailHealth, isStandbyFresh });
      metrics = await startMetricsServer(options.metrics, { contentType: meter.contentType, text });
    }
    await app.listen({ host, port });
    const url = urlOf(host, portOf(app.server.address()));
    const sending = sendingBy(options.mail ?? null, kept, url);
    if (sending !== null) stopMailer = startMailer({ ...sending, doors: primary, log });
    return { url, metricsUrl: metrics?.url ?? null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Null where this host sends no mails. */
function sendingBy(
  mail: MailSettings | 'kept' | null,
  kept: KeptMails | null,
  url: string,
): Omit<MailerOptions, 'doors' | 'log'> | null {
  if (kept !== null) {
    return { transport: kept.transport, from: 'macroplan@example.com', publicUrl: `${url}${BASE_PATH}/app` };
  }
  return mail === null || mail === 'kept' ? null : { ...mail, transport: smtpTransport(mail.smtpUrl) };
}

/** Who waits for a standby could have had the primary's answer long ago. */
const STANDBY_PATIENCE = { connectionMs: 1_000, answerMs: 3_000 };

interface StandbyUse {
  readonly primary: Doors;
  readonly most: number;
  readonly log: Log;
  readonly meter: Meter;
}

function openStandby(
  { readDatabaseUrl = null }: HostOptions,
  { primary, most, log, meter }: StandbyUse,
): Standby | null {
  if (readDatabaseUrl === null) return null;
  const connections = openConnections({ url: readDatabaseUrl, most, log, patience: STANDBY_PATIENCE });
  return followStandby({ primary, connections, meter, clock: () => performance.now() });
}

/** Longer than any statement may run; who has not sent the whole request by then will not. */
const CLOSE_MS_MAX = 15_000;

/** A connection turns idle when its last answer is sent, after Fastify has looked for idle ones: so look again. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 20);
  const all = setTimeout(() => app.server.closeAllConnections(), CLOSE_MS_MAX);
  await app.close().finally(() => {
    clearInterval(idle);
    clearTimeout(all);
  });
}

/** Lets the database look after itself, and resolves to how many bytes a request may hold: its limit, not ours. */
async function greet(doors: Doors): Promise<number> {
  await doors.hello();
  const { limits } = Object(JSON.parse(await doors.version('')));
  const bytes: unknown = Object(limits).body_bytes;
  if (typeof bytes !== 'number') throw new Error('The database does not say how large a request may be.');
  return bytes;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function urlOf(host: string, port: number): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
