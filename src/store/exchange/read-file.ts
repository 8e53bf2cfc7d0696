/** What kind of file this is, by its contents: people rename files, and a name proves nothing. */
import { type ReadHeader, readHeader } from './column-mapping.ts';
import { type DelimitedTable, readDelimited, type TableLine } from './delimited.ts';
import { ImportError } from './imported.ts';
import { type PlanFile, readPlanFile } from './read-plan-file.ts';
import { readXml, type XmlElement } from './read-xml.ts';

export interface TableFile {
  readonly kind: 'table';
  readonly header: ReadHeader;
  readonly about: string;
  /** What of it is not as one sees it where it comes from. */
  readonly remarks: readonly string[];
}

export type ReadFile =
  | TableFile
  | { readonly kind: 'project'; readonly root: XmlElement; readonly about: string }
  | { readonly kind: 'plan'; readonly plan: PlanFile; readonly about: string };

/** Throws an `ImportError` whose message is for the person. */
export function readFile(text: string): ReadFile {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start === '') throw new ImportError('This file is empty.');
  if (/^<(?:!doctype html|html|table)/i.test(start)) {
    throw new ImportError('This is a web page. Open it, select the table, copy it and paste it here.');
  }
  if (start.startsWith('<')) return { kind: 'project', root: readXml(start), about: 'Microsoft Project XML' };
  if (/^[{[]/.test(start)) return { kind: 'plan', plan: readPlanFile(start), about: 'Macroplan JSON' };
  if (start.startsWith('BEGIN:VCALENDAR')) {
    throw new ImportError(
      'This is a calendar, which does not say enough to plan by. Import a table, a project or a plan.',
    );
  }
  return readDelimitedFile(readDelimited(text));
}

function readDelimitedFile({ lines, delimiter, openQuote }: DelimitedTable): ReadFile {
  if (openQuote !== null) throw new ImportError('a quotation mark opens here that is never closed.', openQuote);
  return tableFile(lines, DELIMITER_WORDS[delimiter]);
}

/** Cells that were pasted as a table, or read from a file. */
export function tableFile(lines: readonly TableLine[], about: string, remarks: readonly string[] = []): TableFile {
  return { kind: 'table', header: readHeader(lines), about, remarks };
}

const DELIMITER_WORDS = {
  ',': 'Table with commas',
  ';': 'Table with semicolons',
  '\t': 'Table with tabs',
  '|': 'Table with bars',
} as const;
