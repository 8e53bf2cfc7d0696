/** What hands know from a spreadsheet: copying rows out of the planner, and filling down. */
import { beforeEach, expect, test } from 'vitest';
import { APP, becomes, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
let screen: Screen;

beforeEach(async () => {
  ({ screen } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2`));
  await screen.row('AA').waitFor();
});

/** Presses Ctrl+C, or Ctrl+X, and gives back what a spreadsheet would be handed. */
const copied = async (key = 'Control+C') => {
  await screen.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await screen.page.evaluate(() => navigator.clipboard.writeText('nothing'));
  await screen.page.keyboard.press(key);
  return screen.page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string) => (item?.types.includes(type) ? (await item.getType(type)).text() : '');
    return { text: await read('text/plain'), html: await read('text/html') };
  });
};

const said = () => screen.page.locator('.mp-root > [role="status"] > :last-child').innerText();

test('the selected rows are copied as a table of cells, and as text with tabs', async () => {
  await screen.row('AA').focus();
  await screen.page.keyboard.press('Shift+ArrowDown');
  await becomes(() => screen.page.locator('.mp-selection strong').innerText(), '2 selected');
  const { text, html } = await copied();
  const lines = text
    .trim()
    .split('\r\n')
    .map((line) => line.split('\t'));
  expect(lines.map(([code]) => code)).toEqual(['Code', 'AA', 'AB']);
  expect(lines[1]).toContain('Europe/Zurich');
  expect(html).toMatch(/<table>.*<td>AA<\/td>.*<td>AB<\/td>/s);
  await becomes(said, '2 chapters copied.');
});

test('without a selection the row under the cursor is copied, and of a phase all its chapters', async () => {
  await screen.cell('AB', 'start').focus();
  expect((await copied()).text.split('\r\n')[1]).toMatch(/^AB\t/);
  await becomes(said, '1 chapter copied.');
  await screen.row('A').focus();
  expect(
    (await copied()).text
      .trim()
      .split('\r\n')
      .map((line) => line.split('\t')[0]),
  ).toEqual(['Code', 'AA', 'AB', 'AC', 'AD', 'AE', 'AF']);
});

test('Ctrl+X copies too, and says in view that nothing was removed and what would remove it', async () => {
  const before = await screen.text('AB', 'start');
  await screen.cell('AB', 'start').focus();
  expect((await copied('Control+X')).text.split('\r\n')[1]).toMatch(/^AB\t/);
  await screen.page.getByText(/^1 chapter copied; nothing was removed\. .*takes out of DR2/).waitFor();
  expect(await screen.page.locator('.mp-said').evaluate(({ clientHeight }) => clientHeight)).toBeGreaterThan(10);
  expect(await screen.text('AB', 'start')).toBe(before);
  await becomes(() => screen.chip(), 'Saved');
  await screen.cell('AA', 'start').dblclick();
  const field = screen.cell('AA', 'start').getByRole('textbox');
  await field.press('Control+a');
  const typed = await field.inputValue();
  expect((await copied('Control+X')).text).toBe(typed);
  expect(await field.inputValue()).toBe('');
  await screen.page.keyboard.press('Escape');
});

test('a text in a field is copied as everywhere', async () => {
  await screen.cell('AA', 'start').dblclick();
  expect((await copied()).text).toBe(await screen.cell('AA', 'start').getByRole('textbox').inputValue());
  await screen.page.keyboard.press('Escape');
});

test('Ctrl+D fills a cell down: from the row above, and through all selected rows as one edit', async () => {
  const start = await screen.text('AA', 'start');
  await screen.cell('AB', 'start').focus();
  await screen.page.keyboard.press('Control+d');
  await becomes(() => screen.text('AB', 'start'), start);
  await screen.row('CA').focus();
  for (let i = 0; i < 2; i += 1) await screen.page.keyboard.press('Shift+ArrowDown');
  const duration = await screen.text('CA', 'duration');
  await screen.cell('CA', 'duration').focus();
  await screen.page.keyboard.press('Control+d');
  await becomes(() => screen.text('CB', 'duration'), duration);
  expect(await screen.text('CC', 'duration')).toBe(duration);
  await becomes(said, /^Duration of CA down to [12] chapters?/);
  await screen.page.keyboard.press('Control+z');
  await becomes(async () => (await screen.text('CC', 'duration')) === duration, false);
  await screen.cell('CA', 'title' as 'note').focus();
  await screen.page.keyboard.press('Control+d');
  await becomes(said, /^Go into a start/);
  await becomes(() => screen.chip(), 'Saved');
});

test('the move dialog takes a time for the first of them to begin at', async () => {
  await screen.row('AA').focus();
  await screen.page.keyboard.press('m');
  await screen.page.getByRole('textbox', { name: 'By how much' }).fill('T+3h');
  await screen.page.getByRole('button', { name: /^Move [+−]/ }).waitFor();
  const lands = await screen.page.locator('.mp-slip-list strong').first().innerText();
  await screen.page.getByLabel('What comes after').selectOption('only');
  await screen.page.getByRole('textbox', { name: 'By how much' }).press('Enter');
  await becomes(() => screen.text('AA', 'start'), lands);
  await becomes(() => screen.chip(), 'Saved');
});
