/**
 * One-line bugs in functions of the database, planted in a copy that one test owns. Most break an invariant by themselves
 * (tier b); what breaks none shows beside the model (tier ab).
 */
import type { Mutant } from './mutants.ts';

export interface SqlMutant extends Mutant {
  readonly tier: 'b' | 'ab';
}

export const SQL_MUTANTS: readonly SqlMutant[] = [
  {
    bug: 'an edit that came before is applied once more',
    tier: 'b',
    file: 'requests/take_edit.sql',
    find: 'v_is_known := found;',
    replace: 'v_is_known := false;',
  },
  {
    bug: 'a history that was written again is not noticed by its hash',
    tier: 'b',
    file: 'reading/reset_reason.sql',
    find: "when v_part[3] <> v_here.hash then 'epoch'",
    replace: "when v_part[3] is null then 'epoch'",
    from: 61,
  },
  {
    bug: 'a replica behind pruned tombstones gets a delta',
    tier: 'b',
    file: 'rows/prune.sql',
    find: 'set min_since = greatest(min_since, v_upto)',
    replace: 'set min_since = min_since',
  },
  {
    bug: 'a delta names no row that was removed',
    tier: 'b',
    file: 'reading/delta_rows.sql',
    find: 'filter (where r.removed)',
    replace: 'filter (where false)',
  },
  {
    bug: 'a delta of many rows leaves some out',
    tier: 'b',
    file: 'reading/changed_rows.sql',
    find: 'limit 101',
    replace: 'limit 3',
  },
  {
    bug: 'what an edit in conflict wrote before the conflict stays',
    tier: 'b',
    file: 'edit/apply_edit.sql',
    find: "raise sqlstate 'MPS00';",
    replace: 'null;',
    from: 61,
  },
  {
    bug: 'the totals of the plan forget a row as it was',
    tier: 'b',
    file: 'log/log_row.sql',
    find: 'v_event.row_sum := v_event.row_sum - macroplan.mix(old.id, old.rev);',
    replace: '',
  },
  {
    bug: 'a line of the log follows from none',
    tier: 'b',
    file: 'log/log_row.sql',
    find: 'macroplan.event_hash(v_last.hash, v_event)',
    replace: 'macroplan.event_hash(null, v_event)',
  },
  {
    bug: 'a change that others made meanwhile is overwritten',
    tier: 'b',
    file: 'edit/merge_set.sql',
    find: 'when p_current @> p_base then',
    replace: 'when p_current is not null then',
  },
  {
    bug: 'a snapshot holds rows that were removed',
    tier: 'b',
    file: 'reading/make_snapshot.sql',
    find: 'where not r.removed',
    replace: 'where true',
  },
  {
    bug: 'two leads who slip by the same minutes slip twice',
    tier: 'ab',
    file: 'edit/merge_gesture.sql',
    find: "when v_kind = 'slip' and v_by <> 0 and v_theirs <> 'none'",
    replace: 'when false',
  },
  {
    bug: 'an edit that builds on one in conflict is not held back',
    tier: 'ab',
    file: 'edit/blocked_rows.sql',
    find: 'c.rev > p_since',
    replace: 'c.rev < p_since',
  },
  {
    bug: 'whoever lost the lead goes on leading',
    tier: 'ab',
    file: 'access/role_of.sql',
    find: 'and not removed',
    replace: '',
  },
];
