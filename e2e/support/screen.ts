/** What a person does and reads on a page of Macroplan. Only what is on screen, or said to a screen reader, is used. */
import type { Locator, Page } from 'playwright-core';

export const APP = '/rest/scriptrunner/latest/custom/macroplan/app';

export type Column = 'start' | 'end' | 'duration' | 'status' | 'note';

export class Screen {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async openTab(name: 'Planner' | 'Live' | 'Conflicts' | 'Share' | 'Files'): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(name) }).click();
  }

  /** The row of a chapter in the planner. */
  row(code: string): Locator {
    const exactly = this.page.locator('[data-col="code"]').getByText(code, { exact: true });
    return this.page.getByRole('row').filter({ has: exactly });
  }

  cell(code: string, column: Column): Locator {
    return this.row(code).locator(`[data-col="${column}"]`);
  }

  /** Takes hold of a chapter's bar with the mouse, and says where. */
  async holdBar(code: string): Promise<readonly [x: number, y: number]> {
    const bar = this.row(code).locator('.mp-bar');
    await bar.scrollIntoViewIfNeeded();
    const box = await bar.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 8];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    return [x, y];
  }

  async text(code: string, column: Column): Promise<string> {
    return afterPaint(this.cell(code, column));
  }

  /** Types a time or a duration over a cell, as in a spreadsheet. */
  async type(code: string, column: 'start' | 'end' | 'duration', text: string): Promise<void> {
    await this.cell(code, column).dblclick();
    await this.cell(code, column).getByRole('textbox').fill(text);
    await this.page.keyboard.press('Enter');
  }

  async note(code: string, text: string): Promise<void> {
    await this.cell(code, 'note').dblclick();
    await this.page.getByRole('textbox', { name: `Note on ${code}` }).fill(text);
    await this.page.getByRole('button', { name: 'Save note' }).click();
  }

  async noteText(code: string): Promise<string> {
    return (await this.cell(code, 'note').getAttribute('title')) ?? '';
  }

  /** Leaves the window and comes back to it. */
  async lookAgain(): Promise<void> {
    await this.page.waitForTimeout(1_100);
    await this.page.evaluate(() => dispatchEvent(new Event('focus')));
  }

  async chip(): Promise<string> {
    return afterPaint(this.page.locator('.mp-chip'));
  }
}

/** The words after the next paint: before it they know nothing of the press just made. */
async function afterPaint(words: Locator): Promise<string> {
  const text = await words.evaluate(async (element) => {
    await new Promise(requestAnimationFrame);
    return (element as HTMLElement).innerText;
  });
  return text.trim();
}

/** Waits until `read` gives `expected`, and says what it gave last where it does not. */
export async function becomes<T>(read: () => Promise<T>, expected: T | RegExp, seconds = 120): Promise<void> {
  const until = Date.now() + seconds * 1000;
  let last: T | undefined;
  // A page that never answers holds the test no longer than a wrong answer does.
  const isLate = new Promise<undefined>((resolve) => setTimeout(resolve, seconds * 1000, undefined).unref());
  while (Date.now() < until) {
    last = await Promise.race([read().catch(() => undefined), isLate]);
    if (expected instanceof RegExp ? expected.test(String(last)) : last === expected) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`expected ${expected}, but after ${seconds} s it is still ${JSON.stringify(last)}`);
}
