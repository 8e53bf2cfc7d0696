/** Selecting bars by drawing over them. */
import { beforeEach, expect, test } from 'vitest';
import { APP, becomes, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
let screen: Screen;

beforeEach(async () => {
  ({ screen } = await stage.person('viewer', `${APP}?macroplan-iteration=DR1`));
  await screen.row('AC').waitFor();
});

/** Presses left of the bar of `from` and draws to the bar of `to`, without letting go. */
const draw = async (from: string, to: string) => {
  const boxOf = (code: string) => screen.row(code).locator('.mp-bar').boundingBox();
  const [first, last] = [await boxOf(from), await boxOf(to)];
  if (first === null || last === null) throw new Error('these bars are not on screen');
  await screen.page.mouse.move(first.x - 30, first.y + first.height / 2);
  await screen.page.mouse.down();
  await screen.page.mouse.move(last.x + 4, last.y + last.height / 2, { steps: 5 });
};

const selectedCodes = () =>
  screen.page.locator('.mp-body .mp-row[aria-selected="true"] [data-col="code"]').allInnerTexts();

test('a marquee selects the bars that it touches, and with Shift these besides', async () => {
  await draw('AA', 'AB');
  await screen.page.locator('.mp-marquee').waitFor();
  await becomes(async () => (await selectedCodes()).join(), 'AA,AB');
  await screen.page.mouse.up();
  expect(await screen.page.locator('.mp-marquee').count()).toBe(0);
  await becomes(() => screen.page.locator('.mp-selection strong').innerText(), '2 selected');
  await screen.page.keyboard.down('Shift');
  await draw('AC', 'AC');
  await screen.page.mouse.up();
  await screen.page.keyboard.up('Shift');
  await becomes(async () => (await selectedCodes()).join(), 'AA,AB,AC');
  await draw('AB', 'AC');
  await screen.page.mouse.up();
  await becomes(async () => (await selectedCodes()).join(), 'AB,AC');
});

test('Escape selects again what was selected before, and keys select the same without a mouse', async () => {
  await screen.row('AA').focus();
  await screen.page.keyboard.press('Shift+ArrowDown');
  await becomes(async () => (await selectedCodes()).join(), 'AA,AB');
  await draw('AC', 'AC');
  await becomes(async () => (await selectedCodes()).join(), 'AC');
  await screen.page.keyboard.press('Escape');
  await becomes(async () => (await selectedCodes()).join(), 'AA,AB');
  await screen.page.mouse.up();
  expect(await selectedCodes()).toEqual(['AA', 'AB']);
});

test('a press that does not move selects nothing and leaves the selection', async () => {
  await screen.row('AA').focus();
  await screen.page.keyboard.press(' ');
  const bar = await screen.row('AC').locator('.mp-bar').boundingBox();
  await screen.page.mouse.click((bar?.x ?? 0) - 30, (bar?.y ?? 0) + 8);
  expect(await selectedCodes()).toEqual(['AA']);
});
