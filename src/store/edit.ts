/**
 * An edit is one intention of a person, atomic; an op is one of its steps (PROTOCOL, "Ops"). Each op carries the base
 * values it was made on, so that the server can merge what others did since.
 */
import type { ConflictCause, ConflictItem, Fields } from './rows.ts';
import type { TableName } from './schema.ts';

export interface InsertOp {
  readonly op: 'insert';
  readonly table: TableName;
  readonly id: string;
  readonly row: Fields;
}

export interface SetOp {
  readonly op: 'set';
  readonly table: TableName;
  readonly id: string;
  readonly base: Fields | null;
  readonly set: Fields;
}

export interface RemoveOp {
  readonly op: 'remove';
  readonly table: TableName;
  readonly id: string;
  readonly base: Fields;
}

/** Where a schedule stood when a gesture began, in minutes. */
export interface PlannedTimes {
  readonly planned_start: number;
  readonly planned_end: number;
}

export interface MoveOp {
  readonly op: 'move';
  readonly table: 'chapter_schedules';
  readonly id: string;
  readonly base: PlannedTimes;
  readonly start: number;
}

export interface ResizeOp {
  readonly op: 'resize';
  readonly table: 'chapter_schedules';
  readonly id: string;
  readonly base: PlannedTimes;
  readonly edge: 'start' | 'end';
  readonly to: number;
}

export interface SlipOp {
  readonly op: 'slip';
  readonly table: 'chapter_schedules';
  readonly id: string;
  readonly base: PlannedTimes;
  /** Minutes, signed. */
  readonly by: number;
}

export interface ResolveOp {
  readonly op: 'resolve';
  readonly id: string;
  readonly choice: 'mine' | 'theirs' | 'custom';
  readonly set?: Fields | null;
}

export interface SendOp {
  readonly op: 'send';
  readonly iteration_id: string;
  readonly to: readonly string[];
  readonly note: string;
}

export type Op = InsertOp | SetOp | RemoveOp | MoveOp | ResizeOp | SlipOp | ResolveOp | SendOp;

export interface Edit {
  readonly id: string;
  readonly seq: number;
  /** The device's clock, milliseconds: a claim, never used to order anything. */
  readonly at: number;
  /** The rev of the plan that was on screen; absent where it cannot matter any more (`queue.ts`). */
  readonly seen?: number;
  /** What a person would call it: "Slip of 2 chapters by 30 min". */
  readonly label: string;
  readonly ops: readonly Op[];
}

export type RefusalCode =
  | 'not_allowed'
  | 'unknown_row'
  | 'unknown_table'
  | 'unknown_field'
  | 'bad_value'
  | 'too_long'
  | 'duplicate_code'
  | 'end_before_start'
  | 'time_out_of_range'
  | 'iteration_frozen'
  | 'iteration_closed'
  | 'plan_closed'
  | 'bad_transition'
  | 'dependency_cycle'
  | 'still_has_children'
  | 'bad_derived_id'
  | 'conflict_closed'
  | 'mail_off'
  | 'too_old';

export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence that a planner understands. */
  readonly message: string;
  readonly table: string | null;
  readonly id: string | null;
  readonly field: string | null;
}

/** Others' change to a row that this edit also changed, kept beside it. */
export interface MergedUnit {
  readonly table: TableName;
  readonly id: string;
  readonly unit: string;
  readonly by: string;
  readonly rev: number;
}

export type Outcome = 'applied' | 'merged' | 'noop' | 'conflict' | 'refused';

export interface Receipt {
  readonly edit: string;
  readonly seq: number;
  readonly outcome: Outcome;
  readonly rev: number | null;
  readonly dup: boolean;
  readonly merged: readonly MergedUnit[];
  readonly conflict: string | null;
  readonly refusal: Refusal | null;
}

/** What applying an edit to a state of rows gives, before anything is stored. */
export type Verdict =
  | { readonly outcome: 'applied' | 'noop' }
  | { readonly outcome: 'merged'; readonly merged: readonly MergedUnit[] }
  | { readonly outcome: 'conflict'; readonly cause: ConflictCause; readonly items: readonly ConflictItem[] }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };
