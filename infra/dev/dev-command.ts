/** `npm run dev`: as `npm start`, and every change of a source is there within a moment. The settings are those of `npm start`. */
import path from 'node:path';
import { openDatabase } from '../host/open-database.ts';
import { runUntilStopped } from '../host/run-until-stopped.ts';
import { ROOT } from '../root.ts';
import { startDev } from './dev.ts';

const scriptRoot = process.env.MACROPLAN_SCRIPT_ROOT?.trim();

await runUntilStopped(async (settings, began) => {
  const { url: adminUrl, doorsUrl, stop } = await openDatabase(settings);
  began(stop);
  const dev = await startDev({
    ...settings,
    adminUrl,
    databaseUrl: doorsUrl,
    scriptRoot: scriptRoot ? path.resolve(ROOT, scriptRoot) : null,
    say: (sentence) => console.log(sentence),
  });
  began(dev.close);
  console.log(`Macroplan is ready at ${dev.url}/ and follows your changes (Ctrl-C stops it)`);
});
