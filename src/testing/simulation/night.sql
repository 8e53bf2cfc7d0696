-- What a simulated night adds to a database, in a schema of its own: time and ids that the night decides, and a plan that
-- can be kept and put back. The functions of production stay as they are; they only find these names first.
create schema night;
grant usage on schema night to public;

create function night.clock_timestamp()
returns timestamptz
language sql
volatile
as $$
  select timestamptz 'epoch' + current_setting('night.now_ms')::bigint * interval '1 millisecond'
$$;

create function night.now()
returns timestamptz
language sql
volatile
as $$
  select night.clock_timestamp()
$$;

-- The next of the ids that the night brought.
create table night.ids (place bigint generated always as identity primary key, id uuid not null);

create function night.gen_random_uuid()
returns uuid
language sql
volatile
security definer
as $$
  delete from night.ids where place = (select min(place) from night.ids) returning id
$$;

alter table macroplan.snapshots alter column made_at set default night.now();

do $do$
declare
  v_door record;
begin
  for v_door in select oid::regprocedure as name from pg_proc where pronamespace = 'api'::regnamespace loop
    execute format('alter function %s set search_path = night, pg_catalog, macroplan, pg_temp', v_door.name);
  end loop;
end
$do$;

-- Every table of production, and its rows as they were when a backup was made. What is written down of tables without a
-- plan stands for the database as a whole.
create table night.backups (number int not null, table_name text not null, fields jsonb not null);

create function night.tables()
returns setof text
language sql
stable
as $$
  select relname::text
  from pg_class
  where relnamespace = 'macroplan'::regnamespace
    and relkind = 'r'
    and relname not in ('meta', 'fields', 'transitions', 'migrations', 'open_edits')
  order by relname
$$;

create function night.backup(p_number int)
returns void
language plpgsql
as $$
declare
  v_table text;
begin
  for v_table in select * from night.tables() loop
    execute format('insert into night.backups select $1, %L, to_jsonb(t) from macroplan.%I as t', v_table, v_table)
    using p_number;
  end loop;
  insert into night.backups select p_number, 'meta', jsonb_build_object('epoch', epoch) from macroplan.meta;
end
$$;

-- No trigger fires and no reference is checked, as in a restore.
create function night.restore(p_number int)
returns void
language plpgsql
set session_replication_role = replica
as $$
declare
  v_table text;
begin
  perform night.clear();
  for v_table in select * from night.tables() loop
    execute format(
      'insert into macroplan.%1$I select r.* from night.backups as b, jsonb_populate_record(null::macroplan.%1$I, b.fields) as r '
      'where b.number = $1 and b.table_name = %1$L', v_table
    )
    using p_number;
  end loop;
  update macroplan.meta
  set epoch = (select (fields ->> 'epoch')::uuid from night.backups where number = p_number and table_name = 'meta');
end
$$;

create function night.clear()
returns void
language plpgsql
set session_replication_role = replica
as $$
declare
  v_table text;
begin
  for v_table in select * from night.tables() loop
    execute format('delete from macroplan.%I', v_table);
  end loop;
  delete from macroplan.open_edits;
end
$$;

-- An empty database, its epoch the first of the night's ids.
create function night.begin(p_ids uuid[])
returns void
language plpgsql
as $$
begin
  perform night.clear();
  delete from night.backups;
  delete from night.ids;
  insert into night.ids (id) select id from unnest(p_ids) with ordinality as u (id, place) order by place;
  update macroplan.meta set epoch = night.gen_random_uuid(), shape = '1';
end
$$;

-- What a ledger needs to know of the plan: where it stands, its log from a rev on, every receipt.
create function night.look(p_plan uuid, p_since bigint)
returns json
language sql
stable
as $$
  select json_build_object(
    'cursor', head.cursor,
    'totals', json_build_object('row_count', head.row_count, 'row_sum', head.row_sum),
    'events', (
      select coalesce(json_agg(macroplan.event_json(e) order by e.rev, e.n), '[]')
      from macroplan.event_log as e
      where e.plan_id = p_plan and e.rev > p_since
    ),
    'receipts', (
      select coalesce(json_agg(macroplan.receipt_text(r, false)::json), '[]')
      from macroplan.receipts as r
      where r.plan_id = p_plan
    )
  )
  from macroplan.read_head(p_plan, 'viewer') as head
$$;
