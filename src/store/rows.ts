/**
 * Rows as they travel and as they are kept: field names are those of the database, instants are whole minutes since
 * 1970-01-01T00:00Z, ids are lower-case uuids. Written beside `schema.ts`; a test compares the two.
 */
import type { TableName } from './schema.ts';

export interface RowBase {
  readonly id: string;
  readonly rev: number;
}

export interface Plan extends RowBase {
  readonly code: string;
  readonly name: string;
  readonly time_zone: string;
  readonly state: 'draft' | 'approved' | 'closed';
}

export type Role = 'viewer' | 'planner' | 'lead';

export interface PlanMember extends RowBase {
  readonly principal: string;
  readonly role: Role;
}

export interface Iteration extends RowBase {
  readonly code: string;
  readonly name: string;
  readonly kind: 'RUN' | 'DR' | 'CUTOVER';
  readonly window_start: number;
  readonly window_end: number;
  readonly state: 'planned' | 'frozen' | 'live' | 'done' | 'cancelled';
  readonly rollback_minutes: number;
  readonly position: number;
  readonly mail_mode: 'off' | 'test' | 'on';
}

export interface Phase extends RowBase {
  readonly code: string;
  readonly name: string;
  readonly position: number;
}

export interface Team extends RowBase {
  readonly code: string;
  readonly name: string;
  readonly email: string | null;
}

export interface Site extends RowBase {
  readonly code: string;
  readonly name: string;
  readonly time_zone: string;
}

export interface Chapter extends RowBase {
  readonly code: string;
  readonly title: string;
  readonly phase_id: string;
  readonly team_id: string | null;
  readonly site_id: string | null;
  readonly kind: 'work' | 'milestone' | 'gate' | 'buffer';
  readonly position: number;
  readonly success_criterion: string;
  readonly rollback_action: string;
  /** Words, as `labels.ts` keeps them. */
  readonly labels: string | null;
}

export interface Dependency extends RowBase {
  readonly predecessor_id: string;
  readonly successor_id: string;
  readonly kind: 'FS' | 'SS' | 'FF';
  readonly lag_minutes: number;
}

export type Status = 'pending' | 'ready' | 'running' | 'done' | 'blocked' | 'skipped';

export interface ChapterSchedule extends RowBase {
  readonly chapter_id: string;
  readonly iteration_id: string;
  readonly planned_start: number;
  readonly planned_end: number;
  readonly fixed_start: boolean;
  readonly actual_start: number | null;
  readonly actual_end: number | null;
  readonly status: Status;
  readonly note: string;
  readonly decision: 'go' | 'no_go' | 'go_with_conditions' | null;
  /** What others were promised, minutes since 1970; no move and no push moves it. */
  readonly must_finish_by: number | null;
}

export interface Baseline extends RowBase {
  readonly iteration_id: string;
  readonly name: string;
  readonly taken_at: number;
  /** chapter id → [planned_start, planned_end] */
  readonly times: { readonly [chapterId: string]: readonly [number, number] };
}

/** When nothing may start, or end, or either: banking hours, a freeze of changes. */
export interface NoStartWindow extends RowBase {
  readonly name: string;
  readonly window_start: number;
  readonly window_end: number;
  readonly forbids: 'start' | 'end' | 'both';
  /** Null: at all sites. */
  readonly site_id: string | null;
}

export type ConflictCause =
  | 'both_changed'
  | 'both_moved'
  | 'both_resized'
  | 'double_slip'
  | 'removed'
  | 'children_changed'
  | 'constraint'
  | 'blocked';

/** One merge unit that two people changed. `base`, `theirs` and `mine` hold the unit's fields; null: no such row. */
export interface ConflictItem {
  readonly table: TableName;
  readonly id: string;
  readonly unit: string;
  readonly base: Fields | null;
  readonly theirs: Fields | null;
  readonly mine: Fields | null;
  readonly theirs_by: string | null;
  readonly theirs_at: number | null;
  readonly theirs_rev: number | null;
}

export interface Conflict extends RowBase {
  readonly edit_id: string;
  readonly author: string;
  readonly author_name: string;
  /** When the server met it: milliseconds since 1970. */
  readonly at: number;
  readonly label: string;
  readonly cause: ConflictCause;
  readonly state: 'open' | 'resolved' | 'withdrawn';
  readonly items: readonly ConflictItem[];
  readonly ops: readonly import('./edit.ts').Op[];
  readonly resolution: { readonly choice: 'mine' | 'theirs' | 'custom'; readonly edit_id: string } | null;
  readonly resolved_by: string | null;
}

export interface Rows {
  plans: Plan;
  plan_members: PlanMember;
  iterations: Iteration;
  phases: Phase;
  teams: Team;
  sites: Site;
  chapters: Chapter;
  dependencies: Dependency;
  chapter_schedules: ChapterSchedule;
  baselines: Baseline;
  no_start_windows: NoStartWindow;
  conflicts: Conflict;
}

/** A JSON value as fields carry it. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

export interface Fields {
  readonly [field: string]: Value;
}

/** Any row, seen as its fields; unknown columns of a newer server are kept in it. */
export type Row = RowBase & Fields;

/** The derived id of a chapter schedule: bytewise XOR of two uuids, so that two devices make the same row offline. */
export function scheduleId(iterationId: string, chapterId: string): string {
  const a = iterationId.replaceAll('-', '');
  const b = chapterId.replaceAll('-', '');
  let hex = '';
  for (let i = 0; i < 32; i += 1) {
    hex += (Number.parseInt(a.charAt(i), 16) ^ Number.parseInt(b.charAt(i), 16)).toString(16);
  }
  // Joined, for it is kept with its row: a text added up piece by piece stays a chain of the pieces in memory.
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
