/**
 * `npm run demo-data -- --chapters 10000 --seed 7 [--now 2027-01-01T12:00Z] [--out FILE]`: a demo plan as JSON, the body of
 * `POST /plans` and the edits, to standard output or a file.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { demoEdits } from './demo-plan.ts';

const text = { type: 'string' } as const;

function count(name: string, value: string): number {
  if (/^\d{1,7}$/.test(value) && Number(value) > 0) return Number(value);
  throw new Error(`--${name} must be a whole number above 0, and not "${value}".`);
}

function moment(value: string | undefined): number {
  const now = value === undefined ? Date.now() : Date.parse(value);
  if (Number.isNaN(now))
    throw new Error(`--now must be a date and time such as 2027-01-01T12:00Z, and not "${value}".`);
  return now;
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { chapters: text, seed: text, now: text, out: text } });
  const made = demoEdits({
    chapters: count('chapters', values.chapters ?? '53'),
    seed: count('seed', values.seed ?? '1'),
    now: moment(values.now),
  });
  const json = `${JSON.stringify(made)}\n`;
  if (values.out === undefined) process.stdout.write(json);
  else await writeFile(values.out, json);
}

await run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
