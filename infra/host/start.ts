/** `npm start`: a database, the plan's tables, a demo plan, the host, and one line when all of it is ready. */
import { Client } from 'pg';
import { checkMigrated, mayMigrate, migrate } from '../../migrations/migrate.ts';
import { hostUrl } from '../../migrations/roles.ts';
import { demoEdits } from '../demo/demo-plan.ts';
import { seedDemo } from '../demo/seed.ts';
import { startPostgres } from '../postgres/embedded.ts';
import { ROOT } from '../root.ts';
import { freshBrowserBuild } from './browser-build.ts';
import { sentenceFor, type Tried } from './sentence.ts';
import { startHost } from './server.ts';
import { readSettings, type Settings } from './settings.ts';
import { listenForStop } from './signals.ts';

/** What has to be undone, newest last. */
const running: (() => Promise<void>)[] = [];

async function start(settings: Settings): Promise<void> {
  const dist = freshBrowserBuild();
  // Awaited below; a failure before that must not be "unhandled".
  dist.catch(() => undefined);
  const databaseUrl = await openDatabase(settings);
  const host = await startHost({ ...settings, databaseUrl, dist: await dist });
  running.push(host.close);
  console.log(`Macroplan is ready at ${host.url}/ (a plan to try: ${host.url}/confluence; Ctrl-C stops it)`);
}

/** Resolves to where the hosts' role connects. */
async function openDatabase({ databaseUrl, dataDir, seed }: Settings): Promise<string> {
  const own = databaseUrl === null ? await startPostgres({ dataDir }) : null;
  if (own !== null) running.push(own.stop);
  const url = own?.url ?? databaseUrl ?? '';
  const mayMigrateIt = await withClient(url, async (client) => {
    const may = await mayMigrate(client);
    if (may) await migrate(client, own === null ? {} : { hostPassword: own.hostPassword });
    else await checkMigrated(client);
    return may;
  });
  // Who connects as the hosts' role already is as little as a host needs to be.
  const doors = mayMigrateIt ? hostUrl(url, own?.hostPassword) : url;
  if (seed === 'demo') await withClient(doors, (client) => seedDemo(client, demoEdits({ seed: 1, now: Date.now() })));
  return doors;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that breaks also fails the query that waits on it, which is where it is dealt with.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Newest first: requests are finished, then connections closed, then the database stopped. */
async function stopAll(): Promise<void> {
  for (let stop = running.pop(); stop !== undefined; stop = running.pop()) await stop();
}

async function main(): Promise<void> {
  // A terminal that closed cannot be written to; that must not end us before what was begun is finished.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let settings: Settings;
  try {
    settings = readSettings(process.env, ROOT);
  } catch (error) {
    fail(error, { port: 0, databaseUrl: null });
  }
  const starting = start(settings);
  listenForStop({
    onStop: () => void starting.finally(stopAll).then(() => process.exit(0)),
    // PostgreSQL notices that we are gone and stops by itself.
    onForce: () => process.exit(1),
  });
  try {
    await starting;
  } catch (error) {
    await stopAll();
    fail(error, settings);
  }
}

function fail(error: unknown, tried: Tried): never {
  process.stderr.write(`${sentenceFor(error, tried)}\n`);
  process.exit(1);
}

await main();
