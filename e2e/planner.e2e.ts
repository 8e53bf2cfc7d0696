/** The planner by keyboard and by mouse: finding the way in a long plan, seeing what matters, moving bars. */
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { demoView } from '../src/testing/demo-view.ts';
import { pdfPages } from './support/pdf-pages.ts';
import type { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
let profile: Profile;

beforeEach(async () => {
  profile = await stage.profile('planner-a');
});

const open = async (query = 'macroplan-iteration=DR2', of = profile) => {
  const screen = new Screen(await of.open(`${APP}?${query}`));
  await becomes(() => screen.chip(), 'Saved');
  return screen;
};

/** What has the focus: a row's code, or a row's code and a column. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const row = document.activeElement?.closest('.mp-body .mp-row');
    const code = row?.querySelector('[data-col="code"]')?.textContent;
    const column = document.activeElement?.getAttribute('data-col');
    return column ? `${code} ${column}` : `${code}`;
  });

const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

const focusRow = async (screen: Screen, code: string) => {
  await screen.row(code).focus();
  await becomes(() => focused(screen.page), code);
};

test('keys lead through rows and cells, and Tab passes the grid in one step', async () => {
  const { page } = await open();
  await page.getByRole('searchbox').focus();
  for (let i = 0; i < 20 && (await focused(page)) === 'undefined'; i += 1) await press(page, 'Tab');
  expect(await focused(page)).toBe('A');
  await press(page, 'ArrowDown', 'ArrowDown');
  expect(await focused(page)).toBe('AB');
  await press(page, 'ArrowRight', 'ArrowRight', 'ArrowDown');
  expect(await focused(page)).toBe('AC code');
  await press(page, 'Tab');
  expect(await focused(page)).toBe('undefined');
  await press(page, 'Shift+Tab');
  expect(await focused(page)).toBe('AC code');
  await press(page, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  expect(await focused(page)).toBe('A');
  await press(page, 'ArrowLeft', 'ArrowDown');
  expect(await focused(page)).toBe('C');
});

test('rows far away are not in the page, are counted all the same, and keys reach them', async () => {
  const screen = await open();
  const { page } = screen;
  const grid = page.getByRole('treegrid');
  expect(await grid.getAttribute('aria-rowcount')).toBe('59');
  expect(await screen.row('IE').count()).toBe(0);
  await focusRow(screen, 'AA');
  await press(page, 'End');
  expect(await focused(page)).toBe('IE');
  expect(await screen.row('IE').getAttribute('aria-rowindex')).toBe('59');
  expect(await screen.row('IE').isVisible()).toBe(true);
  await press(page, 'Home');
  expect(await focused(page)).toBe('A');
});

test('rows stand in the page in their order once a scroll rests, wherever it went', async () => {
  const { page } = await open();
  const indexes = () =>
    page
      .locator('.mp-body .mp-row')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
  const isRising = async () => (await indexes()).every((index, i, all) => i === 0 || index > (all[i - 1] ?? 0));
  for (const [steps, pixels] of [
    [12, 60],
    [7, -85],
    [9, 40],
  ] as const) {
    await page.locator('.mp-scroll').evaluate(
      async (scroll, [steps, pixels]) => {
        for (let step = 0; step < steps; step += 1) {
          scroll.scrollTop += pixels;
          await new Promise(requestAnimationFrame);
        }
      },
      [steps, pixels] as const,
    );
    await becomes(isRising, true);
    const seen = await indexes();
    expect(new Set(seen).size).toBe(seen.length);
  }
});

test('a time with the name of its clock and a slack of months stay in their cells', async () => {
  const screen = await open();
  await screen.type('AB', 'start', '31.10.2027 02:30 CEST');
  await screen.type('AD', 'duration', '11d 23h10');
  await becomes(() => screen.text('AB', 'start'), /^Sun 31 Oct 02:30\sCEST$/);
  await becomes(() => screen.text('AD', 'duration'), /^11d\s23h10$/);
  for (const code of ['AB', 'AD']) {
    const cells = await screen
      .row(code)
      .locator('[data-col]:is([data-col="start"], [data-col="end"], [data-col="duration"], [data-col="slack"])')
      .all();
    for (const cell of cells) {
      const [needed, room] = await cell.evaluate(({ scrollWidth, scrollHeight, clientWidth, clientHeight }) => [
        [scrollWidth, scrollHeight],
        [clientWidth, clientHeight],
      ]);
      expect(needed, await cell.innerText()).toEqual(room);
    }
  }
  await press(screen.page, 'Control+z');
  await press(screen.page, 'Control+z');
  await becomes(() => screen.chip(), 'Saved');
});

test('a half-typed time outlives scrolling its row away', async () => {
  const screen = await open();
  const { page } = screen;
  await screen.cell('AB', 'start').dblclick();
  await screen.cell('AB', 'start').getByRole('textbox').fill('+2');
  await page.locator('.mp-scroll').evaluate((scroll) => scroll.scrollTo(0, scroll.scrollHeight));
  await screen.row('IE').waitFor();
  expect(await focused(page)).toBe('AB');
  await page.keyboard.type('0m');
  await press(page, 'Enter');
  await becomes(() => focused(page), 'AB start');
  await becomes(() => screen.chip(), 'Saved');
  const { rows } = await stage.host.database.admin.query(
    `select label from macroplan.event_log order by rev desc limit 1`,
  );
  expect(rows[0].label).toMatch(/^Move AB to /);
});

test('a time that cannot be read is told when its view is left, and is there again', async () => {
  const screen = await open();
  const { page } = screen;
  await screen.cell('AB', 'start').dblclick();
  await screen.cell('AB', 'start').getByRole('textbox').fill('soonish');
  await screen.openTab('Live');
  await page
    .getByRole('alert')
    .getByText(/^Start of AB is not shown any more; you had typed “soonish”\.$/)
    .waitFor();
  await screen.openTab('Planner');
  await screen.cell('AB', 'start').dblclick();
  expect(await screen.cell('AB', 'start').getByRole('textbox').inputValue()).toBe('soonish');
  await press(page, 'Escape');
});

test('a half-written note survives a reload, and is gone once it is left', async () => {
  const screen = await open();
  const { page } = screen;
  const area = page.getByRole('textbox', { name: 'Note on AB' });
  const hint = page.getByText('You had typed this and not saved it.');
  await screen.cell('AB', 'note').dblclick();
  expect(await hint.count()).toBe(0);
  await area.fill('Call the vendor before');
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await screen.cell('AB', 'note').dblclick();
  expect(await area.inputValue()).toBe('Call the vendor before');
  await hint.waitFor();
  await area.fill('Call the vendor before 20:00');
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await screen.cell('AB', 'note').dblclick();
  await page.getByRole('button', { name: 'Save note' }).click();
  await becomes(() => screen.noteText('AB'), 'Call the vendor before 20:00');
  await becomes(() => screen.chip(), 'Saved');

  await screen.cell('AB', 'note').dblclick();
  await area.fill('');
  await press(page, 'Escape');
  await screen.cell('AB', 'note').dblclick();
  expect(await area.inputValue()).toBe('Call the vendor before 20:00');
  expect(await hint.count()).toBe(0);
});

test('a note opened by a double click is typed into at once, and does not stay over another view', async () => {
  const screen = await open();
  const { page } = screen;
  await screen.cell('AC', 'note').dblclick();
  await page.keyboard.type('By keys');
  const area = page.getByRole('textbox', { name: 'Note on AC' });
  expect(await area.inputValue()).toBe('By keys');
  await screen.openTab('Share');
  await area.waitFor({ state: 'detached' });
  await screen.openTab('Planner');
  await screen.cell('AC', 'note').dblclick();
  expect(await area.inputValue()).toBe('By keys');
  await press(page, 'Escape');
  await area.waitFor({ state: 'detached' });
});

test('what somebody else changes is shown and told, and takes neither focus nor a half-typed text', async () => {
  const mine = await open();
  const other = await stage.profile('planner-b');
  try {
    await mine.cell('AC', 'start').dblclick();
    const field = mine.cell('AC', 'start').getByRole('textbox');
    await field.fill('+1h');
    const theirs = await open('macroplan-iteration=DR2', other);
    await theirs.type('AD', 'start', '+30m');
    const moved = await theirs.text('AD', 'start');
    await becomes(() => mine.text('AD', 'start'), moved);
    await mine
      .row('AD')
      .getByRole('img', { name: /^Planner B, .*Move AD/ })
      .waitFor();
    expect(await field.inputValue()).toBe('+1h');
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    await becomes(() => mine.page.getByRole('status').innerText(), /changed by Planner B/);
  } finally {
    await other.remove();
  }
});

test('whoever stands in a row that somebody else removes stands in the one that takes its place', async () => {
  const lead = await stage.person('lead', `${APP}?macroplan-iteration=DR2`);
  await lead.screen.row('AB').focus();
  await press(lead.page, 'a');
  await lead.page.getByRole('textbox', { name: 'Code' }).fill('ZZ1');
  await lead.page.getByRole('textbox', { name: 'Title' }).fill('not for long');
  await press(lead.page, 'Enter');
  await becomes(() => lead.screen.chip(), 'Saved');
  // Without times it has a button for them, which is no higher than its row.
  const schedule = await lead.page.getByRole('button', { name: 'Schedule ZZ1' }).boundingBox();
  expect(schedule?.height).toBeLessThan(30);
  const mine = await open();
  await mine.row('ZZ1').locator('[data-col="code"]').click();
  await becomes(() => focused(mine.page), 'ZZ1 code');
  await lead.screen.row('ZZ1').focus();
  await press(lead.page, 'Delete');
  await lead.page.getByRole('button', { name: 'Remove chapter ZZ1' }).click();
  await becomes(() => lead.screen.chip(), 'Saved');
  await mine.lookAgain();
  await becomes(() => mine.row('ZZ1').count(), 0);
  expect(await focused(mine.page)).toBe('AC');
});

test('Alt with arrows moves a bar, its end and its start, by keys alone', async () => {
  const screen = await open('macroplan-iteration=DR2&macroplan-zoom=1h');
  const { page } = screen;
  await focusRow(screen, 'AE');
  const [start, end, takes] = await Promise.all(
    (['start', 'end', 'duration'] as const).map((column) => screen.text('AE', column)),
  );
  expect(takes).toBe('2h30');
  await press(page, 'Alt+ArrowRight', 'Alt+Shift+ArrowRight');
  await becomes(() => screen.text('AE', 'duration'), '2h35');
  expect(await screen.text('AE', 'start')).not.toBe(start);
  await press(page, 'Alt+Control+ArrowRight');
  await becomes(() => screen.text('AE', 'duration'), '2h30');
  await press(page, 'Alt+ArrowLeft', 'Alt+ArrowLeft');
  await becomes(() => screen.text('AE', 'start'), start as string);
  expect(await screen.text('AE', 'end')).toBe(end);
  expect(await focused(page)).toBe('AE');
});

test('S, E and D edit a row’s times from anywhere in it', async () => {
  const screen = await open();
  await focusRow(screen, 'AF');
  await press(screen.page, 'd');
  await screen.page.keyboard.type('1h15');
  await press(screen.page, 'Enter');
  await becomes(() => screen.text('AF', 'duration'), '1h15');
});

test('a double click on a status opens its menu and leaves it open, and one more click closes it', async () => {
  const screen = await open();
  const cell = screen.cell('AD', 'status');
  const menu = screen.page.getByRole('menu', { name: 'Status' });
  // A machine that is slow enough makes two clicks of it.
  await expect
    .poll(async () => {
      await cell.dblclick();
      return menu.isVisible();
    })
    .toBe(true);
  // Longer than any two clicks of a double click are apart.
  await screen.page.waitForTimeout(700);
  await cell.click();
  await menu.waitFor({ state: 'detached' });
});

test('what goes away by its own click gives the focus to the grid, or to what opens it again', async () => {
  const screen = await open();
  const { page } = screen;
  await focusRow(screen, 'AB');
  await press(page, ' ');
  await page.getByRole('button', { name: 'Clear Esc' }).click();
  await becomes(() => focused(page), 'AB');
  await press(page, ' ');
  await page.getByRole('button', { name: 'Clear Esc' }).focus();
  await press(page, 'Escape');
  await becomes(() => focused(page), 'AB');
  expect(await screen.row('AB').getAttribute('aria-selected')).toBe('false');
  await press(page, '/');
  await page.keyboard.type('AB');
  await page.getByRole('button', { name: /hidden/ }).click();
  await becomes(() => focused(page), 'AB');
  const findings = page.getByRole('button', { name: /^\d+ findings?$/ });
  await findings.click();
  await page.getByRole('button', { name: 'Close the findings' }).click();
  expect(await findings.evaluate((each) => each === document.activeElement)).toBe(true);
});

test('a search keeps its rows, counts the others, stands in the address and is lifted by a click', async () => {
  const screen = await open();
  const { page } = screen;
  await press(page, '/');
  await screen.row('AB').focus();
  await press(page, '/');
  await page.keyboard.type('extract');
  await becomes(() => screen.row('AB').count(), 0);
  expect(await screen.row('CC').isVisible()).toBe(true);
  expect(page.url()).toContain('macroplan-search=extract');
  await page.reload();
  await screen.row('CC').waitFor();
  expect(await screen.row('AB').count()).toBe(0);
  await page.getByRole('button', { name: /^\d+ hidden/ }).click();
  await screen.row('AB').waitFor();
  expect(page.url()).not.toContain('search');
  await page.getByRole('button', { name: 'Filter…' }).click();
  await page.getByRole('option', { name: /^Gates/ }).click();
  await becomes(() => screen.row('AB').count(), 0);
  expect(await screen.row('AF').isVisible()).toBe(true);
});

test('a chapter outside the window is a finding that leads to it, by click and by key', async () => {
  const screen = await open('macroplan-iteration=DR1');
  const { page } = screen;
  await screen.type('AC', 'duration', '30d');
  await page.getByRole('button', { name: /^\d+ findings?$/ }).click();
  const panel = page.getByRole('complementary', { name: 'Findings' });
  await page.locator('.mp-scroll').evaluate((scroll) => scroll.scrollTo(0, scroll.scrollHeight));
  await panel.getByRole('button', { name: /^AC ends .* after the window$/ }).click();
  expect(await focused(page)).toBe('AC');
  expect(await screen.row('AC').isVisible()).toBe(true);
  await screen
    .row('AC')
    .getByRole('img', { name: /after the window/ })
    .waitFor();
  await press(page, 'j');
  expect(await focused(page)).not.toBe('AC');
  await press(page, 'k');
  expect(await focused(page)).toBe('AC');
  expect(await screen.row('AC').locator('[data-col="slack"]').innerText()).toMatch(/^−/);
});

test('the zoom keeps the instant under the pointer, and the off-screen mark leads to its bar', async () => {
  // An iteration that no other test changes: a delta after the snapshot would move the bar too.
  const screen = await open('macroplan-iteration=CUTOVER&macroplan-zoom=4h');
  const { page } = screen;
  const bar = screen.row('AB').locator('.mp-bar');
  const box = await bar.boundingBox();
  await page.mouse.move(box?.x ?? 0, (box?.y ?? 0) + 5);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await becomes(async () => ((await bar.boundingBox())?.width ?? 0) > 2 * (box?.width ?? 0), true);
  expect(Math.abs(((await bar.boundingBox())?.x ?? 0) - (box?.x ?? 0))).toBeLessThan(3);
  await screen.row('AF').getByRole('button', { name: /›$/ }).click();
  await becomes(() => screen.row('AF').locator('.mp-gate').isVisible(), true);
  await becomes(() => screen.row('AF').locator('.mp-offscreen').isVisible(), false);
  await becomes(async () => /macroplan-zoom=[\d.]+/.test(page.url()), true);
});

test('a checkbox is no field: keys mean there what they mean beside it', async () => {
  const screen = await open('macroplan-iteration=DR2');
  const { page } = screen;
  await screen.note('CD', 'to be taken back');
  const check = screen.row('CD').getByRole('checkbox');
  await check.click();
  await page.keyboard.press('Control+z');
  await becomes(() => screen.noteText('CD'), 'Add a note');
  await check.click();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
});

test('the badge of now covers no label of the axis, at any zoom', async () => {
  const { page } = await open('macroplan-iteration=RUN3');
  for (const zoom of ['15m', '1h', '4h', 'day', 'fit', '37']) {
    await page.goto(`${stage.host.url}${APP}?macroplan-iteration=RUN3&macroplan-zoom=${zoom}`);
    const badge = page.locator('.mp-now-flag');
    await badge.scrollIntoViewIfNeeded();
    const covered = () =>
      page.evaluate(() => {
        const boxOf = (element: Node) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          return range.getBoundingClientRect();
        };
        const flag = document.querySelector('.mp-now-flag')?.getBoundingClientRect() ?? new DOMRect();
        return [...document.querySelectorAll('.mp-axis-hours .mp-mark')]
          .filter((mark) => boxOf(mark).left < flag.right && boxOf(mark).right > flag.left && mark.textContent !== '')
          .map((mark) => mark.textContent);
      });
    await becomes(async () => (await covered()).length, 0, 20);
    expect(await page.locator('.mp-axis-hours .mp-mark').filter({ hasText: /./ }).count(), zoom).toBeGreaterThan(0);
  }
});

test.each(['A4', 'A3'] as const)(
  'on %s the whole plan is printed, its axis fits, and each page has its head',
  async (format) => {
    const screen = await open('macroplan-iteration=DR2&macroplan-zoom=15m&macroplan-search=is:unscheduled');
    const { page } = screen;
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(pdfPages(await page.pdf({ format, landscape: true }))[0]?.text).toMatch(/\d\d hidden ×/);
    await page.getByRole('button', { name: /hidden/ }).click();
    await page.locator('.mp-scroll').evaluate((scroll) => scroll.scrollTo({ top: 500, left: 5_000 }));
    const place = await page.locator('.mp-scroll').evaluate(({ scrollTop, scrollLeft }) => [scrollTop, scrollLeft]);
    const pages = pdfPages(await page.pdf({ format, landscape: true }));
    const summary = await page.locator('.mp-summary').first().innerText();
    expect(pages[0]?.text).toContain(summary);
    const days = summary.match(/(?<=\w{3} )\d{1,2}(?= \w{3})/g) ?? [];
    expect(days.length).toBe(2);
    for (const { text } of pages) {
      expect(text).toMatch(
        new RegExp(`\\b${days[0]}\\b.*\\b${days[1]}\\b.* Code Chapter Team Start End Takes Status `),
      );
    }
    // Words are broken at hyphens, and letters are joined.
    const solid = (text: string) => text.normalize('NFKC').replaceAll(' ', '');
    const all = solid(pages.map(({ text }) => text).join(''));
    const { chapters, phases } = demoView().rows;
    for (const { code, title } of chapters.values()) expect(all).toContain(solid(code + title));
    for (const { code, name } of phases.values()) expect(all).toContain(solid(code + name));
    expect(await page.locator('.mp-scroll').evaluate(({ scrollTop, scrollLeft }) => [scrollTop, scrollLeft])).toEqual(
      place,
    );
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ink = await page.locator('.mp-root').evaluate((root) => getComputedStyle(root).color);
    expect(ink).toBe('rgb(41, 42, 46)');
  },
);
