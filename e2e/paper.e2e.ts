/** The shareable table on paper: A3 and A4 across, with the heading on every page; and readable without colours. */
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumPath } from '../infra/test/chromium.ts';
import { planLines } from '../src/store/exchange/plan-lines.ts';
import { setFields } from '../src/store/ops.ts';
import type { PlanView } from '../src/store/view.ts';
import { applied, demoView, iterationOf } from '../src/testing/demo-view.ts';
import { tablePage } from '../src/views/share/table.ts';
import type { Variant } from '../src/views/share/table-items.ts';
import { pdfPages } from './support/pdf-pages.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());

const STATUSES = ['ready', 'running', 'done', 'blocked', 'skipped'] as const;

/** DR2 live, with a chapter in each status. */
function nightView(): PlanView {
  const demo = demoView();
  const dr2 = iterationOf(demo, 'DR2');
  const live = applied(demo, [setFields('iterations', dr2, { state: 'live' })]);
  const lines = planLines(live.rows, dr2.id).filter(({ chapter }) => chapter.kind === 'work');
  return STATUSES.reduce((view, status, i) => {
    const schedule = lines[i]?.schedule;
    if (schedule === undefined) throw new Error('five chapters');
    const start = schedule.planned_start;
    const actual = {
      ...(status === 'running' || status === 'done' ? { actual_start: start } : {}),
      ...(status === 'done' ? { actual_end: start + 5 } : {}),
    };
    return applied(view, [setFields('chapter_schedules', schedule, { status, ...actual })]);
  }, live);
}

const night = nightView();

function table(variant: Variant, purpose: 'page' | 'mail' = 'page'): string {
  const page = tablePage(night.rows, {
    iterationId: iterationOf(night, 'DR2').id,
    purpose,
    variant,
    since: 1,
    link: null,
    by: 'Lead',
    at: 1_800_000_000_000,
    rev: 9,
  });
  if (page === null) throw new Error('there is an iteration');
  return page;
}

const SIZES = { A4: [842, 595], A3: [1191, 842] } as const;

test.each(['A4', 'A3'] as const)(
  'on %s across, every page of the table has its heading, and no line is lost',
  async (size) => {
    const page = await browser.newPage();
    await page.setContent(table('full'));
    const pages = pdfPages(await page.pdf({ format: size, landscape: true }));
    await page.close();
    expect(pages.length).toBeGreaterThan(1);
    for (const { width, height, text } of pages) {
      expect([Math.abs(width - SIZES[size][0]) < 2, Math.abs(height - SIZES[size][1]) < 2]).toEqual([true, true]);
      // A page begins with the title, with a day, or with the heading of the day that goes on.
      expect(text).toMatch(/^(Core banking migration:|\w{3} \d\d \w{3} \d{4} Chapter|Chapter) /);
      expect(text).toMatch(/Chapter Team Planned/);
    }
    const all = pages.map(({ text }) => text).join(' ');
    for (const { chapter } of planLines(night.rows, iterationOf(night, 'DR2').id)) {
      expect(all).toMatch(new RegExp(`(^| )${chapter.code} `));
    }
  },
);

test('a printer that asks nobody prints A4 across', async () => {
  const page = await browser.newPage();
  await page.setContent(table('full'));
  const [first] = pdfPages(await page.pdf({ preferCSSPageSize: true }));
  await page.close();
  expect([Math.round(first?.width ?? 0), Math.round(first?.height ?? 0)]).toEqual([842, 595]);
});

test.each(['full', 'leadership'] as const)(
  'without colours the %s table says the same, in words and signs',
  async (variant) => {
    const page = await browser.newPage({ colorScheme: 'light' });
    // As a printer without colours, and a mail program that drops them.
    await page.setContent(
      table(variant).replaceAll(/ bgcolor="[^"]*"|background-color:[^;"]*;?|(?<=[";])color:[^;"]*/g, ''),
    );
    const text = await page.locator('body').innerText();
    const words =
      variant === 'full'
        ? ['Planned', 'Ready', 'Running since', 'Done', 'Blocked', 'Skipped', 'Gate', 'Milestone', '(changed)']
        : ['Planned', 'of 6 done, 1 blocked', 'Gate', 'Milestone', 'Phase', '(changed)'];
    for (const word of words) expect(text).toContain(word);
    if (variant === 'full') {
      // Each hour of a bar has its sign, and none has a colour alone.
      const signs = await page.locator('td[width="14"]').allInnerTexts();
      expect(signs.length).toBeGreaterThan(50);
      expect(signs.filter((sign) => sign.trim() === '')).toEqual([]);
    }
    await page.close();
  },
);
