/** What axe-core finds in the macro on a page, in light and in dark; each finding with the elements that it is about. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { ROOT } from '../../infra/root.ts';

interface Axe {
  run(root: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

export async function axeFindsNothing(page: Page): Promise<void> {
  await page.evaluate(await readFile(path.join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  for (const mode of ['light', 'dark']) {
    await page.evaluate(async (value) => {
      document.documentElement.setAttribute('data-color-mode', value);
      // Half-way through a change of colour no contrast holds; one that is called off is over too.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    }, mode);
    const found = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run('.mp-root');
      return violations.map(({ id, nodes }) => {
        const elements = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
        return `${id}: ${elements.join(' | ')}`;
      });
    });
    expect(found, mode).toEqual([]);
  }
}
