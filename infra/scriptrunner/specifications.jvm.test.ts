/** The specifications in Groovy, which Maven ran on every line while this run was set up: one test each, with what it said. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LINES, type Line, reportsOf } from './lines.ts';

describe.each(LINES)('on %s', (line) => {
  const cases = casesOf(line);

  test('there are specifications', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  test.each(cases.map(({ name, problem }) => [name, problem]))('%s', (_, problem) => {
    expect(problem).toBe('');
  });
});

interface Case {
  readonly name: string;
  /** '' where it holds. */
  readonly problem: string;
}

function casesOf(line: Line): readonly Case[] {
  const folder = reportsOf(line);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .flatMap((name) => casesIn(readFileSync(path.join(folder, name), 'utf8')));
}

/** Of a report as Maven writes it: one element a case, with what went wrong inside. */
function casesIn(xml: string): readonly Case[] {
  return [...xml.matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(
    ([, name = '', inside = '']) => {
      const problem = /<(?:failure|error|skipped)\b[\s\S]*/.exec(inside)?.[0] ?? '';
      return { name, problem: problem.slice(0, 2_000) };
    },
  );
}
