import { DatabaseError } from 'pg';
import { describe, expect, test } from 'vitest';
import { answerTo } from './error-map.ts';
import { Problem } from './problem.ts';

function databaseError(code: string, detail?: string): DatabaseError {
  return Object.assign(new DatabaseError('duplicate key value "secret@example.com"', 1, 'error'), { code, detail });
}

describe('an error of the database', () => {
  test('that says the request makes no sense keeps its status, code and sentence', () => {
    const error = Object.assign(databaseError('MP404', '{"code":"not_found"}'), { message: 'There is no such plan.' });
    expect(answerTo(error)).toMatchObject({ status: 404, code: 'not_found', message: 'There is no such plan.' });
  });

  test.each([
    ['MP426', 426, 'too_old'],
    ['MP409', 409, 'bad_request'],
  ])('of state %s without a code gets the code of its status', (state, status, code) => {
    expect(answerTo(databaseError(state))).toMatchObject({ status, code });
    expect(answerTo(databaseError(state, 'no JSON'))).toMatchObject({ status, code });
  });

  test.each(['40001', '40P01', '55P03', '57014', '57P01', '53300', '08006'])(
    'of state %s is busy, with a time to retry',
    (state) => {
      const answer = answerTo(databaseError(state));
      expect(answer).toMatchObject({ status: 503, code: 'busy' });
      expect(answer.retryAfterSeconds).toBeGreaterThan(0);
    },
  );

  test('about a function that an upgrade has just replaced is busy', () => {
    const error = Object.assign(databaseError('XX000'), { message: 'cache lookup failed for function 16867' });
    expect(answerTo(error)).toMatchObject({ status: 503, code: 'busy' });
  });

  test('that forbids is forbidden', () => {
    expect(answerTo(databaseError('42501'))).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test.each(['23505', '22P02', '42P01', 'XX000', 'MP500', 'MP4'])(
    'of any other state (%s) says nothing of the inside',
    (state) => {
      const answer = answerTo(databaseError(state, '{"code":"inside"}'));
      expect(answer).toMatchObject({ status: 500, code: 'internal' });
      expect(JSON.stringify(answer)).not.toMatch(/secret|inside|duplicate/);
    },
  );
});

describe('an error of something else', () => {
  test('keeps what a Problem says', () => {
    expect(answerTo(new Problem('busy', 'Come back.', 2))).toEqual({
      status: 503,
      code: 'busy',
      message: 'Come back.',
      retryAfterSeconds: 2,
    });
  });

  test('is busy where no connection could be had', () => {
    expect(answerTo(new Error('timeout exceeded when trying to connect')).code).toBe('busy');
    expect(answerTo(Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' })).code).toBe(
      'busy',
    );
  });

  test('is internal where nobody expected it', () => {
    for (const error of [new TypeError('x is undefined'), 'text', null, undefined, { statusCode: 400 }]) {
      expect(answerTo(error)).toMatchObject({ status: 500, code: 'internal' });
    }
  });
});
