/**
 * XML as a tree of elements, with the line of each, which a report needs and the browser's own reader does not give. A file
 * that declares a document type is refused before anything is read: entities that grow (billion laughs) or fetch have no
 * other way in. Depth and count are bounded; text is only ever text.
 */
import { ImportError } from './imported.ts';

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** Of the file, from 1. */
  readonly line: number;
  readonly children: readonly XmlElement[];
  /** Its own text, trimmed unless it says that its blanks count. */
  readonly text: string;
  /** As they were written; `attribute` reads one. */
  readonly attributes: string;
}

const DEPTH_MAX = 100;
const ELEMENTS_MAX = 2_000_000;

interface Open {
  readonly name: string;
  readonly fullName: string;
  readonly line: number;
  readonly children: XmlElement[];
  readonly attributes: string;
  text: string;
}

export function readXml(source: string): XmlElement {
  const declared = source.search(/<!(?:DOCTYPE|ENTITY)/i);
  if (declared >= 0) {
    const lineOf = source.slice(0, declared).split('\n').length;
    throw new ImportError('A file that declares its own entities is not read.', lineOf);
  }
  const open: Open[] = [{ name: '', fullName: '', line: 1, children: [], attributes: '', text: '' }];
  let at = 0;
  let line = 1;
  let count = 0;
  const top = () => open.at(-1) as Open;
  const to = (end: number) => {
    for (let i = source.indexOf('\n', at); i >= 0 && i < end; i = source.indexOf('\n', i + 1)) line += 1;
    at = end;
  };
  const past = (mark: string, from: number, what: string) => {
    const end = source.indexOf(mark, from);
    if (end < 0) throw new ImportError(`${what} does not end.`, line);
    return end + mark.length;
  };
  while (at < source.length) {
    const next = source.indexOf('<', at);
    const end = next < 0 ? source.length : next;
    top().text += unescaped(source.slice(at, end), line);
    to(end);
    if (next < 0) break;
    if (source.startsWith('<!--', at)) to(past('-->', at + 4, 'A comment'));
    else if (source.startsWith('<?', at)) to(past('?>', at + 2, 'An instruction'));
    else if (source.startsWith('<![CDATA[', at)) {
      const close = past(']]>', at + 9, 'A piece of text');
      top().text += source.slice(at + 9, close - 3);
      to(close);
    } else if (source.startsWith('</', at)) {
      const close = past('>', at + 2, 'A tag');
      const name = source.slice(at + 2, close - 1).trim();
      const element = open.pop() as Open;
      if (open.length === 0 || element.fullName !== name) throw new ImportError(`</${name}> closes nothing.`, line);
      top().children.push(finished(element));
      to(close);
    } else {
      TAG.lastIndex = at;
      const tag = TAG.exec(source);
      if (!tag) throw new ImportError('This is no XML: a tag is broken.', line);
      const [whole, fullName = '', attributes = '', isClosed] = tag;
      const element = { name: fullName.replace(/^.*:/, ''), fullName, line, children: [], attributes, text: '' };
      count += 1;
      if (count > ELEMENTS_MAX || open.length > DEPTH_MAX)
        throw new ImportError('This file is too deep or too large.', line);
      if (isClosed) top().children.push(finished(element));
      else open.push(element);
      to(at + whole.length);
    }
  }
  const [root, unclosed] = open;
  if (unclosed) throw new ImportError(`<${top().fullName}> does not end: the file seems cut off.`, top().line);
  const [first, ...more] = root?.children ?? [];
  if (!first || more.length > 0 || root?.text.trim() !== '') throw new ImportError('This is no XML document.', 1);
  return first;
}

/** A name, attributes, and whether it closes itself. */
const TAG = /<([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/)?>/y;

function finished({ name, line, children, attributes, text }: Open): XmlElement {
  const isExact = text !== '' && attribute({ attributes, line }, 'space') === 'preserve';
  return { name, line, children, attributes, text: isExact ? text : text.trim() };
}

/** Without its prefix; empty where it is absent. */
export function attribute(element: Pick<XmlElement, 'attributes' | 'line'> | undefined, name: string): string {
  if (element === undefined || element.attributes === '') return '';
  for (const [, found, double, single] of element.attributes.matchAll(ATTRIBUTE)) {
    if (found === name) return unescaped(double ?? single ?? '', element.line);
  }
  return '';
}

const ATTRIBUTE = /(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const NAMED: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string, line: number): string {
  if (!text.includes('&')) return text.replaceAll(/\r\n?/g, '\n');
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/&([^;&\s]{1,10};|)/g, (whole, name: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}));$/i.exec(name);
    const known = NAMED[name.slice(0, -1)];
    if (known !== undefined) return known;
    const number = code ? (code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16)) : 0;
    if (number < 1 || number > 0x10ffff) throw new ImportError(`“${whole}” stands for nothing.`, line);
    return String.fromCodePoint(number);
  });
}

export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((one) => one.name === name);
}

export function childText(element: XmlElement, name: string): string {
  return child(element, name)?.text ?? '';
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((one) => one.name === name) ?? [];
}
