/**
 * The replicated tables: their fields, in the order the wire uses, and what a planner may put into each.
 *
 * The database holds the same list as data (`macroplan.fields`); a test compares the two, so a field is added in both
 * or in neither. Every row also has `id`, `rev`, `removed` and `plan_id`, which no edit may set.
 */

export type TableName =
  | 'plans'
  | 'plan_members'
  | 'iterations'
  | 'phases'
  | 'teams'
  | 'sites'
  | 'chapters'
  | 'dependencies'
  | 'chapter_schedules'
  | 'baselines'
  | 'no_start_windows'
  | 'conflicts';

/**
 * - `code`: 1 to 40 characters, no spaces or control characters at its ends, unique in its plan among live rows.
 * - `text`: one line, 1 to 500 characters. `long_text`: up to `text_max` characters, may be empty.
 * - `labels`: words in the one form of `labels.ts`.
 * - `instant`: whole minutes since 1970-01-01T00:00Z. `milliseconds`: since then, set by the server.
 * - `integer`: a whole number between `min` and `max`. `zone`: an IANA time zone name.
 * - `reference`: the id of a live row of `table`. `choice`: one of `values`.
 * - `email`: one address. `principal`: `user:KEY` or `group:NAME`. `uuid`, `boolean`, `json`: as they say.
 */
export type FieldType =
  | 'code'
  | 'text'
  | 'long_text'
  | 'labels'
  | 'instant'
  | 'milliseconds'
  | 'integer'
  | 'boolean'
  | 'zone'
  | 'reference'
  | 'choice'
  | 'email'
  | 'principal'
  | 'uuid'
  | 'json';

export type Scalar = string | number | boolean | null;

export interface Field {
  readonly type: FieldType;
  /** A required field is never null and has no default, unless `default` says so. */
  readonly required: boolean;
  /** The value that an insert without this field gets; null where absent. */
  readonly default?: Scalar;
  /** Fields of one unit conflict together; absent: the field is its own unit. */
  readonly unit?: 'planned' | 'progress';
  readonly table?: TableName;
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Set when the row is made and never after. */
  readonly fixed?: boolean;
}

const code: Field = { type: 'code', required: true };
const name: Field = { type: 'text', required: true };
const zone: Field = { type: 'zone', required: true };
const note: Field = { type: 'long_text', required: true, default: '' };
const instant: Field = { type: 'instant', required: true };
const position: Field = { type: 'integer', required: true, default: 0, min: -(2 ** 52), max: 2 ** 52 };
const to = (table: TableName, more: Partial<Field> = {}): Field => ({
  type: 'reference',
  required: true,
  table,
  ...more,
});
const choice = (values: readonly string[], start?: string): Field =>
  start === undefined
    ? { type: 'choice', required: true, values }
    : { type: 'choice', required: true, values, default: start };

/** 100 years from 1970 in minutes is 52.6 million; times outside 2000–2100 are typing errors: `time_out_of_range`. */
export const INSTANT_MIN = 15_778_080;
export const INSTANT_MAX = 68_374_080;

