/**
 * Connections to the database: how many, how long anybody waits for one, how long a statement may run. All of it is
 * bounded, so that a slow database makes answers of 503 and not a host that hangs.
 */
import { DatabaseError, Pool, type PoolClient, type QueryResult, type QueryResultRow } from 'pg';
import type { Log } from './log.ts';
import type { PoolCounts } from './meter.ts';

export interface Connections {
  readonly query: <R extends QueryResultRow>(sql: string, values: readonly unknown[]) => Promise<QueryResult<R>>;
  readonly counts: () => PoolCounts;
  /** Waits for what is running. */
  readonly close: () => Promise<void>;
}

export interface ConnectionSettings {
  readonly url: string;
  readonly most: number;
  /** How long anybody waits for a connection, and for an answer that a network swallowed. */
  readonly patience?: { readonly connectionMs: number; readonly answerMs: number };
  readonly log: Log;
}

// The role's own statement timeout is shorter.
const PATIENCE = { connectionMs: 5_000, answerMs: 20_000 };

export function openConnections({ url, most, log, patience = PATIENCE }: ConnectionSettings): Connections {
  const pool = new Pool({
    connectionString: url,
    application_name: 'macroplan',
    max: most,
    connectionTimeoutMillis: patience.connectionMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    query_timeout: patience.answerMs,
  });
  // A connection that dies while nobody uses it: the pool has dropped it already. When we close, the last ones say
  // goodbye after the pool is done, and a database that stops then ends them its own way.
  pool.on('error', (error) => {
    if (!pool.ending) log({ error });
  });

  // One that dies under a statement fails the statement, which is where it matters; Node ends a process that hears of it nowhere else.
  pool.on('connect', (client) => client.on('error', () => undefined));

  async function query<R extends QueryResultRow>(sql: string, values: readonly unknown[]): Promise<QueryResult<R>> {
    const client = await pool.connect();
    try {
      const result = await client.query<R>({ name: nameOf(sql), text: sql, values: [...values] });
      client.release();
      return result;
    } catch (error) {
      release(client, error);
      throw error;
    }
  }

  const counts = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount });
  return { query, counts, close: () => pool.end() };
}

/**
 * Doors are called in a few dozen ways, so each connection keeps its statements prepared: an idle poll, which does little
 * else, is a quarter quicker for it. A pooler between here and the database must know prepared statements.
 */
const names = new Map<string, string>();

function nameOf(sql: string): string {
  const name = names.get(sql) ?? `door_${names.size + 1}`;
  names.set(sql, name);
  return name;
}

/** A refusal leaves the connection as good as new; making a new one for each would let bad requests cost us dearly. */
function release(client: PoolClient, error: unknown): void {
  const isGood = error instanceof DatabaseError && error.severity === 'ERROR' && !/^(08|57P)/.test(error.code ?? '');
  client.release(!isGood);
}
