/** The database of a host: an external one or our own, with the tables and functions of this build, and the demo plan where wanted. */
import { checkMigrated, mayMigrate, migrate } from '../../migrations/migrate.ts';
import { hostUrl } from '../../migrations/roles.ts';
import { demoEdits } from '../demo/demo-plan.ts';
import { seedDemo } from '../demo/seed.ts';
import { connected } from '../postgres/connected.ts';
import { startPostgres } from '../postgres/embedded.ts';
import type { Settings } from './settings.ts';

export interface OpenDatabase {
  /** As the settings give it; may migrate, unless it is the hosts' role's. */
  readonly url: string;
  /** Where the hosts' role connects. */
  readonly doorsUrl: string;
  /** The same on the standby; null where there is none. */
  readonly readDoorsUrl: string | null;
  /** Leaves an external one alone. */
  readonly stop: () => Promise<void>;
}

/** Rejects, with nothing left running, where the database cannot be brought to this build. */
export async function openDatabase({ databaseUrl, readDatabaseUrl, dataDir, seed }: Settings): Promise<OpenDatabase> {
  const own = databaseUrl === null ? await startPostgres({ dataDir }) : null;
  const url = own?.url ?? databaseUrl ?? '';
  const stop = own?.stop ?? (async () => undefined);
  try {
    const mayMigrateIt = await connected(url, async (client) => {
      const may = await mayMigrate(client);
      if (may) await migrate(client, own === null ? {} : { hostPassword: own.hostPassword });
      else await checkMigrated(client);
      return may;
    });
    // Who connects as the hosts' role already is as little as a host needs to be.
    const doorsUrl = mayMigrateIt ? hostUrl(url, own?.hostPassword) : url;
    const readDoorsUrl = mayMigrateIt && readDatabaseUrl !== null ? hostUrl(readDatabaseUrl) : readDatabaseUrl;
    if (seed === 'demo') {
      await connected(doorsUrl, (client) => seedDemo(client, demoEdits({ seed: 1, now: Date.now() })));
    }
    return { url, doorsUrl, readDoorsUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
