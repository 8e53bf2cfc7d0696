import { expect, test } from 'vitest';
import { decodeFile, FILE_BYTES_MAX } from './decode-file.ts';

const TEXT = 'Code;Größe\r\nÄ1;für 5 €\r\n';
const utf16 = (text: string, isBig: boolean) =>
  Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0);
      return isBig ? [code >> 8, code & 255] : [code & 255, code >> 8];
    }),
  );
const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ['UTF-8', bytes(TEXT)],
  ['UTF-8 with a mark', bytes(`\uFEFF${TEXT}`)],
  ['UTF-16 with a mark', utf16(`\uFEFF${TEXT}`, false)],
  ['UTF-16 of the other order', utf16(`\uFEFF${TEXT}`, true)],
  ['UTF-16 without a mark', utf16(TEXT, false)],
  ['UTF-16 of the other order without a mark', utf16(TEXT, true)],
])('%s is read', (_name, input) => {
  expect(decodeFile(input)).toBe(TEXT);
});

test('what is no UTF-8 is Windows-1252', () => {
  // Some versions of Node read the euro sign of it wrongly; e2e/exchange.e2e.ts has one for Chromium.
  const text = 'Code;Größe\r\nÄ1;für alle\r\n';
  expect(decodeFile(Uint8Array.from([...text].map((character) => character.charCodeAt(0))))).toBe(text);
});

test.each([
  ['an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), 'Save it there as .xlsx without a password'],
  ['a PDF', bytes('%PDF-1.7'), 'This is a PDF.'],
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 10, 0, 1, 0, 0, 3, 0, 255]), 'Line 2: This is no text file'],
  ['a file of 100 MB', new Uint8Array(100 * 1024 * 1024), 'This file has 100 MB; at most 10 MB are read.'],
])('%s is refused with what to do', (_name, input, sentence) => {
  expect(() => decodeFile(input)).toThrow(sentence);
});

test('the largest file is read', () => {
  expect(decodeFile(new Uint8Array(FILE_BYTES_MAX).fill(65)).length).toBe(FILE_BYTES_MAX);
});