export const TABLES: { readonly [T in TableName]: { readonly [field: string]: Field } } = {
  plans: { code, name, time_zone: zone, state: choice(['draft', 'approved', 'closed'], 'draft') },
  plan_members: { principal: { type: 'principal', required: true }, role: choice(['viewer', 'planner', 'lead']) },
  iterations: {
    code,
    name,
    kind: choice(['RUN', 'DR', 'CUTOVER']),
    window_start: instant,
    window_end: instant,
    state: choice(['planned', 'frozen', 'live', 'done', 'cancelled'], 'planned'),
    rollback_minutes: { type: 'integer', required: true, default: 0, min: 0, max: 100_000 },
    position,
    mail_mode: choice(['off', 'test', 'on'], 'off'),
  },
  phases: { code, name, position },
  teams: { code, name, email: { type: 'email', required: false } },
  sites: { code, name, time_zone: zone },
  chapters: {
    code,
    title: { type: 'text', required: true },
    phase_id: to('phases'),
    team_id: to('teams', { required: false }),
    site_id: to('sites', { required: false }),
    kind: choice(['work', 'milestone', 'gate', 'buffer'], 'work'),
    position,
    success_criterion: note,
    rollback_action: note,
    labels: { type: 'labels', required: false },
  },
  dependencies: {
    predecessor_id: to('chapters', { fixed: true }),
    successor_id: to('chapters', { fixed: true }),
    kind: choice(['FS', 'SS', 'FF'], 'FS'),
    lag_minutes: { type: 'integer', required: true, default: 0, min: -100_000, max: 100_000 },
  },
  chapter_schedules: {
    chapter_id: to('chapters', { fixed: true }),
    iteration_id: to('iterations', { fixed: true }),
    planned_start: { ...instant, unit: 'planned' },
    planned_end: { ...instant, unit: 'planned' },
    fixed_start: { type: 'boolean', required: true, default: false, unit: 'planned' },
    actual_start: { type: 'instant', required: false, unit: 'progress' },
    actual_end: { type: 'instant', required: false, unit: 'progress' },
    status: {
      type: 'choice',
      required: true,
      values: ['pending', 'ready', 'running', 'done', 'blocked', 'skipped'],
      default: 'pending',
      unit: 'progress',
    },
    note,
    decision: { type: 'choice', required: false, values: ['go', 'no_go', 'go_with_conditions'] },
    must_finish_by: { type: 'instant', required: false },
  },
  baselines: {
    iteration_id: to('iterations', { fixed: true }),
    name,
    taken_at: { ...instant, fixed: true },
    times: { type: 'json', required: true, fixed: true },
  },
  no_start_windows: {
    name,
    window_start: instant,
    window_end: instant,
    forbids: choice(['start', 'end', 'both'], 'start'),
    site_id: to('sites', { required: false }),
  },
  conflicts: {
    edit_id: { type: 'uuid', required: true, fixed: true },
    author: { type: 'text', required: true, fixed: true },
    author_name: { type: 'text', required: true, fixed: true },
    at: { type: 'milliseconds', required: true, fixed: true },
    label: { type: 'text', required: true, fixed: true },
    cause: choice([
      'both_changed',
      'both_moved',
      'both_resized',
      'double_slip',
      'removed',
      'children_changed',
      'constraint',
      'blocked',
    ]),
    state: choice(['open', 'resolved', 'withdrawn'], 'open'),
    items: { type: 'json', required: true },
    ops: { type: 'json', required: true },
    resolution: { type: 'json', required: false },
    resolved_by: { type: 'text', required: false },
  },
};

export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** Tables that only a `resolve` op or the server itself may change. */
export const SERVER_TABLES: readonly TableName[] = ['conflicts'];

/** The merge unit of a field: fields of one unit conflict together. */
export function unitOf(table: TableName, field: string): string {
  return TABLES[table][field]?.unit ?? field;
}

/** What only a lead changes of a schedule from the freeze on. */
export const PLANNING_UNITS: readonly string[] = ['planned', 'must_finish_by'];

export const LIMITS = {
  body_bytes: 4 * 1024 * 1024,
  edits_per_request: 200,
  ops_per_edit: 10_000,
  json_depth: 12,
  text_max: 10_000,
  code_max: 40,
  line_max: 500,
} as const;

/**
 * From each status the statuses that may follow. Data in the database too; a test compares the two. The relation is
 * symmetric, so that an undo is never refused: what is blocked resumes before it is done, what is done is not skipped.
 */
export const TRANSITIONS: { readonly [status: string]: readonly string[] } = {
  pending: ['ready', 'running', 'done', 'blocked', 'skipped'],
  ready: ['pending', 'running', 'done', 'blocked', 'skipped'],
  running: ['pending', 'ready', 'done', 'blocked', 'skipped'],
  blocked: ['pending', 'ready', 'running', 'skipped'],
  done: ['pending', 'ready', 'running'],
  skipped: ['pending', 'ready', 'running', 'blocked'],
};
