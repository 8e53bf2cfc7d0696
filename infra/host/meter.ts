/**
 * What a host counts, as Prometheus reads it. Labels are names of ours – routes, outcomes, codes – and never a plan's, a
 * person's or a device's: a time series per person would tell who works when.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Meter {
  readonly answered: (answer: Answered) => void;
  /** An answer that is an error, by its code of PROTOCOL. */
  readonly failed: (code: string) => void;
  /** `body` as the database gave it; null where nothing changed. */
  readonly polled: (body: string | null) => void;
  /** `reply` as the database gave it. */
  readonly synced: (reply: string) => void;
  /** One read that a standby may answer. */
  readonly read: (by: ReadBy) => void;
  /** Prometheus text; asks the sources first. */
  readonly text: (sources: Sources) => Promise<string>;
  readonly contentType: string;
}

/** The standby; or the primary, since the standby was behind what the asker had read, failed, or was not fresh. */
export type ReadBy = 'standby' | 'behind' | 'failed' | 'not_fresh';

export interface Answered {
  readonly method: string;
  /** The route's pattern; null where no route is meant. */
  readonly route: string | null;
  readonly status: number;
  readonly seconds: number;
}

export interface Sources {
  readonly pool: () => PoolCounts;
  /** `api.mail_health()` as it stands; rejects where the database is away. */
  readonly mailHealth: () => Promise<string>;
  /** Whether the standby may answer now; null where there is none. */
  readonly isStandbyFresh: () => boolean | null;
}

export interface PoolCounts {
  readonly total: number;
  readonly idle: number;
  /** Requests that wait for a connection. */
  readonly waiting: number;
}

/** An idle poll takes about 2 ms, a sync with many ops a few hundred. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMeter(build: string): Meter {
  const registry = new Registry();
  // Event-loop lag, memory, collections, handles: of the process.
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <const L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });

  new Gauge({
    name: 'macroplan_build_info',
    help: 'Always 1; the build is its label.',
    labelNames: ['build'],
    registers,
  }).set({ build }, 1);
  const durations = new Histogram({
    name: 'macroplan_http_request_duration_seconds',
    help: 'Answers by method, route pattern and class of status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const errors = counter('macroplan_errors_total', 'Answers that are errors, by code.', ['code']);
  const polls = counter('macroplan_polls_total', 'Polls by what they brought.', ['answer']);
  const receipts = counter('macroplan_receipts_total', 'Receipts by outcome; known: the edit had one already.', [
    'outcome',
    'known',
  ]);
  const refusals = counter('macroplan_refused_edits_total', 'Edits newly refused, by code.', ['code']);
  const reads = counter('macroplan_standby_reads_total', 'Reads that a standby may answer, by who did and why.', [
    'by',
  ]);
  const connections = {
    total: gauge('macroplan_pool_connections', 'Connections to the database.'),
    idle: gauge('macroplan_pool_idle', 'Connections that nobody uses.'),
    waiting: gauge('macroplan_pool_waiting', 'Requests that wait for a connection.'),
  };
  const standby = gauge('macroplan_standby_fresh', 'Whether the standby is near enough to the primary to be asked.');
  const database = gauge('macroplan_database_up', 'Whether the database answered just now.');
  const mails = {
    due: gauge('macroplan_mails_due', 'Mails that wait.'),
    overdue: gauge('macroplan_mails_overdue', 'Mails that should have gone ten minutes ago.'),
    parked: gauge('macroplan_mails_parked', 'Mails that were given up.'),
    oldest_s: gauge('macroplan_mails_oldest_seconds', 'Age of the oldest mail that waits.'),
  };

  async function askSources({ pool, mailHealth, isStandbyFresh }: Sources): Promise<void> {
    const isFresh = isStandbyFresh();
    if (isFresh === null) standby.remove();
    else standby.set(Number(isFresh));
    const counts = pool();
    connections.total.set(counts.total);
    connections.idle.set(counts.idle);
    connections.waiting.set(counts.waiting);
    const health = await mailHealth().then(readHealth, () => null);
    database.set(health === null ? 0 : 1);
    for (const [name, one] of Object.entries(mails)) {
      // A number from before is no number of now.
      if (health === null) one.remove();
      else one.set(health[name as keyof typeof mails]);
    }
  }

  return {
    answered: ({ method, route, status, seconds }) =>
      durations.observe({ method, route: route ?? 'none', status: `${Math.floor(status / 100)}xx` }, seconds),
    failed: (code) => errors.inc({ code }),
    polled: (body) => polls.inc({ answer: body === null ? 'unchanged' : isReset(body) ? 'reset' : 'changed' }),
    read: (by) => reads.inc({ by }),
    synced: (reply) => {
      for (const { outcome, dup, refusal } of readReceipts(reply)) {
        receipts.inc({ outcome, known: String(dup) });
        if (refusal !== null && !dup) refusals.inc({ code: refusal.code });
      }
    },
    text: async (sources) => {
      await askSources(sources);
      return await registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** `reset` comes before any row, and inside a string its quotes would be escaped. */
const isReset = (body: string) => /"reset":"\w+"/.test(body.slice(0, 1_000));

interface CountedReceipt {
  readonly outcome: string;
  readonly dup: boolean;
  readonly refusal: { readonly code: string } | null;
}

/** A reply begins with its receipts (migrations/functions/requests/take_edits.sql); the delta behind them may be large. */
function readReceipts(reply: string): readonly CountedReceipt[] {
  const end = reply.indexOf('],"cursor":');
  return end < 0 ? [] : JSON.parse(`${reply.slice(0, end)}]}`).receipts;
}

interface MailHealth {
  readonly due: number;
  readonly overdue: number;
  readonly parked: number;
  readonly oldest_s: number;
}

const readHealth = (text: string): MailHealth => JSON.parse(text);
