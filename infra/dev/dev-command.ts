/** `npm run dev`: as `npm start`, and every change of a source is there within a moment. The settings are those of `npm start`. */
import path from 'node:path';
import { openDatabase } from '../host/open-database.ts';
import { sentenceFor } from '../host/sentence.ts';
import { readSettings } from '../host/settings.ts';
import { listenForStop } from '../host/signals.ts';
import { ROOT } from '../root.ts';
import { startDev } from './dev.ts';

const settings = readSettings(process.env, ROOT);
const scriptRoot = process.env.MACROPLAN_SCRIPT_ROOT?.trim();
const running: (() => Promise<void>)[] = [];

const starting = (async () => {
  const { url: adminUrl, doorsUrl, stop } = await openDatabase(settings);
  running.push(stop);
  const dev = await startDev({
    ...settings,
    adminUrl,
    databaseUrl: doorsUrl,
    scriptRoot: scriptRoot ? path.resolve(ROOT, scriptRoot) : null,
    say: (sentence) => console.log(sentence),
  });
  running.push(dev.close);
  console.log(`Macroplan is ready at ${dev.url}/ and follows your changes (Ctrl-C stops it)`);
})();

async function stopAll(): Promise<void> {
  for (let stop = running.pop(); stop !== undefined; stop = running.pop()) await stop();
}

listenForStop({
  onStop: () => void starting.finally(stopAll).then(() => process.exit(0)),
  onForce: () => process.exit(1),
});
await starting.catch(async (error) => {
  await stopAll();
  process.stderr.write(`${sentenceFor(error, settings)}\n`);
  process.exit(1);
});
