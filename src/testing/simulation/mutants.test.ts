/** The simulator finds each planted bug: each is built into a bundle of its own and played until a night goes wrong. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
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

async function bundle(mutant: Mutant): Promise<string> {
  const outfile = path.join(folder, `${MUTANTS.indexOf(mutant)}.mjs`);
  await build({
    entryPoints: ['src/testing/simulation/simulate-command.ts'],
    bundle: true,
    format: 'esm',
    outfile,
    packages: 'external',
    platform: 'node',
    plugins: [planting(mutant)],
  });
  return outfile;
}

function planting({ file, find, replace }: Mutant): Plugin {
  return {
    name: 'mutant',
    setup(builder) {
      builder.onLoad({ filter: new RegExp(`${file.replace('.', '\\.')}$`) }, async (args) => {
        const text = await readFile(args.path, 'utf8');
        if (!text.includes(find)) throw new Error(`${file} has changed: where is “${find}”?`);
        return { contents: text.replace(find, () => replace), loader: 'ts' };
      });
    },
  };
}

test.each(MUTANTS)('finds that $bug', { timeout: 1_200_000 }, async (mutant) => {
  const args = [
    await bundle(mutant),
    '--seeds',
    String(NIGHTS),
    '--from',
    String(mutant.from ?? 1),
    '--more-tabs',
    String(mutant.moreTabs ?? 0),
    '--no-shrink',
  ];
  const run = promisify(execFile)(process.execPath, args, { timeout: 1_100_000, killSignal: 'SIGKILL' });
  await expect(run).rejects.toMatchObject({ stdout: expect.stringMatching(/^seed \d+ breaks/m) });
});
