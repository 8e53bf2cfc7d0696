/**
 * Whether the plans of a database are whole: the log of each is one unbroken chain, folding it from empty gives the rows
 * that are there, and its totals are theirs. For who may read the tables; a host's role may not.
 */
import type { ClientBase } from 'pg';

export interface PlanHead {
  readonly plan_id: string;
  readonly rev: number;
  readonly events: number;
  /** The last link of the log's chain, in hexadecimal; null where the log is empty. */
  readonly head: string | null;
}

export async function readHeads(client: ClientBase): Promise<readonly PlanHead[]> {
  const { rows } = await client.query(
    `select p.plan_id, p.rev::float8 as rev, count(e.rev)::float8 as events,
       (array_agg(encode(e.hash, 'hex') order by e.rev desc, e.n desc))[1] as head
     from macroplan.plan_heads as p
     left join macroplan.event_log as e on e.plan_id = p.plan_id
     group by p.plan_id, p.rev
     order by p.plan_id`,
  );
  return rows;
}

/** Sentences, one for each thing that is wrong; empty where all is well. */
export async function findFaults(client: ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query(
    `select p.plan_id, broken.rev as broken_rev, broken.reason, unlike.count::int as unlike, totals.hold
     from macroplan.plan_heads as p
     left join lateral macroplan.broken_link(p.plan_id) as broken on true
     left join lateral (
       select count(*)
       from (
         select table_name, id, fields - 'removed' as fields
         from macroplan.rows_since(p.plan_id, 0)
         where not removed
       ) as live
       full join macroplan.rows_at(p.plan_id, p.rev) as folded using (table_name, id)
       where live.fields is distinct from folded.fields
     ) as unlike on true
     left join lateral (
       select coalesce(bool_and(
         last.row_count = (select count(*) from macroplan.rows_since(p.plan_id, 0) where not removed)
         and last.row_sum = (
           select sum(macroplan.mix(id, rev)) from macroplan.rows_since(p.plan_id, 0) where not removed
         )
       ), p.rev = 0) as hold
       from (
         select row_count, row_sum
         from macroplan.event_log
         where plan_id = p.plan_id
         order by rev desc, n desc
         limit 1
       ) as last
     ) as totals on true`,
  );
  return rows.flatMap(({ plan_id, broken_rev, reason, unlike, hold }) => [
    ...(broken_rev === null ? [] : [`The log of plan ${plan_id} is broken at revision ${broken_rev}: ${reason}.`]),
    ...(unlike === 0 ? [] : [`In plan ${plan_id} rows are not what its log makes of them (${unlike}).`]),
    ...(hold ? [] : [`The totals of plan ${plan_id} are not those of its rows.`]),
  ]);
}

/** Sentences for what one list of heads has and the other has not, or has otherwise. */
export function compareHeads(wanted: readonly PlanHead[], found: readonly PlanHead[]): readonly string[] {
  const byId = new Map(found.map((head) => [head.plan_id, head]));
  return wanted.flatMap(({ plan_id, rev, events, head }) => {
    const other = byId.get(plan_id);
    if (other === undefined) return [`Plan ${plan_id} is missing.`];
    if (other.rev === rev && other.events === events && other.head === head) return [];
    return [`Plan ${plan_id} stands at revision ${other.rev} and not at ${rev}, or its log is another.`];
  });
}
