-- What the replicated tables hold, as data: the twin of src/store/schema.ts. Functions read it, so that a new field
-- needs a column here and a line in functions/data/fields.sql, and no function.

create table macroplan.fields (
  table_name text not null,
  field text not null,
  position int not null,
  type text not null,
  is_required boolean not null,
  -- The value of an insert without this field; null where there is none.
  default_value jsonb,
  -- Fields of one merge unit conflict together.
  unit text not null,
  ref_table text,
  choices text[],
  min_value bigint,
  max_value bigint,
  -- Set when the row is made and never after.
  is_fixed boolean not null,
  primary key (table_name, field),
  constraint fields_have_one_order unique (table_name, position)
);

-- From each status of a schedule the statuses that may follow.
create table macroplan.transitions (
  from_status text not null,
  to_status text not null,
  primary key (from_status, to_status)
);

-- One row: which history this database holds, where it ran when it was last looked at, and settings.
create table macroplan.meta (
  only_row boolean primary key default true,
  epoch uuid not null default gen_random_uuid(),
  system_identifier bigint,
  timeline int,
  -- Changes when a table gets or loses a field, so that replicas take a snapshot.
  shape text not null default '',
  poll_after_ms int not null default 7000,
  -- What a request may hold at most; in the answer of /version.
  limits jsonb not null default '{
    "body_bytes": 4194304, "edits_per_request": 200, "ops_per_edit": 10000,
    "json_depth": 12, "text_max": 10000, "code_max": 40, "line_max": 500
  }',
  constraint meta_has_one_row check (only_row)
);

insert into macroplan.meta default values;

create domain macroplan.instant as timestamptz
  constraint instant_is_a_whole_minute check (mod(extract(epoch from value), 60) = 0)
  constraint instant_is_between_2000_and_2100
  check (value between '2000-01-01T00:00:00Z' and '2100-01-01T00:00:00Z');

create domain macroplan.code as text
  constraint code_has_1_to_40_characters check (char_length(value) between 1 and 40);

create domain macroplan.line as text
  constraint line_has_1_to_500_characters check (char_length(value) between 1 and 500);

create domain macroplan.long_text as text
  constraint long_text_has_at_most_10000_characters check (char_length(value) <= 10000);

-- The derived id of a schedule: bytewise XOR, so that two devices that schedule one chapter offline make one row. It
-- stands here because a constraint of chapter_schedules needs it; plpgsql keeps that constraint a short expression.
create function macroplan.schedule_id(p_iteration uuid, p_chapter uuid)
returns uuid
language plpgsql
immutable
parallel safe
as $$
declare
  v_bits bit(128) := ('x' || translate(p_iteration::text, '-', ''))::bit(128)
    # ('x' || translate(p_chapter::text, '-', ''))::bit(128);
begin
  return (
    lpad(to_hex(substring(v_bits from 1 for 64)::bit(64)::bigint), 16, '0')
    || lpad(to_hex(substring(v_bits from 65 for 64)::bit(64)::bigint), 16, '0')
  )::uuid;
end
$$;
