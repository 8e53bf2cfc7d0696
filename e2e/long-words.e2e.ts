/** A title without a blank, as some programs make them, is broken: it widens nothing that people look at, print or are sent. */
import type { Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const LONG = `Migrate_${'core-banking/ledger.archive'.replaceAll(/[^a-z]/g, '_').repeat(7)}`.slice(0, 180);

beforeAll(async () => {
  await stage.host.database.admin.query(
    `select macroplan.begin_edit(plan_id, 'lead', 'Lead', null, null, null, 'Long words'),
       macroplan.write_row(plan_id, 'chapters', id, jsonb_build_object('title', $1::text, 'success_criterion', $1::text))
     from macroplan.chapters where code in ('AB', 'AF') and not removed`,
    [LONG],
  );
  await stage.host.database.admin.query(
    `select macroplan.begin_edit(plan_id, 'lead', 'Lead', null, null, null, 'Long words'),
       macroplan.write_row(plan_id, 'phases', id, jsonb_build_object('name', $1::text))
     from macroplan.phases where code = 'A' and not removed`,
    [LONG],
  );
});

/** By how many pixels something in here is wider than its room, but for what is cut off with an ellipsis; and what it is. */
const overflowing = (root: Locator) =>
  root.evaluate((element) => {
    const right = element.getBoundingClientRect().right;
    return [...element.querySelectorAll<HTMLElement>('*')]
      .filter((each) => {
        if (!each.checkVisibility() || each.closest('.mp-unseen, svg') !== null) return false;
        for (let at = each.parentElement; at !== null && at !== element; at = at.parentElement)
          if (getComputedStyle(at).overflowX !== 'visible') return false;
        return each.getBoundingClientRect().right > right + 1;
      })
      .map((each) => `${each.tagName}.${each.className}: ${each.innerText.slice(0, 40)}`)
      .slice(0, 5);
  });

test.each([1440, 390])('a long word widens no view on a screen of %i pixels', async (width) => {
  expect(LONG).toHaveLength(180);
  const { page, screen } = await stage.person('lead', `${APP}?macroplan-iteration=DR2&macroplan-tab=live`);
  await page.setViewportSize({ width, height: 900 });
  for (const [tab, view] of [
    ['live', '.mp-dashboard'],
    ['report', '.mp-report'],
    ['planner', '.mp-planner'],
  ] as const) {
    await page.locator(`[data-tab="${tab}"]`).click();
    await page.locator(view).getByText(LONG).first().waitFor({ state: 'attached' });
    expect(await overflowing(page.locator(view)), tab).toEqual([]);
  }
  await becomes(() => screen.chip(), 'Saved');
});

test('a long word widens neither table that is shared, and no other word is broken', async () => {
  const { page } = await stage.person('lead', `${APP}?macroplan-iteration=DR2&macroplan-tab=share`);
  const preview = page.frameLocator('.mp-share-preview');
  for (const variant of ['Every chapter', 'Gates and phases']) {
    await page.getByRole('button', { name: variant }).click();
    await preview.getByText(LONG).first().waitFor();
    const widths = await preview
      .locator('table')
      .evaluateAll((tables) => tables.map((table) => [table.clientWidth, Number(table.getAttribute('width'))]));
    expect(widths.length, variant).toBeGreaterThan(0);
    for (const [is = 0, meant = 0] of widths) expect(is, variant).toBeLessThanOrEqual(meant + 40);
  }
});
