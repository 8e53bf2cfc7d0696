/**
 * The file that takes edits from one device to another. Their ids stay, so that one that did arrive is answered by its
 * receipt and takes effect once. Read strictly: of a file that is not right in every part nothing is loaded.
 */
import type { QueueRecord, RefusedRecord } from './database.ts';
import type { Edit } from './edit.ts';
import { isRecord } from './record.ts';
import { UUID } from './values.ts';

const FORMAT = 'macroplan-edits';
const VERSION = 1;

export interface PendingFile {
  /** The plan's id. */
  readonly plan: string;
  /** The key of the person who typed them. */
  readonly user: string;
  readonly pending: readonly Edit[];
  readonly refused: readonly RefusedRecord[];
  /** What was in the queue and cannot be read as an edit any more, as it was found: for a person to read, never loaded. */
  readonly damaged: readonly unknown[];
}

export function writePendingFile(file: PendingFile): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, ...file }, null, 2);
}

/** The edits to queue, in their order. Throws an error whose message tells the person why not. */
export function readPendingFile(text: string, { plan, user }: Pick<PendingFile, 'plan' | 'user'>): readonly Edit[] {
  const file = parsed(text);
  if (!isRecord(file) || file.format !== FORMAT) throw new Error('This is not a file of pending edits.');
  if (Number(file.version) > VERSION)
    throw new Error('A newer Macroplan wrote this file. Reload the page and try again.');
  if (file.plan !== plan) throw new Error('These edits belong to another plan. Open that plan and load them there.');
  if (file.user !== user) throw new Error('Somebody else typed these edits. Only they can load them.');
  if (file.version !== VERSION || !Array.isArray(file.pending) || !file.pending.every(isEdit)) {
    throw new Error('This file is damaged: nothing was loaded.');
  }
  return file.pending;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether a record of the queue is one; the disk or another program may have written anything. */
export function isQueueRecord(record: unknown): record is QueueRecord {
  return isRecord(record) && isEdit(record.edit) && Number.isSafeInteger(record.edit.seq);
}

/** What the ops mean is checked where they are applied; an edit that is refused says so. */
export function isEdit(edit: unknown): edit is Edit {
  return (
    isRecord(edit) &&
    UUID.test(String(edit.id)) &&
    typeof edit.label === 'string' &&
    Number.isSafeInteger(edit.at) &&
    Array.isArray(edit.ops) &&
    edit.ops.length > 0 &&
    edit.ops.every((op) => isRecord(op) && typeof op.op === 'string')
  );
}
