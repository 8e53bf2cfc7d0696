import { describe, expect, test } from 'vitest';
import { keyFields, LETTER_KEYS, readKeys } from './own-keys.ts';

const standard = Object.fromEntries(LETTER_KEYS.map(([key]) => [key, key]));

describe('own keys', () => {
  test('the fields begin with the keys there are, and unchanged they say nothing', () => {
    const values = Object.fromEntries(keyFields({ m: 'x', '[': '' }).map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({ m: 'X', '[': '', s: 'S', '/': '/' });
    expect(readKeys(values)).toEqual({ m: 'x', '[': '' });
    expect(readKeys(standard)).toEqual({});
  });

  test('two acts can change places, and several can have none', () => {
    expect(readKeys({ ...standard, m: 'S', s: 'm' })).toEqual({ m: 's', s: 'm' });
    expect(readKeys({ ...standard, '[': '', ']': '' })).toEqual({ '[': '', ']': '' });
    expect(readKeys({ ...standard, '[': 'ü', ']': 'Ö' })).toEqual({ '[': 'ü', ']': 'ö' });
  });

  test('one key does one thing, is one letter or sign, and leaves figures to times', () => {
    expect(readKeys({ ...standard, m: 's' })).toEqual({ field: 'm', message: 'S is the key of “Start” already.' });
    expect(readKeys({ ...standard, m: 'mm' })).toEqual({
      field: 'm',
      message: 'One letter or sign, or nothing for no key.',
    });
    expect(readKeys({ ...standard, m: '7' })).toEqual({ field: 'm', message: 'Figures are typed over times.' });
    expect(readKeys({ ...standard, 1: '9', 2: 'q' })).toEqual({ 1: '9', 2: 'q' });
  });
});
