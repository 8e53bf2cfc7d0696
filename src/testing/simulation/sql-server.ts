/**
 * The real SQL as the server of simulated nights, asked through the doors by the hosts' role. Its clock and its ids come
 * from the night (night.sql); all else is production.
 */
import type pg from 'pg';
import { type Doors, openDoors } from '../../../infra/host/doors.ts';
import type { Connections } from '../../../infra/host/pool.ts';
import { checkPlan } from '../../../migrations/invariants.ts';
import type { Receipt } from '../../store/edit.ts';
import type { Row } from '../../store/rows.ts';
import type { TableName } from '../../store/schema.ts';
import { PLAN_ID } from '../small-plan.ts';
import type { ModelEvent } from './model-plan.ts';
import type { Server, Truth } from './server.ts';

/** A database with night.sql in it, for one night after another. */
export interface NightDatabase {
  /** A connection of the hosts' role. */
  readonly host: pg.ClientBase;
  /** A connection of the superuser. */
  readonly admin: pg.ClientBase;
}

export interface SqlEnvironment {
  /** The server's clock, milliseconds. */
  readonly clock: () => number;
  /** What `gen_random_uuid()` answers. */
  readonly newId: () => string;
}

/** How many ids a night brings: more than any needs. */
export const IDS = 400;

interface Looked {
  readonly cursor: string;
  readonly totals: Truth['totals'];
  readonly events: readonly ModelEvent[];
  readonly receipts: readonly Receipt[];
}

export class SqlServer implements Server {
  readonly doors: Doors;
  readonly #database: NightDatabase;
  readonly #clock: () => number;
  #backups = 0;
  /** What was seen last; null where the plan may have changed since. */
  #truth: Truth | null = null;
  #events: ModelEvent[] = [];

  private constructor(database: NightDatabase, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
    const query = async (sql: string, values: readonly unknown[]) => {
      await this.#tellTime(database.host);
      // A request that only reads makes at most a snapshot of the plan.
      if (sql.includes('api.sync') || sql.includes('api.create_plan')) this.#truth = null;
      return await database.host.query(sql, [...values]);
    };
    this.doors = openDoors({ query } as Pick<Connections, 'query'> as Connections);
  }

  /** Empties the database and begins a night in it. */
  static async begin(database: NightDatabase, { clock, newId }: SqlEnvironment): Promise<SqlServer> {
    await database.admin.query('select night.begin($1)', [Array.from({ length: IDS }, newId)]);
    return new SqlServer(database, clock);
  }

  async backup(): Promise<number> {
    await this.#administer('select night.backup($1)', [this.#backups]);
    this.#backups += 1;
    return this.#backups - 1;
  }

  async restore(backup: number, how: 'announced' | 'unannounced'): Promise<void> {
    await this.#administer('select night.restore($1)', [backup]);
    if (how === 'announced') await this.#administer('select api.new_epoch()', []);
    this.#events = [];
  }

  async changeShape(): Promise<void> {
    await this.#administer('update macroplan.meta set shape = to_hex(shape::int + 1)', []);
  }

  async prune(): Promise<void> {
    await this.#administer(`select macroplan.prune($1, '0')`, [PLAN_ID]);
  }

  async look(): Promise<Truth> {
    if (this.#truth) return this.#truth;
    const since = this.#events.at(-1)?.rev ?? 0;
    const { rows } = await this.#database.admin.query('select night.look($1, $2) as looked', [PLAN_ID, since]);
    const { cursor, totals, events, receipts } = rows[0].looked as Looked;
    this.#events.push(...events);
    this.#truth = {
      head: cursor.split('.').slice(0, 3).join('.'),
      totals,
      events: this.#events,
      receipts: new Map(receipts.map((receipt) => [receipt.edit, receipt])),
      live: () => this.#live(),
    };
    return this.#truth;
  }

  async inspect(): Promise<void> {
    await checkPlan(this.#database.admin, PLAN_ID);
  }

  async #live(): Promise<readonly { readonly table: TableName; readonly row: Row }[]> {
    const { rows } = await this.#database.admin.query(
      `select table_name as table, fields - 'removed' as row from macroplan.rows_since($1, 0) where not removed`,
      [PLAN_ID],
    );
    return rows;
  }

  async #administer(sql: string, values: readonly unknown[]): Promise<void> {
    this.#truth = null;
    await this.#tellTime(this.#database.admin);
    await this.#database.admin.query(sql, [...values]);
  }

  async #tellTime(client: pg.ClientBase): Promise<void> {
    await client.query(`select set_config('night.now_ms', $1, false)`, [String(this.#clock())]);
  }
}
