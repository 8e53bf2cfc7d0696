/** A workbook and the sheet that is proposed: the first one with a header that is known, else the first one with rows. */
import { ImportError } from '../exchange/imported.ts';
import type { TableFile } from '../exchange/read-file.ts';
import { openWorkbook, type Workbook } from './open-workbook.ts';

export interface ReadWorkbook {
  readonly workbook: Workbook;
  readonly sheet: number;
  readonly file: TableFile;
}

const SHEETS_LOOKED_AT = 20;

/** Rejects with an `ImportError` whose message is for the person. */
export async function readWorkbook(bytes: Uint8Array<ArrayBuffer>): Promise<ReadWorkbook> {
  const workbook = await openWorkbook(bytes);
  let proposed: ReadWorkbook | null = null;
  for (const sheet of workbook.sheets.slice(0, SHEETS_LOOKED_AT).keys()) {
    const file = await workbook.read(sheet);
    if (file === null) continue;
    proposed ??= { workbook, sheet, file };
    if (file.header.line !== null) return { workbook, sheet, file };
  }
  if (proposed === null) throw new ImportError('This workbook is empty.');
  return proposed;
}
