import { expect, test } from 'vitest';
import { hasToken, searcher, toggleToken, tokenOf } from './search.ts';

const CODES = ['NET', 'Load 1', 'load  2', '"Alpha" team', 'A"B', '"', 'is:late', 'Übergabe 3'];

test.each(CODES)('a team of code %s is found by its token, on its own and beside words', (code) => {
  const row = { words: 'AA Freeze changes', tokens: [`team:${code}`, 'is:gate'] };
  const other = { words: 'AA Freeze changes', tokens: ['team:other', 'is:gate'] };
  const token = tokenOf('team', code);
  for (const search of [
    token,
    `freeze ${token}`,
    `${token} is:gate changes`,
    token.toUpperCase().replace('TEAM', 'team'),
  ]) {
    const finds = searcher(search);
    expect([finds?.(row), finds?.(other)], search).toEqual([true, false]);
  }
});

test.each(CODES)('a token of code %s is added to a search, known in it, and taken away', (code) => {
  const token = tokenOf('phase', code);
  const search = toggleToken('is:late word', token);
  expect(search).toBe(`is:late word ${token}`);
  expect([hasToken(search, token), hasToken('is:late word', token)]).toEqual([true, false]);
  expect(toggleToken(search, token)).toBe('is:late word');
});

test('a quote in a word is a letter like others', () => {
  expect(searcher('19" rack')?.({ words: 'AB Move the 19" rack', tokens: [] })).toBe(true);
});

test('words are found without their accents, and those typed with accents too', () => {
  const row = { words: 'AB Überweisungen prüfen', tokens: [] };
  for (const search of ['uberweis', 'ÜBERWEIS', 'prufen', 'u\u0308berweis'])
    expect(searcher(search)?.(row), search).toBe(true);
  expect(searcher('überweis')?.({ words: 'AB Uberweisung', tokens: [] })).toBe(true);
});
