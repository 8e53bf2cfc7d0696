/** `npm start`: a database, the plan's tables, a demo plan, the host, and one line when all of it is ready. */
import { ROOT } from '../root.ts';
import { freshBrowserBuild } from './browser-build.ts';
import { openDatabase } from './open-database.ts';
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
  const database = await openDatabase(settings);
  running.push(database.stop);
  const host = await startHost({ ...settings, databaseUrl: database.doorsUrl, dist: await dist });
  running.push(host.close);
  console.log(`Macroplan is ready at ${host.url}/ (a plan to try: ${host.url}/confluence; Ctrl-C stops it)`);
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
