-- The head of each plan: its row lock is the plan's lock, and who holds it to commit orders revs as commits. It stands
-- apart from `plans` so that the lock and the counter touch no replicated row.
create table macroplan.plan_heads (
  plan_id uuid primary key,
  rev bigint not null default 0,
  -- The highest rev whose tombstones were pruned: a cursor below it cannot be served.
  min_since bigint not null default 0,
  constraint head_rev_only_counts check (rev >= 0 and min_since between 0 and rev)
) with (fillfactor = 50);

-- The edit that a transaction is making on a plan now. A row means something only to the transaction whose id it
-- carries, so it needs no log and may be lost in a crash.
create unlogged table macroplan.open_edits (
  plan_id uuid primary key,
  xid xid8 not null,
  actor text not null,
  actor_name text not null,
  client_id uuid,
  edit_id uuid,
  claimed_at bigint,
  label text not null,
  -- The rev that this edit took with its first write; null before.
  rev bigint,
  at timestamptz(3),
  is_pruning boolean not null default false
) with (fillfactor = 50);

-- Append-only, one line a changed row. `hash` chains the lines of a plan (functions/log/event_hash.sql), and the last
-- line carries the plan's row_count and row_sum, so that no statement has to keep totals in one hot row.
create table macroplan.event_log (
  plan_id uuid not null,
  rev bigint not null,
  n int not null,
  at timestamptz(3) not null,
  -- The device's clock, milliseconds since 1970: a claim.
  claimed_at bigint,
  actor text not null,
  actor_name text not null,
  client_id uuid,
  edit_id uuid,
  label text not null,
  op text not null,
  table_name text not null,
  row_id uuid not null,
  before jsonb,
  after jsonb,
  row_count bigint not null,
  row_sum bigint not null,
  hash bytea not null,
  primary key (plan_id, rev, n),
  constraint event_op_is_known check (op in ('insert', 'update', 'remove')),
  constraint event_shows_what_its_op_says check (
    (before is null) = (op = 'insert') and (after is null) = (op = 'remove')
  )
);
create index event_log_by_row on macroplan.event_log (row_id, plan_id, rev);

-- The last seq of each device: an unknown edit at or below it means that the device's state was copied or lost.
create table macroplan.clients (
  plan_id uuid not null,
  client_id uuid not null,
  author text not null,
  last_seq bigint not null,
  seen_at timestamptz(3) not null default now(),
  primary key (plan_id, client_id)
);

create table macroplan.receipts (
  plan_id uuid not null,
  edit_id uuid not null,
  client_id uuid not null,
  author text not null,
  seq bigint not null,
  at timestamptz(3) not null default now(),
  outcome text not null,
  rev bigint,
  merged jsonb not null default '[]',
  conflict uuid,
  refusal jsonb,
  primary key (plan_id, edit_id),
  constraint receipt_outcome_is_known check (outcome in ('applied', 'merged', 'noop', 'conflict', 'refused')),
  constraint receipt_has_a_rev_where_something_changed
  check ((rev is not null) = (outcome in ('applied', 'merged', 'conflict')))
);

-- A stored snapshot: all live rows of a plan at one rev, in parts that never change.
create table macroplan.snapshots (
  id uuid primary key,
  plan_id uuid not null,
  rev bigint not null,
  shape text not null,
  made_at timestamptz not null default now()
);
create index snapshots_by_plan on macroplan.snapshots (plan_id, rev);

create table macroplan.snapshot_parts (
  snapshot_id uuid not null references macroplan.snapshots on delete cascade,
  part int not null,
  row_count int not null,
  sha256 bytea not null,
  body text not null,
  primary key (snapshot_id, part)
);
