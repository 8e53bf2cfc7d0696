import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { describe } from './log.ts';

test('a line of the log names the place in the database and none of the values', () => {
  const error = Object.assign(new DatabaseError('duplicate key value "maria@example.com" for \'Maria\'', 1, 'error'), {
    code: '23505',
    constraint: 'code_is_unique',
    detail: 'Key (email)=(maria@example.com) already exists.',
    where: 'JSON data, line 1: {"name":"Maria"}\nPL/pgSQL function macroplan.write_row(uuid) line 7 at EXECUTE',
  });
  const line = JSON.stringify(describe(error));
  expect(line).toContain('code_is_unique');
  expect(line).toContain('macroplan.write_row(uuid) line 7');
  expect(line).not.toMatch(/maria/i);
});

test('an error of ours keeps its place', () => {
  const { message, stack } = describe(new TypeError('x is "secret"')) as { message: string; stack: string[] };
  expect(message).toBe('x is "…"');
  expect(stack[0]).toContain('log.test.ts');
});

test('what a mail server says about an addressee is logged without the address', () => {
  const { message } = describe(new Error('All recipients were rejected: 550 5.1.1 <maria.s@example.com>: unknown')) as {
    message: string;
  };
  expect(message).toBe('All recipients were rejected: 550 5.1.1 <…@…>: unknown');
});

test('the lines of a message do not pass as places', () => {
  const described = describe(new Error('first\nNote of Maria'));
  expect(JSON.stringify(described.stack)).not.toContain('Maria');
});
