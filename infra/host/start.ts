/** `npm start`: a database, the plan's tables, a demo plan, the host, and one line when all of it is ready. */
import { freshBrowserBuild } from './browser-build.ts';
import { openDatabase } from './open-database.ts';
import { runUntilStopped } from './run-until-stopped.ts';
import { startHost } from './server.ts';

await runUntilStopped(async (settings, began) => {
  const dist = freshBrowserBuild();
  // Awaited below; a failure before that must not be "unhandled".
  dist.catch(() => undefined);
  const database = await openDatabase(settings);
  began(database.stop);
  const host = await startHost({
    ...settings,
    databaseUrl: database.doorsUrl,
    readDatabaseUrl: database.readDoorsUrl,
    dist: await dist,
  });
  began(host.close);
  console.log(`Macroplan is ready at ${host.url}/ (a plan to try: ${host.url}/confluence; Ctrl-C stops it)`);
});
