/** `npm run schema`: writes migrations/schema.sql from a database that it makes and throws away. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startPostgres } from '../infra/postgres/embedded.ts';
import { ROOT } from '../infra/root.ts';
import { migrate } from './migrate.ts';
import { dumpSchema } from './schema.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'macroplan-schema-'));
await chmod(folder, 0o711);
try {
  const server = await startPostgres({ dataDir: folder, settings: { fsync: 'off' } });
  const client = new pg.Client(server.url);
  await client.connect();
  try {
    await migrate(client);
    await writeFile(path.join(ROOT, 'migrations/schema.sql'), await dumpSchema(client));
    console.log('migrations/schema.sql is up to date.');
  } finally {
    await client.end();
    await server.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
