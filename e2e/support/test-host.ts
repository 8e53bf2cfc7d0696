/** A host over a database of its own, with the demo plan: what `npm start` serves, for one test file. */
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

export async function startTestHost(): Promise<TestHost> {
  const database = await createDatabase();
  const client = new pg.Client({ connectionString: database.hostUrl });
  await client.connect();
  await seedDemo(client, demoEdits({ seed: 1, now: Date.now() }));
  await client.end();
  const host = await startHost({ databaseUrl: database.hostUrl, dist: await freshBrowserBuild() });
  return {
    url: host.url,
    database,
    async close() {
      await host.close();
      await database.drop();
    },
  };
}
