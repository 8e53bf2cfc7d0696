-- The chapters that no order of a plan's live dependencies reaches: those on a cycle, and what waits for them. Empty if
-- there is no cycle. Kahn's algorithm over numbered chapters, O(dependencies).
create or replace function macroplan.chapters_without_order(p_plan uuid)
returns uuid[]
language plpgsql
stable
as $$
declare
  -- Dependencies sorted by predecessor: `v_first[n]` is where those of chapter n begin in `v_next`.
  v_ids uuid[];
  v_next int[];
  v_first int[];
  v_waits int[];
  v_free int[];
  v_done int := 0;
  v_chapter int;
begin
  with edges as (
    select predecessor_id, successor_id
    from macroplan.dependencies
    where plan_id = p_plan and not removed
  ),
  chapters as (
    select id, row_number() over (order by id)::int as n
    from (select predecessor_id from edges union select successor_id from edges) as ends (id)
  ),
  numbered as (
    select before.n as from_n, after.n as to_n
    from edges
    join chapters as before on before.id = edges.predecessor_id
    join chapters as after on after.id = edges.successor_id
  ),
  counted as (
    select c.n, c.id, coalesce(behind.count, 0)::int as waits, coalesce(ahead.count, 0)::int as leads
    from chapters as c
    left join (select to_n, count(*) from numbered group by to_n) as behind on behind.to_n = c.n
    left join (select from_n, count(*) from numbered group by from_n) as ahead on ahead.from_n = c.n
  )
  select (select array_agg(to_n order by from_n) from numbered),
    array_agg(counted.id order by counted.n),
    array_agg(counted.waits order by counted.n),
    array_agg(counted.n order by counted.n) filter (where counted.waits = 0),
    array_agg(starts.first order by counted.n) || (sum(counted.leads) + 1)::int
  into v_next, v_ids, v_waits, v_free, v_first
  from counted
  join (
    select n, (1 + coalesce(sum(leads) over (order by n rows between unbounded preceding and 1 preceding), 0))::int as first
    from counted
  ) as starts using (n);

  while v_done < coalesce(cardinality(v_free), 0) loop
    v_done := v_done + 1;
    v_chapter := v_free[v_done];
    for v_edge in v_first[v_chapter]..v_first[v_chapter + 1] - 1 loop
      v_waits[v_next[v_edge]] := v_waits[v_next[v_edge]] - 1;
      if v_waits[v_next[v_edge]] = 0 then
        v_free := v_free || v_next[v_edge];
      end if;
    end loop;
  end loop;
  return coalesce(
    (select array_agg(left_over.id) from unnest(v_ids, v_waits) as left_over (id, waits) where left_over.waits > 0), '{}'
  );
end
$$;
