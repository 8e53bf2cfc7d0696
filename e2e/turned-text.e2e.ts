/** Text that turns the direction stays where it was filled in: what stands beside it is drawn as it is read. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

/** From left to right, where the letters of `words` are drawn within the text of an element. */
const lettersOf = (locator: Locator, words: string) =>
  locator.evaluate((element, text) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const start = node.textContent?.indexOf(text) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      const letters = [...text].map((letter, i) => {
        range.setStart(node, start + i);
        range.setEnd(node, start + i + 1);
        return { letter, left: range.getBoundingClientRect().left };
      });
      return letters
        .sort((a, b) => a.left - b.left)
        .map(({ letter }) => letter)
        .join('');
    }
    return null;
  }, words);

test.each([
  ['that overrides the direction', '\u202eOpen paths'],
  ['in Hebrew', 'פתיחת נתיבים'],
])('a title %s turns neither the sentence nor the words beside it', async (_, title) => {
  const { screen, page } = await stage.person('lead', `${APP}?macroplan-iteration=DR2&macroplan-layout=table`);
  await screen.row('AB').focus();
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.keyboard.press('Enter');
  await becomes(() => screen.chip(), 'Saved');

  await screen.row('AB').focus();
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog');
  expect(await lettersOf(dialog, '. Set any two')).toBe('. Set any two');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  expect(await lettersOf(dialog.locator('p').first(), 'AB')).toBe('AB');
  await page.keyboard.press('Escape');

  await screen.openTab('Live');
  await page.getByRole('button', { name: 'Block… AB' }).click();
  expect(await lettersOf(page.getByRole('dialog'), '. What is in the way')).toBe('. What is in the way');
});
