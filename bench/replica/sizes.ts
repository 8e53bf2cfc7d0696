/** What each engine weighs, gzipped, without what the bench itself adds; and what our own is made of. */
import { bundle, kB, type Named } from './contestants.ts';

const STAGE = 'bench/replica/page/stage.ts';

export async function sizes(contestants: readonly Named[]): Promise<string> {
  const stage = kB(await bundle(STAGE));
  const lines = await Promise.all(
    contestants.map(async ({ title, file }) => `| ${title} | ${(kB(await bundle(file)) - stage).toFixed(1)} |`),
  );
  const prediction = kB(await bundle('src/store/apply.ts'));
  return [
    '\nSize: engine with its sync, minified, gzip -9; without the stage\n',
    '| | kB |',
    '|---|---:|',
    ...lines,
    `| of ours: rules and merge, which the peers leave to the application | ${prediction.toFixed(1)} |`,
  ].join('\n');
}
