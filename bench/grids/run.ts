/** `npm run bench -- grids`: the planner beside grids and charts of others in a real Chromium. Prints tables; asserts no times. */
import { loadavg } from 'node:os';
import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumPath } from '../../infra/test/chromium.ts';
import { installPeers } from '../replica/contestants.ts';
import { ratios } from '../statistics.ts';
import { GRIDS, pageOf } from './contestants.ts';
import type { Stage } from './page/stage.ts';

const SCROLLED_FRAMES = 90;
const SCROLLED_PIXELS = 120;
const DRAG_STEPS = 60;
const DRAG_PIXELS = 4;

/** With no limit of frames a second: else whatever takes less than one of the screen's frames would look alike. */
const FLAGS = [...CHROMIUM_FLAGS, '--disable-frame-rate-limit', '--disable-gpu-vsync'];

interface Cells {
  readonly paint: number;
  readonly frames: readonly number[];
  /** Milliseconds of the page's thread for a frame of the scroll, without what other processes took. */
  readonly scrolled: number;
  /** The same of script alone, and of script, style, layout and paint, for a step; null where there is no bar to drag. */
  readonly drag: { readonly script: number; readonly all: number } | null;
  /** Megabytes of JavaScript objects after that. */
  readonly heap: number;
  /** Of these, what was not there before the grid was shown: all but the rows and the script. */
  readonly own: number;
}

/** `--rounds N` (5), `--rows 1000,10000,50000`, `--only a,b` (everybody), `--pictures FOLDER`. */
export async function benchGrids(args: readonly string[]): Promise<void> {
  installPeers();
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const only = option('--only')?.split(',');
  const rounds = Number(option('--rounds') ?? 5);
  const grids = GRIDS.filter(({ name }) => only?.includes(name) ?? true);
  const pages = new Map(await Promise.all(grids.map(async (grid) => [grid.name, await pageOf(grid)] as const)));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
  try {
    // The first page of a browser pays for its start.
    for (const { name } of grids) await play(browser, { html: pages.get(name) ?? '', picture: undefined }, 1_000);
    for (const count of (option('--rows') ?? '1000,10000,50000').split(',').map(Number)) {
      const cells = new Map(grids.map(({ name }) => [name, [] as Cells[]]));
      for (let round = 0; round < rounds; round += 1) {
        for (const { name } of grids) {
          const picture = option('--pictures') && `${option('--pictures')}/${name}-${count}.png`;
          const page = { html: pages.get(name) ?? '', picture };
          cells.get(name)?.push(await play(browser, page, count));
        }
        console.error(`${count} rows, round ${round + 1} of ${rounds}; load ${loadavg()[0]?.toFixed(1)}`);
      }
      tell(count, cells);
    }
  } finally {
    await browser.close();
  }
}

interface BenchPage {
  readonly html: string;
  /** Where a picture of the drag goes, to see that everybody does the work. */
  readonly picture: string | undefined;
}

async function play(browser: Browser, { html, picture }: BenchPage, count: number): Promise<Cells> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    page.on('pageerror', (error) => console.error(error.stack));
    await page.route('http://bench/', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.goto('http://bench/');
    const devtools = await context.newCDPSession(page);
    // Ticks of the thread, so that a busy machine changes them little.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const seconds = async (name: string) => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return metrics.find((metric) => metric.name === name)?.value ?? 0;
    };
    const megabytes = async () => {
      // Twice: what the first time lets go may hold more.
      for (let time = 0; time < 2; time += 1) await devtools.send('HeapProfiler.collectGarbage');
      return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6;
    };
    await page.evaluate((rows) => (window as unknown as Staged).stage.prepare(rows), count);
    const given = await megabytes();
    const paint = await page.evaluate(() => (window as unknown as Staged).stage.paint());
    // What a grid leaves for a quieter moment is done before the next measurement.
    await page.waitForTimeout(500);
    const bar = await page.evaluate(() => (window as unknown as Staged).stage.bar());
    let drag: Cells['drag'] = null;
    if (bar !== null) {
      await page.mouse.move(bar.x, bar.y);
      await page.mouse.down();
      // The first steps turn a press into a drag.
      for (let step = 1; step <= 5; step += 1) await page.mouse.move(bar.x + step * DRAG_PIXELS, bar.y);
      const before = [await seconds('ScriptDuration'), await seconds('TaskDuration')] as const;
      for (let step = 6; step < DRAG_STEPS + 6; step += 1) await page.mouse.move(bar.x + step * DRAG_PIXELS, bar.y);
      const after = [await seconds('ScriptDuration'), await seconds('TaskDuration')] as const;
      const each = (seconds: number) => (seconds * 1_000) / DRAG_STEPS;
      drag = { script: each(after[0] - before[0]), all: each(after[1] - before[1]) };
      if (picture !== undefined) await page.screenshot({ path: picture });
      await page.mouse.up();
      // As where nothing was dragged: what lies under a pointer is styled while it scrolls.
      await page.mouse.move(0, 0);
    } else if (picture !== undefined) await page.screenshot({ path: picture });
    const still = await seconds('TaskDuration');
    const frames = await page.evaluate(
      ([frames, pixels]) => (window as unknown as Staged).stage.scroll(frames, pixels),
      [SCROLLED_FRAMES, SCROLLED_PIXELS] as const,
    );
    const scrolled = (((await seconds('TaskDuration')) - still) * 1_000) / SCROLLED_FRAMES;
    const heap = await megabytes();
    return { paint, frames, scrolled, drag, heap, own: heap - given };
  } finally {
    await context.close();
  }
}

interface Staged {
  readonly stage: Stage;
}

function tell(count: number, cells: ReadonlyMap<string, readonly Cells[]>): void {
  const lines = (pick: (cells: Cells) => readonly number[]) =>
    GRIDS.filter(({ name }) => cells.has(name)).map(({ name, title }) => ({
      title,
      values: (cells.get(name) ?? []).flatMap(pick),
    }));
  const rows = `${count.toLocaleString('en')} rows`;
  console.log(
    ratios(
      `${rows}: from rows to first paint, ms`,
      lines(({ paint }) => [paint]),
    ),
  );
  console.log(
    ratios(
      `${rows}: a frame of a scroll, ms`,
      lines(({ frames }) => frames),
      0.95,
    ),
  );
  console.log(
    ratios(
      `${rows}: the page's thread in a frame of a scroll, ms`,
      lines(({ scrolled }) => [scrolled]),
    ),
  );
  const dragged = (pick: (drag: NonNullable<Cells['drag']>) => number) =>
    lines(({ drag }) => (drag === null ? [] : [pick(drag)])).filter(({ values }) => values.length > 0);
  console.log(
    ratios(
      `${rows}: script of one step of a drag, ms`,
      dragged(({ script }) => script),
    ),
  );
  console.log(
    ratios(
      `${rows}: all of one step of a drag, ms`,
      dragged(({ all }) => all),
    ),
  );
  console.log(
    ratios(
      `${rows}: memory of JavaScript, MB`,
      lines(({ heap }) => [heap]),
    ),
  );
  console.log(
    ratios(
      `${rows}: of it, what the grid itself keeps, MB`,
      lines(({ own }) => [own]),
    ),
  );
}
