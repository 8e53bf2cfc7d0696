/** Drags to the edge of the screen, and below rows and an axis that go by. */
import { beforeEach, expect, test } from 'vitest';
import { APP, becomes, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const stage = setStage();
let screen: Screen;

beforeEach(async () => {
  ({ screen } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR1&macroplan-zoom=1h`));
  await screen.row('AA').waitFor();
});

const scroll = () => screen.page.locator('.mp-scroll');
const barOf = (code: string) => screen.row(code).locator('.mp-bar');

/** Where a bar and what scrolls are on screen. */
const boxes = async (code: string) => {
  const [bar, room] = [await barOf(code).boundingBox(), await scroll().boundingBox()];
  if (bar === null || room === null) throw new Error(`${code} is not on screen`);
  return { bar, room };
};

const tip = () => screen.page.locator('.mp-drag-tip').innerText();

test('rows that scroll by below a drag are not taken for the dragged one', async () => {
  await screen.row('AA').focus();
  await screen.page.keyboard.press('Shift+ArrowDown');
  const { bar } = await boxes('AA');
  await screen.page.mouse.move(bar.x + bar.width / 2, bar.y + 8);
  await screen.page.mouse.down();
  await screen.page.mouse.move(bar.x + bar.width / 2 + 80, bar.y + 8, { steps: 4 });
  const dragged = () => screen.page.locator('.mp-body .mp-row:has([data-dragged]) [data-col="code"]').allInnerTexts();
  expect(await dragged()).toEqual(['AA', 'AB']);
  await screen.page.mouse.wheel(0, 1_500);
  await becomes(() => scroll().evaluate(({ scrollTop }) => scrollTop > 600), true);
  // The one that is held stays in the page.
  await becomes(async () => (await dragged()).join(), 'AA');
  await screen.page.mouse.wheel(0, -1_500);
  await becomes(async () => (await dragged()).join(), 'AA,AB');
  await screen.page.keyboard.press('Escape');
  await screen.page.mouse.up();
  expect(await screen.chip()).toBe('Saved');
});

test('keys that follow a click on a bar, or a drag of it, are meant for that bar', async () => {
  const { bar } = await boxes('AB');
  const before = await screen.text('AB', 'start');
  await screen.page.mouse.click(bar.x + bar.width / 2, bar.y + 8);
  await screen.page.keyboard.press('Alt+ArrowRight');
  await becomes(async () => (await screen.text('AB', 'start')) !== before, true);
  await screen.page.keyboard.press('Control+z');
  await becomes(() => screen.text('AB', 'start'), before);
  await becomes(() => screen.chip(), 'Saved');
});

test('Alt lets an edge go by minutes, and Escape puts it back in the middle of it', async () => {
  const { bar } = await boxes('AA');
  const before = [await screen.text('AA', 'start'), await screen.text('AA', 'end')];
  await screen.page.mouse.move(bar.x + bar.width - 3, bar.y + 8);
  await screen.page.mouse.down();
  await screen.page.mouse.move(bar.x + bar.width + 13, bar.y + 8, { steps: 4 });
  const snapped = await tip();
  await screen.page.keyboard.down('Alt');
  await becomes(async () => (await tip()) !== snapped, true);
  expect(await tip()).toMatch(/\+(11|12|13|14)m/);
  await screen.page.keyboard.up('Alt');
  await becomes(tip, snapped);
  await screen.page.keyboard.press('Escape');
  await screen.page.mouse.up();
  expect([await screen.text('AA', 'start'), await screen.text('AA', 'end')]).toEqual(before);
  expect(await screen.page.locator('.mp-body [data-dragged]').count()).toBe(0);
  expect(await screen.chip()).toBe('Saved');
});

test('no key acts on the plan while a bar is dragged', async () => {
  const { page } = screen;
  const { bar } = await boxes('AA');
  await page.mouse.move(bar.x + bar.width / 2, bar.y + 8);
  await page.mouse.down();
  await page.mouse.move(bar.x + bar.width / 2 + 80, bar.y + 8, { steps: 4 });
  const told = await tip();
  const before = await screen.text('AA', 'start');
  for (const key of ['Delete', 'm', 'f', 'Alt+ArrowRight']) await page.keyboard.press(key);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await becomes(tip, told);
  expect(await screen.text('AA', 'start')).toBe(before);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await page.keyboard.press('m');
  await page.getByRole('dialog', { name: 'Move AA' }).waitFor();
  await page.keyboard.press('Escape');
});

test('a marquee held at the lower edge goes on through the rows below', async () => {
  const { bar, room } = await boxes('AA');
  await screen.page.mouse.move(bar.x - 30, bar.y + 8);
  await screen.page.mouse.down();
  await screen.page.mouse.move(bar.x + 300, room.y + room.height - 6, { steps: 4 });
  await becomes(() => scroll().evaluate(({ scrollTop }) => scrollTop > 200), true);
  await screen.page.mouse.up();
  await screen.page.keyboard.press('Escape');
});

test('a bar held at the edge of the screen goes on, and lands below the pointer', async () => {
  const { bar, room } = await boxes('AA');
  const edge = room.x + room.width - 20;
  const before = await screen.text('AA', 'start');
  await screen.page.mouse.move(bar.x + bar.width / 2, bar.y + 8);
  await screen.page.mouse.down();
  await screen.page.mouse.move(edge, bar.y + 8, { steps: 4 });
  const first = await tip();
  await becomes(
    async () => (await tip()) !== first && (await scroll().evaluate(({ scrollLeft }) => scrollLeft)) > 900,
    true,
  );
  // Back inside it stands still.
  await screen.page.mouse.move(edge - 100, bar.y + 8);
  const there = await barOf('AA').boundingBox();
  expect(Math.abs((there?.x ?? 0) + bar.width / 2 - (edge - 100))).toBeLessThan(8);
  const told = /^(\w+ \d+ \w+ \d\d:\d\d)/.exec(await tip())?.[1];
  await screen.page.mouse.up();
  await becomes(() => screen.text('AA', 'start'), told as string);
  expect(told).not.toBe(before);
  await becomes(() => screen.chip(), 'Saved');
});

test('what others put before the axis moves nothing on the screen, nor what is dragged', async () => {
  const other = new WirePerson(stage.host, 'planner-b');
  const slipAway = async (by: number) => {
    const { id, planned_start, planned_end } = await scheduleIn(stage.host, 'DR1', 'AD');
    const base = { planned_start, planned_end };
    await other.edit('Slip of AD', { op: 'slip', table: 'chapter_schedules', id, base, by });
    const before = await screen.text('AD', 'start');
    await screen.lookAgain();
    await becomes(async () => (await screen.text('AD', 'start')) !== before, true);
  };
  const { bar } = await boxes('AB');
  await screen.page.mouse.move(bar.x + bar.width / 2, bar.y + 8);
  await screen.page.mouse.down();
  await screen.page.mouse.move(bar.x + bar.width / 2 + 80, bar.y + 8, { steps: 4 });
  const [told, there] = [await tip(), (await boxes('AB')).bar.x];
  await slipAway(-5 * 1_440);
  await becomes(async () => Math.abs((await boxes('AB')).bar.x - there) < 1, true);
  for (const by of [90, 80]) await screen.page.mouse.move(bar.x + bar.width / 2 + by, bar.y + 8);
  expect(await tip()).toBe(told);
  await screen.page.keyboard.press('Escape');
  await screen.page.mouse.up();
  expect(Math.abs((await boxes('AB')).bar.x - bar.x)).toBeLessThan(1);
  await slipAway(5 * 1_440);
  await becomes(async () => Math.abs((await boxes('AB')).bar.x - bar.x) < 1, true);
});
