/** What stands on each page of a PDF that Chromium made: enough of the format for that, and for no other maker's files. */
import { inflateSync } from 'node:zlib';

export interface PdfPage {
  /** In points, 72 an inch. */
  readonly width: number;
  readonly height: number;
  /** In the order in which it was painted; runs of text are joined by blanks. */
  readonly text: string;
}

export function pdfPages(pdf: Buffer): readonly PdfPage[] {
  const objects = objectsOf(pdf.toString('latin1'));
  const body = (id: string | undefined) => objects.get(id ?? '') ?? '';
  return [...objects.values()]
    .filter((object) => /\/Type \/Page\b/.test(object))
    .map((page) => {
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? [];
      const fonts = new Map(
        [...page.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id]) => [
          name,
          glyphsOf(streamOf(body(/\/ToUnicode (\d+) 0 R/.exec(body(id))?.[1]))),
        ]),
      );
      const content = streamOf(body(/\/Contents (\d+) 0 R/.exec(page)?.[1]));
      return { width: Number(width), height: Number(height), text: textOf(content, fonts) };
    });
}

/** By their numbers. A stream is as long as it says: its bytes may look like any word of the format. */
function objectsOf(pdf: string): ReadonlyMap<string, string> {
  const objects = new Map<string, string>();
  const start = /(\d+) 0 obj\s/g;
  for (let found = start.exec(pdf); found !== null; found = start.exec(pdf)) {
    const [head = ''] = pdf.slice(start.lastIndex).match(/^[\s\S]*?(?:endobj|stream\r?\n)/) ?? [];
    const length = head.endsWith('endobj') ? 0 : Number(/\/Length (\d+)/.exec(head)?.[1]);
    const end = start.lastIndex + head.length + length;
    objects.set(found[1] ?? '', pdf.slice(start.lastIndex, end));
    start.lastIndex = end;
  }
  return objects;
}

function streamOf(object: string): string {
  const data = /stream\r?\n([\s\S]*)$/.exec(object)?.[1] ?? '';
  return inflateSync(Buffer.from(data, 'latin1')).toString('latin1');
}

type Glyphs = ReadonlyMap<number, string>;

/** Characters by glyph, of a map as fonts bring it: single ones and ranges. */
function glyphsOf(map: string): Glyphs {
  const glyphs = new Map<number, string>();
  for (const [, lines = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = '', text = ''] of lines.matchAll(/<(\w+)> <(\w+)>/g)) {
      glyphs.set(Number.parseInt(glyph, 16), utf16(text));
    }
  }
  for (const [, lines = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', to = '', text = ''] of lines.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const first = Number.parseInt(from, 16);
      for (let glyph = first; glyph <= Number.parseInt(to, 16); glyph += 1) {
        glyphs.set(glyph, String.fromCodePoint((utf16(text).codePointAt(0) ?? 0) + glyph - first));
      }
    }
  }
  return glyphs;
}

const utf16 = (hex: string) =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((one) => Number.parseInt(one, 16)));

function textOf(content: string, fonts: ReadonlyMap<string, Glyphs>): string {
  let glyphs: Glyphs = new Map();
  const runs: string[] = [];
  for (const [, font, hex, end] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<(\w*)> Tj|(\bET\b)/g)) {
    if (font !== undefined) glyphs = fonts.get(font) ?? new Map();
    else if (end !== undefined) runs.push(' ');
    else runs.push(...(hex?.match(/.{4}/g) ?? []).map((glyph) => glyphs.get(Number.parseInt(glyph, 16)) ?? ''));
  }
  return runs.join('').replaceAll(/\s+/g, ' ').trim();
}
