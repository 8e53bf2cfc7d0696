/**
 * A workbook (.xlsx, ECMA-376) as sheets that are read one at a time. Only parts that are named here are unpacked: macros,
 * pictures, links to other files and queries are never looked at.
 */
import { ImportError } from '../exchange/imported.ts';
import { type TableFile, tableFile } from '../exchange/read-file.ts';
import { attribute, child, childrenOf, readXml, type XmlElement } from '../exchange/read-xml.ts';
import { KNOWN_FORMATS } from './number-text.ts';
import { BROKEN, openArchive } from './open-archive.ts';
import { isYes, type SheetContext, sheetLines } from './sheet-lines.ts';
import { stringText } from './string-text.ts';

export interface Workbook {
  /** Names of the sheets that hold cells, in their order. */
  readonly sheets: readonly string[];
  /** The sheet of this place as a table; null where it is empty. Rejects with an `ImportError`. */
  readonly read: (sheet: number) => Promise<TableFile | null>;
}

/** The four bytes that a ZIP archive begins with; an empty one begins with its end. */
export const isArchive = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 99) < 8;

/** Rejects with an `ImportError` whose message is for the person. */
export async function openWorkbook(bytes: Uint8Array<ArrayBuffer>): Promise<Workbook> {
  const archive = openArchive(bytes);
  const part = async (name: string): Promise<XmlElement | null> => {
    const content = await archive.part(name);
    return content === null ? null : xmlOf(content, name);
  };
  const bookName = targetOf(await linksOf(part, ''), 'officeDocument') ?? 'xl/workbook.xml';
  const book = /\.xml$/i.test(bookName) ? await part(bookName) : null;
  if (book?.name !== 'workbook') throw new ImportError(otherKind(archive.names));
  const links = await linksOf(part, bookName);
  const sheets = childrenOf(child(book, 'sheets'), 'sheet').flatMap((sheet) => {
    const link = links.find(({ id }) => id === attribute(sheet, 'id'));
    return link?.type === 'worksheet' ? [{ name: attribute(sheet, 'name'), target: link.target }] : [];
  });
  if (sheets.length === 0) throw new ImportError('This workbook has no sheet with cells.');
  const styles = await part(targetOf(links, 'styles') ?? '');
  const strings = await part(targetOf(links, 'sharedStrings') ?? '');
  const context: SheetContext = {
    strings: childrenOf(strings ?? undefined, 'si').map(stringText),
    formats: formatsOf(styles),
    is1904: isYes(attribute(child(book, 'workbookPr'), 'date1904')),
  };
  return {
    sheets: sheets.map(({ name }) => name),
    read: async (place) => {
      const sheet = sheets[place];
      const root = sheet && (await part(sheet.target));
      if (!root) throw new ImportError(BROKEN);
      const { lines, remarks } = sheetLines(root, context);
      return lines.length === 0 ? null : tableFile(lines, `Sheet “${sheet.name}”`, remarks);
    },
  };
}

function xmlOf(content: Uint8Array, name: string): XmlElement {
  try {
    return readXml(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch (error) {
    const why = error instanceof ImportError ? error.message : 'It is no text.';
    throw new ImportError(`This workbook is broken in ${name}: ${why}`);
  }
}

interface Link {
  readonly id: string;
  /** The last word of what it is: `worksheet`. */
  readonly type: string;
  /** The name of a part. */
  readonly target: string;
}

/** What a part refers to, as the part beside it in `_rels` says. */
async function linksOf(part: (name: string) => Promise<XmlElement | null>, of: string): Promise<readonly Link[]> {
  const folder = of.includes('/') ? of.slice(0, of.lastIndexOf('/') + 1) : '';
  const root = await part(`${folder}_rels/${of.slice(folder.length)}.rels`);
  return childrenOf(root ?? undefined, 'Relationship')
    .filter((element) => attribute(element, 'TargetMode') !== 'External')
    .map((element) => ({
      id: attribute(element, 'Id'),
      type: attribute(element, 'Type').replace(/^.*\//, ''),
      target: resolved(attribute(element, 'Target').replaceAll('\\', '/'), folder),
    }));
}

const targetOf = (links: readonly Link[], type: string) => links.find((link) => link.type === type)?.target;

/** `../x` and `/x` within the archive; what would lead out of it names no part. */
function resolved(target: string, folder: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function formatsOf(styles: XmlElement | null): readonly string[] {
  if (styles === null) return [];
  const own = new Map(
    childrenOf(child(styles, 'numFmts'), 'numFmt').map((one) => [
      Number(attribute(one, 'numFmtId')),
      attribute(one, 'formatCode'),
    ]),
  );
  return childrenOf(child(styles, 'cellXfs'), 'xf').map((one) => {
    const id = Number(attribute(one, 'numFmtId') || 0);
    return own.get(id) ?? KNOWN_FORMATS.get(id) ?? '';
  });
}

function otherKind(names: readonly string[]): string {
  if (names.some((name) => /^xl\/workbook\.bin$/i.test(name)))
    return 'This is a binary workbook (.xlsb). Save it as .xlsx, and import that.';
  if (names.includes('content.xml'))
    return 'This is an OpenDocument file. Save it as .xlsx or as CSV, and import that.';
  return 'There is no workbook in this archive. Choose the .xlsx file itself.';
}
