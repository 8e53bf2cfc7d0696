/** A real server for measurements: PostgreSQL as in production, migrated, in a folder that goes afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { demoEdits } from '../infra/demo/demo-plan.ts';
import { seedDemo } from '../infra/demo/seed.ts';
import { startPostgres } from '../infra/postgres/embedded.ts';
import { migrate } from '../migrations/migrate.ts';
import { hostUrl } from '../migrations/roles.ts';

export interface BenchServer {
  /** The superuser, connected. */
  readonly admin: Client;
  /** Where the hosts' role connects. */
  readonly hostUrl: string;
  stop(): Promise<void>;
}

export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'macroplan-bench-'));
  const postgres = await startPostgres({ dataDir: folder });
  const admin = new Client(postgres.url);
  await admin.connect();
  await migrate(admin, { hostPassword: postgres.hostPassword });
  return {
    admin,
    hostUrl: hostUrl(postgres.url, postgres.hostPassword),
    async stop() {
      await admin.end();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A plan with about `rows` rows, all of it planned; returns its id. */
export async function seedPlan(server: Pick<BenchServer, 'hostUrl'>, rows: number, seed: number): Promise<string> {
  // A demo plan has about 12 rows a chapter: itself, its links, and a schedule in each of seven iterations.
  const chapters = Math.max(8, Math.round(rows / 12));
  const demo = demoEdits({ chapters, seed, now: Date.now() });
  // Nobody gets mails, so that edits are measured and not what is told of them.
  const plan = { ...demo, plan: { ...demo.plan, code: `B${seed}` }, recipients: [] };
  const client = new Client(server.hostUrl);
  await client.connect();
  await client.query('set statement_timeout = 0');
  await seedDemo(client, plan);
  await client.end();
  return plan.plan.id;
}

/** Schedules that may be edited, at most so many. */
export async function plannedSchedules(
  { admin }: BenchServer,
  plan: string,
  most: number | null = null,
): Promise<{ id: string; note: string }[]> {
  const { rows } = await admin.query<{ id: string; note: string }>(
    `select s.id, s.note from macroplan.chapter_schedules s
       join macroplan.iterations i on (i.plan_id, i.id) = (s.plan_id, s.iteration_id)
      where s.plan_id = $1 and i.state = 'planned'
      limit $2`,
    [plan, most],
  );
  return rows;
}
