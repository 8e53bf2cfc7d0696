/** Workbooks that are broken, or made to do harm: each gets a sentence, in bounded time and memory. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type ZipPart, zipOf } from '../../testing/zip.ts';
import { ImportError } from '../exchange/imported.ts';
import { readWorkbook } from './read-workbook.ts';

const XML = '<?xml version="1.0"?>\n';
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const sheetOf = (rows: string) => `${XML}<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const link = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${TYPE}/${type}" Target="${target}"/>`;

const HEAD = '<row r="1"><c r="A1" t="str"><v>Code</v></c><c r="B1" t="str"><v>Task</v></c></row>';
const BOOK = `${XML}<workbook xmlns:r="${TYPE}"><sheets><sheet name="A &amp; B" sheetId="1" r:id="r1"/></sheets></workbook>`;

interface BookParts {
  readonly links?: string;
  readonly book?: string;
  readonly sheet?: Partial<ZipPart>;
  readonly more?: readonly ZipPart[];
}

function bookOf({
  links = link('r1', 'worksheet', 'worksheets/sheet1.xml'),
  book = BOOK,
  sheet,
  more = [],
}: BookParts) {
  return zipOf([
    {
      name: '_rels/.rels',
      content: `<Relationships>${link('r', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    { name: 'xl/workbook.xml', content: book },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${links}</Relationships>` },
    { name: 'xl/worksheets/sheet1.xml', content: sheetOf(HEAD), ...sheet },
    ...more,
  ]);
}

async function sentence(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    await readWorkbook(bytes);
  } catch (error) {
    if (error instanceof ImportError) return error.message;
    throw error;
  }
  return 'read';
}

test('a workbook made by hand is read: the other sentences here are due to what is wrong', async () => {
  const { file, workbook } = await readWorkbook(bookOf({}));
  expect(workbook.sheets).toEqual(['A & B']);
  expect(file.header.names).toEqual(['Code', 'Task']);
});

const laughs = `${XML}<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<worksheet>&b;</worksheet>`;

test.each<readonly [string, BookParts, string]>([
  ['an entity that grows', { sheet: { content: laughs } }, 'A file that declares its own entities is not read.'],
  ['a part with a password', { sheet: { flags: 1 } }, 'This archive has a password. Save it without one.'],
  ['an unknown packing', { sheet: { method: 14 } }, 'packed in a way that is not read here'],
  ['a wrong checksum', { sheet: { crc: 1 } }, 'This workbook is broken or cut off.'],
  ['a part that is no text', { sheet: { content: Uint8Array.of(255, 254, 0) } }, 'broken in xl/worksheets/sheet1.xml'],
  ['a part that is cut off', { sheet: { content: '<worksheet><sheetData>' } }, 'Line 1: <sheetData> does not end'],
  ['a cell nowhere', { sheet: { content: sheetOf('<row><c r="1A"><v>1</v></c></row>') } }, '“1A” is no cell.'],
  [
    'a text that is not there',
    { sheet: { content: sheetOf('<row><c t="s"><v>9</v></c></row>') } },
    'there is no text 9',
  ],
  ['a sheet without cells', { sheet: { content: sheetOf('<row r="9"><c r="B9"/></row>') } }, 'This workbook is empty.'],
  ['a missing sheet', { links: link('r1', 'worksheet', 'worksheets/none.xml') }, 'This workbook is broken'],
  ['no sheet at all', { links: '' }, 'This workbook has no sheet with cells.'],
  ['a path out of the archive', { links: link('r1', 'worksheet', '../../../etc/passwd') }, 'This workbook is broken'],
  ['another document', { book: '<document/>' }, 'There is no workbook in this archive.'],
  ['two parts of one name', { more: [{ name: 'XL\\Workbook.xml', content: BOOK }] }, 'This workbook is broken'],
])('%s', async (_name, parts, expected) => {
  expect(await sentence(bookOf(parts))).toContain(expected);
});

test.each([
  ['a binary workbook', 'xl/workbook.bin', 'This is a binary workbook (.xlsb). Save it as .xlsx'],
  ['an OpenDocument file', 'content.xml', 'This is an OpenDocument file.'],
  ['an archive of pictures', '../../picture.png', 'There is no workbook in this archive.'],
])('%s is told what it is', async (_name, name, expected) => {
  expect(await sentence(zipOf([{ name, content: 'x' }]))).toContain(expected);
});

test('a bomb is stopped where it grows too large, whatever its headers say', async () => {
  const bomb = bookOf({ sheet: { content: new Uint8Array(66 * 1024 * 1024).fill(32) } });
  expect(bomb.length).toBeLessThan(1024 * 1024);
  expect(await sentence(bomb)).toBe(
    'Unpacked, this workbook is larger than 64 MB. Copy the table with the chapters into a new one.',
  );
});

test('one long text in very many cells is refused before it is copied', async () => {
  const strings = `<sst><si><t>${'x'.repeat(1_000_000)}</t></si></sst>`;
  const bytes = bookOf({
    links: link('r1', 'worksheet', 'worksheets/sheet1.xml') + link('r2', 'sharedStrings', '/xl/strings.xml'),
    sheet: { content: sheetOf('<row><c t="s"><v>0</v></c></row>'.repeat(1_000)) },
    more: [{ name: 'xl/strings.xml', content: strings }],
  });
  expect(await sentence(bytes)).toBe('This sheet holds too much text for a plan.');
});

test('no cut and no flipped byte of a real workbook does more than be told', async () => {
  const real = new Uint8Array(readFileSync(path.join(import.meta.dirname, 'fixtures/xlsxwriter.xlsx')));
  for (let end = 4; end < real.length; end += 197) expect(await sentence(real.slice(0, end))).not.toBe('read');
  const told = new Set<string>();
  for (let at = 0; at < real.length; at += 17) {
    const broken = real.slice();
    broken[at] = (broken[at] ?? 0) ^ 0x55;
    told.add(await sentence(broken));
  }
  expect(told.size).toBeGreaterThan(2);
}, 60_000);
