/** Several chapters at once: selected by mouse and by keys as in a spreadsheet, and given times together. */
import { beforeEach, expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes as becomesIn, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
let screen: Screen;

const becomes = <T>(read: () => Promise<T>, expected: T | RegExp) => becomesIn(read, expected, 30);

beforeEach(async () => {
  ({ screen } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2&macroplan-zoom=1h`));
});

const texts = async (column: 'start' | 'end' | 'duration', ...codes: readonly string[]) => {
  const found: string[] = [];
  for (const code of codes) found.push(await screen.text(code, column));
  return found;
};

test('D gives all selected chapters a duration, told before it is done, as one edit that undo takes back', async () => {
  const { page } = screen;
  const before = await texts('end', 'AB', 'AC');
  await screen.row('AB').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Times of 2 chapters' });
  await dialog.waitFor();
  await axeFindsNothing(page);
  await page.keyboard.type('+15m');
  await dialog.getByText(/^AB Wed .* \(2h15\)$/).waitFor();
  await dialog.getByText(/^AC Wed .* \(5h15\)$/).waitFor();
  await page.keyboard.press('Enter');
  await becomes(() => texts('duration', 'AB', 'AC').then(String), '2h15,5h15');
  await becomes(() => screen.chip(), 'Saved');
  await page.keyboard.press('Control+z');
  await becomes(() => texts('end', 'AB', 'AC').then(String), String(before));
});

test('of start and duration the end follows for each; a third one is refused, and Escape changes nothing', async () => {
  const { page } = screen;
  await screen.row('AD').focus();
  await page.keyboard.press('Space');
  await screen.row('AE').focus();
  await page.keyboard.press('Space');
  const before = await texts('start', 'AD', 'AE');
  await page.getByRole('button', { name: /^Times…/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Times of 2 chapters' });
  await dialog.getByLabel('Start').fill('thu 11:00');
  await dialog.getByLabel('Duration').fill('1h');
  await dialog.getByLabel('End').fill('thu 13:00');
  await page.keyboard.press('Enter');
  await becomes(() => dialog.getByLabel('Duration').getAttribute('aria-invalid'), 'true');
  await page.keyboard.press('Escape');
  expect(await texts('start', 'AD', 'AE')).toEqual(before);
  await page.keyboard.press('t');
  await dialog.getByLabel('Start').fill('thu 11:00');
  await dialog.getByLabel('Duration').fill('1h');
  await page.keyboard.press('Enter');
  await becomes(() => texts('end', 'AD', 'AE').then((ends) => ends.every((end) => /^Thu .* 12:00$/.test(end))), true);
});
