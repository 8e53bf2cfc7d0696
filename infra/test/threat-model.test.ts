/** The threat model names the tests that stand for each threat; a name that leads nowhere would be a promise unkept. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';

const read = (file: string) => readFile(path.join(ROOT, file), 'utf8');

test('every test that the threat model names is there', async () => {
  const named = [...(await read('docs/threat-model.md')).matchAll(/`([\w./-]+\.ts)`: "([^"]+)"/g)];
  expect(named.length).toBeGreaterThan(25);
  for (const [, file = '', name = ''] of named) expect(await read(file), `${file}: ${name}`).toContain(name);
});
