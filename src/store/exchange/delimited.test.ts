import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delimiterOf, readDelimited, writeDelimited } from './delimited.ts';

const cellsOf = (text: string) => readDelimited(text).lines.map(({ cells }) => cells);

/** Anything that a spreadsheet may hold, often what makes a table hard to read. */
const cell = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('"', ',', '\t', '\n', ';', ' ', 'a', '=', 'é', '😀'), { maxLength: 8 })
    .map((parts) => parts.join('')),
);

test('what is written is read back, cell by cell', () => {
  const tables = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(tables, fc.constantFrom(',' as const, '\t' as const), (rows, delimiter) => {
      const read = readDelimited(writeDelimited(rows, delimiter), delimiter);
      const kept = rows.map((cells) => cells.map((text) => text.replaceAll(/\r\n?/g, '\n')));
      expect(read.lines.map(({ cells }) => cells)).toEqual(kept);
      expect(read.openQuote).toBeNull();
    }),
  );
});

test('quotes, doubled quotes, line breaks and delimiters inside of quotes are read', () => {
  expect(cellsOf('a,"b ""c"" d","e\nf, g"\r\nh,i,j\r\n')).toEqual([
    ['a', 'b "c" d', 'e\nf, g'],
    ['h', 'i', 'j'],
  ]);
});

test('a row is named by the line on which it begins', () => {
  const { lines } = readDelimited('a,b\r\n"two\nlines",c\r\nd,e');
  expect(lines.map(({ line }) => line)).toEqual([1, 2, 4]);
});

test('ragged rows, empty lines and a missing last line break are kept as they are', () => {
  expect(cellsOf('a,b,c\n\nd\ne,f,')).toEqual([['a', 'b', 'c'], [''], ['d'], ['e', 'f', '']]);
});

test('a quote inside of a cell is text', () => {
  expect(cellsOf('19" rack,b')).toEqual([['19" rack', 'b']]);
});

test('a quote that never closes is told with its line', () => {
  expect(readDelimited('a,b\nc,"d\ne,f\n').openQuote).toBe(2);
});

test('a byte order mark is no part of the first cell', () => {
  expect(cellsOf('\uFEFFa,b')).toEqual([['a', 'b']]);
});

test.each([
  ['a;b;c\n1,5;2,5;3\n', ';'],
  ['a\tb\nc, d\te\n', '\t'],
  ['a,b\n"x;y;z;w",d\n', ','],
  ['a|b|c\nd|e|f\n', '|'],
  ['one column\nonly\n', ','],
])('the delimiter of %j is found', (text, delimiter) => {
  expect(delimiterOf(text)).toBe(delimiter);
});
