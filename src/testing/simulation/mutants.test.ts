/** The simulator finds each planted bug: each is built into a bundle of its own and played until a night goes wrong. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MUTANTS, type Mutant } from './mutants.ts';

const NIGHTS = 400;
const root = process.cwd();
let folder: string;

beforeAll(async () => {
  // Inside the checkout, so that the bundle finds its packages.
  folder = await mkdtemp(path.join(root, '.build-mutants-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundle(mutant: Mutant | null): Promise<string> {
  const outfile = path.join(folder, `${mutant ? MUTANTS.indexOf(mutant) : 'none'}.mjs`);
  await build({
    entryPoints: ['src/testing/simulation/simulate-command.ts'],
    bundle: true,
    format: 'esm',
    outfile,
    packages: 'external',
    platform: 'node',
    plugins: mutant
      ? [
          {
            name: 'mutant',
            setup(builder) {
              builder.onLoad({ filter: new RegExp(`${mutant.file.replace('.', '\\.')}$`) }, async ({ path: file }) => {
                const text = await readFile(file, 'utf8');
                if (!text.includes(mutant.find))
                  throw new Error(`${mutant.file} has changed: where is “${mutant.find}”?`);
                return { contents: text.replace(mutant.find, () => mutant.replace), loader: 'ts' };
              });
            },
          },
        ]
      : [],
  });
  return outfile;
}

test.each(MUTANTS)('finds that $bug', { timeout: 300_000 }, async (mutant) => {
  const run = promisify(execFile)(process.execPath, [await bundle(mutant), '--seeds', String(NIGHTS), '--no-shrink']);
  await expect(run).rejects.toMatchObject({ stdout: expect.stringMatching(/^seed \d+ breaks/m) });
});
