/** Keys that choose among the characters of a language mean nothing else: a word of Japanese ends with Enter, and is dropped with Escape. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const DR2 = `${APP}?macroplan-iteration=DR2`;

/** As an input method has it; with it in the browser no script could type. */
const pressComposing = (field: Locator, key: string) =>
  field.evaluate(
    (element, key) =>
      element.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true })),
    key,
  );

test('they keep no time and leave no note, search or list of commands', async () => {
  const { screen, page } = await stage.person('planner-a', DR2);
  const start = await screen.text('AB', 'start');
  await screen.cell('AB', 'start').dblclick();
  const time = screen.cell('AB', 'start').getByRole('textbox');
  await time.fill('+45m');
  for (const key of ['Enter', 'Escape', 'Tab']) await pressComposing(time, key);
  expect(await time.inputValue()).toBe('+45m');
  await page.keyboard.press('Escape');
  await becomes(() => screen.text('AB', 'start'), start);

  await screen.cell('AC', 'note').dblclick();
  const note = page.getByRole('textbox', { name: 'Note on AC' });
  await note.fill('夜間');
  await pressComposing(note, 'Escape');
  expect(await note.inputValue()).toBe('夜間');
  await page.getByRole('button', { name: 'Save note' }).click();
  await becomes(() => screen.noteText('AC'), '夜間');

  const search = page.getByRole('searchbox');
  await search.fill('AC');
  await pressComposing(search, 'Escape');
  expect(await search.inputValue()).toBe('AC');
  await search.press('Escape');

  await page.keyboard.press('Control+k');
  const command = page.getByRole('combobox', { name: 'What do you want to do?' });
  await command.fill('conflicts');
  await pressComposing(command, 'Enter');
  expect(await page.getByRole('dialog', { name: 'Commands' }).count()).toBe(1);
  await command.press('Enter');
  await becomes(() => page.getByRole('tab', { selected: true }).innerText(), /Conflicts/);
});
