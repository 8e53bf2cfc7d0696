import { expect, test } from 'vitest';
import type { ImportError } from './imported.ts';
import { childText, readXml } from './read-xml.ts';
import { xmlText } from './xml-text.ts';

const refusal = (text: string) => {
  try {
    readXml(text);
  } catch (error) {
    return (error as ImportError).message;
  }
  return 'read';
};

test('elements, text, entities, sections and comments are read, each element with its line', () => {
  const root = readXml(
    '<?xml version="1.0"?>\n<!-- <x> -->\n<p:a xmlns:p="u" k=\'>\'>\n <b>1 &lt; 2 &#xe9;&#233;</b><c/>\n<b><![CDATA[<&]]>x</b></p:a>\n',
  );
  expect(root.name).toBe('a');
  expect(root.children.map(({ name, line, text }) => [name, line, text])).toEqual([
    ['b', 4, '1 < 2 éé'],
    ['c', 4, ''],
    ['b', 5, '<&x'],
  ]);
  expect(childText(root, 'b')).toBe('1 < 2 éé');
});

test('what was escaped for XML is read as it was', () => {
  const text = 'a <b> & "c" \' ]]> \r\n é 😀 end';
  expect(childText(readXml(`<r><t>${xmlText(text)}</t></r>`), 't')).toBe(text);
});

const LAUGHS = `<?xml version="1.0"?>
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
]>
<lolz>&lol1;</lolz>`;

test.each([
  ['a billion laughs', LAUGHS, 'Line 2: A file that declares its own entities is not read.'],
  ['a file from elsewhere', '<!doctype x SYSTEM "file:///etc/passwd">\n<x/>', 'Line 1: A file that declares'],
  ['an entity that nobody declared', '<a>\n&lol;</a>', 'Line 1: “&lol;” stands for nothing.'],
  ['a file cut off', '<a>\n<b>x</b>\n<c>', 'Line 3: <c> does not end: the file seems cut off.'],
  ['a tag that closes nothing', '<a>\n</b></a>', 'Line 2: </b> closes nothing.'],
  ['a broken tag', '<a>\n<b x=1></b></a>', 'Line 2: This is no XML: a tag is broken.'],
  ['a comment without end', '<a><!-- ', 'Line 1: A comment does not end.'],
  ['two documents', '<a/><b/>', 'Line 1: This is no XML document.'],
  ['no document', 'abc', 'Line 1: This is no XML document.'],
  ['a well', '<a>'.repeat(200), 'Line 1: This file is too deep or too large.'],
])('%s is refused with the line', (_title, text, message) => {
  expect(refusal(text)).toContain(message);
});

test('a million brackets take no time to refuse', () => {
  const start = Date.now();
  expect(refusal('<'.repeat(1_000_000))).toContain('broken');
  expect(refusal(`<a ${'x '.repeat(300_000)}`)).toContain('broken');
  expect(Date.now() - start).toBeLessThan(10_000);
});
