/** The clocks of every zone that the browser knows, by each of its two ways to tell them. */
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { ROOT } from '../infra/root.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

test('a browser with Temporal, and the same without it, tell the same clocks in every zone', async () => {
  const profile = await stage.profile('viewer');
  const page = await profile.open('/nowhere');
  const { outputFiles } = await build({
    bundle: true,
    entryPoints: [path.join(ROOT, 'src/store/zone.ts')],
    format: 'iife',
    globalName: 'zones',
    write: false,
  });
  const told = async () => {
    // Anew each time: what was asked once is remembered.
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    return page.evaluate(() => {
      const { zones } = globalThis as unknown as { zones: { offsetAt: (zone: string, instant: number) => number } };
      const [from, to] = [Date.UTC(2026, 9, 20) / 60_000, Date.UTC(2027, 10, 10) / 60_000];
      return Intl.supportedValuesOf('timeZone').map((zone) => {
        const offsets: number[] = [];
        // Every three days and some hours, so that all hours of a day have their turn.
        for (let at = from + 17; at < to; at += 4_621) offsets.push(zones.offsetAt(zone, at));
        return [zone, offsets] as const;
      });
    });
  };
  expect(await page.evaluate(() => 'Temporal' in globalThis)).toBe(true);
  const byTemporal = await told();
  expect(byTemporal.length).toBeGreaterThan(300);
  await page.evaluate(() => Reflect.deleteProperty(globalThis, 'Temporal'));
  expect(await told()).toEqual(byTemporal);
});
