/** The wire contract (PROTOCOL 1) as this client reads it. Parsed once here, trusted after. */
import type { Delta, RowColumns, TableRows } from '../store/delta.ts';
import type { MergedUnit, Receipt, Refusal } from '../store/edit.ts';
import type { Role, Value } from '../store/rows.ts';
import type { ActivityEvent } from '../store/view.ts';
import {
  type Reader,
  readArray,
  readBoolean,
  readChoice,
  readInteger,
  readList,
  readNullable,
  readObject,
  readRecord,
  readString,
} from './parse.ts';

export const PROTOCOL = 1;

export interface PlanEntry {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly role: Role;
}

export interface Plans {
  readonly user: { readonly key: string; readonly name: string };
  readonly plans: readonly PlanEntry[];
}

export interface Manifest {
  readonly snapshot: string;
  readonly cursor: string;
  readonly rev: number;
  readonly parts: readonly { readonly part: number; readonly sha256: string }[];
}

/** A forked reply tells that the server knows this client's numbers from another copy; nothing was applied. */
export type SyncReply =
  | { readonly forked: true }
  | { readonly forked: false; readonly receipts: readonly Receipt[]; readonly delta: Delta };

const readRole = readChoice(['viewer', 'planner', 'lead'] as const);

export const readPlans: Reader<Plans> = readObject<Plans>({
  user: readObject<Plans['user']>({ key: readString, name: readString }),
  plans: readList(readObject<PlanEntry>({ id: readString, code: readString, name: readString, role: readRole })),
});

const readRemoved: Reader<readonly [string, number]> = (value, place) => {
  const [id, rev] = readArray(value, place);
  return [readString(id, place), readInteger(rev, place)];
};

const readRow = readArray as Reader<readonly Value[]>;

const readTableRows: Reader<TableRows> = (value, place) => {
  const table = readObject({
    cols: readList(readString),
    rows: readList(readRow),
    removed: readNullable(readList(readRemoved)),
  })(value, place);
  return { ...table, removed: table.removed ?? [] };
};

export const readPart: Reader<{ readonly rows: RowColumns }> = readObject({ rows: readRecord(readTableRows) });

const readEvents: Reader<readonly ActivityEvent[]> = (value, place) => {
  const { cols, rows } = readObject({ cols: readList(readString), rows: readList(readRow) })(value, place);
  // Only shown, never decided upon: its fields are read where they are shown.
  return rows.map((row) => Object.fromEntries(cols.map((col, i) => [col, row[i]])) as unknown as ActivityEvent);
};

export const readDelta: Reader<Delta> = readObject<Delta>({
  cursor: readString,
  rev: readInteger,
  reset: readNullable(readChoice(['none', 'epoch', 'shape', 'access', 'horizon', 'ahead', 'far'] as const)),
  now: readInteger,
  poll_after_ms: readInteger,
  rows: readRecord(readTableRows),
  events: readEvents,
  row_count: readInteger,
  row_sum: readInteger,
});

const readRefusal = readObject<Refusal>({
  // A code of a newer server is still a refusal; its sentence says what happened.
  code: readString as Reader<Refusal['code']>,
  message: readString,
  table: readNullable(readString),
  id: readNullable(readString),
  field: readNullable(readString),
});

const readReceipt = readObject<Receipt>({
  edit: readString,
  seq: readInteger,
  outcome: readChoice(['applied', 'merged', 'noop', 'conflict', 'refused'] as const),
  rev: readNullable(readInteger),
  dup: readBoolean,
  merged: readArray as Reader<readonly MergedUnit[]>,
  conflict: readNullable(readString),
  refusal: readNullable(readRefusal),
});

export const readSyncReply: Reader<SyncReply> = (value, place) => {
  const { forked } = readObject({ forked: readNullable(readBoolean) })(value, place);
  if (forked === true) return { forked };
  const { receipts } = readObject({ receipts: readList(readReceipt) })(value, place);
  return { forked: false, receipts, delta: readDelta(value, place) };
};

export const readManifest: Reader<Manifest> = readObject<Manifest>({
  snapshot: readString,
  cursor: readString,
  rev: readInteger,
  parts: readList(readObject<Manifest['parts'][number]>({ part: readInteger, sha256: readString })),
});
