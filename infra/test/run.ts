/**
 * `npm test`: every check and every test, each counted, ending with the line `N passed, N failed`. What the tests need
 * it brings; where it cannot, it says so and fails. `npm test -- --project unit src/store` narrows the tests.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../root.ts';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

const count: Count = { passed: 0, failed: 0, skipped: 0 };
const narrowing = process.argv.slice(2);

if (narrowing.length === 0) {
  await check('Types', 'tsc', ['--noEmit']);
  await check('Lint and format', 'biome', ['check', '--error-on-warnings', '.']);
}
await tests(narrowing);

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;

async function check(title: string, program: string, args: readonly string[]): Promise<void> {
  console.log(`\n── ${title}`);
  const isGood = (await run(program, args)) === 0;
  count[isGood ? 'passed' : 'failed'] += 1;
}

async function tests(args: readonly string[]): Promise<void> {
  console.log('\n── Tests');
  const folder = await mkdtemp(path.join(tmpdir(), 'macroplan-test-'));
  const file = path.join(folder, 'report.json');
  try {
    const exit = await run('vitest', ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile=${file}`]);
    const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Partial<VitestReport>;
    count.passed += report.numPassedTests ?? 0;
    count.skipped += (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
    // A file that could not be loaded, or an error outside any test, has no failing test of its own.
    count.failed += Math.max(report.numFailedTests ?? 0, exit === 0 ? 0 : 1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(ROOT, 'node_modules/.bin', program), args, { cwd: ROOT, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
