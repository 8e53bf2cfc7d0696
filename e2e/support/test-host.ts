/** A host over a database of its own, with the demo plan: what `npm start` serves, or another host of the same contract. */
import pg from 'pg';
import { demoEdits } from '../../infra/demo/demo-plan.ts';
import { seedDemo } from '../../infra/demo/seed.ts';
import { freshBrowserBuild } from '../../infra/host/browser-build.ts';
import { startHost } from '../../infra/host/server.ts';
import { createDatabase, type TestDatabase } from '../../infra/test/database.ts';

export interface TestHost {
  readonly url: string;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

/** Starts a host on the database of that address. */
export type Serve = (databaseUrl: string) => Promise<Pick<TestHost, 'url' | 'close'>>;

const byNode: Serve = async (databaseUrl) => startHost({ databaseUrl, dist: await freshBrowserBuild() });

export async function startTestHost(serve: Serve = byNode): Promise<TestHost> {
  const database = await createDatabase();
  const client = new pg.Client({ connectionString: database.hostUrl });
  await client.connect();
  await seedDemo(client, demoEdits({ seed: 1, now: Date.now() }));
  await client.end();
  const host = await serve(database.hostUrl);
  return {
    url: host.url,
    database,
    async close() {
      await host.close();
      await database.drop();
    },
  };
}
