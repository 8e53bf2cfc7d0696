-- Every replicated table has plan_id, id, rev and removed; a row with removed is a tombstone. References are checked at
-- commit, because the ops of one edit may come in any order. Triggers (functions/rows/) stamp rev and write the log.
--
-- Only primary keys lead with plan_id. On tables without statistics the planner ranks every index that leads with it
-- alike, and a plan cached then would read a whole plan to find one row.

create table macroplan.plans (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  name macroplan.line not null,
  time_zone text not null,
  state text not null default 'draft',
  primary key (plan_id, id),
  constraint plan_is_its_own_plan check (plan_id = id),
  constraint plan_state_is_known check (state in ('draft', 'approved', 'closed'))
);
create unique index plan_code_is_unique on macroplan.plans (code) where not removed;

create table macroplan.plan_members (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  principal text not null,
  role text not null,
  primary key (plan_id, id),
  constraint member_principal_names_a_user_or_group check (principal ~ '^(user|group):.'),
  constraint member_role_is_known check (role in ('viewer', 'planner', 'lead'))
);
create index plan_members_by_principal on macroplan.plan_members (principal, plan_id) where not removed;

create table macroplan.iterations (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  name macroplan.line not null,
  kind text not null,
  window_start macroplan.instant not null,
  window_end macroplan.instant not null,
  state text not null default 'planned',
  rollback_minutes bigint not null default 0,
  position bigint not null default 0,
  mail_mode text not null default 'off',
  primary key (plan_id, id),
  constraint iteration_kind_is_known check (kind in ('RUN', 'DR', 'CUTOVER')),
  constraint iteration_state_is_known check (state in ('planned', 'frozen', 'live', 'done', 'cancelled')),
  constraint iteration_mail_mode_is_known check (mail_mode in ('off', 'test', 'on')),
  constraint iteration_window_ends_after_start check (window_end >= window_start)
);
create unique index iteration_code_is_unique on macroplan.iterations (code, plan_id) where not removed;

create table macroplan.phases (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  name macroplan.line not null,
  position bigint not null default 0,
  primary key (plan_id, id)
);
create unique index phase_code_is_unique on macroplan.phases (code, plan_id) where not removed;

create table macroplan.teams (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  name macroplan.line not null,
  email text,
  primary key (plan_id, id)
);
create unique index team_code_is_unique on macroplan.teams (code, plan_id) where not removed;

create table macroplan.sites (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  name macroplan.line not null,
  time_zone text not null,
  primary key (plan_id, id)
);
create unique index site_code_is_unique on macroplan.sites (code, plan_id) where not removed;

create table macroplan.chapters (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  title macroplan.line not null,
  phase_id uuid not null,
  team_id uuid,
  site_id uuid,
  kind text not null default 'work',
  position bigint not null default 0,
  success_criterion macroplan.long_text not null default '',
  rollback_action macroplan.long_text not null default '',
  primary key (plan_id, id),
  constraint chapter_kind_is_known check (kind in ('work', 'milestone', 'gate', 'buffer')),
  constraint chapter_has_a_phase foreign key (plan_id, phase_id)
  references macroplan.phases deferrable initially deferred,
  constraint chapter_team_exists foreign key (plan_id, team_id)
  references macroplan.teams deferrable initially deferred,
  constraint chapter_site_exists foreign key (plan_id, site_id)
  references macroplan.sites deferrable initially deferred
);
create unique index chapter_code_is_unique on macroplan.chapters (code, plan_id) where not removed;
create index chapters_by_phase on macroplan.chapters (phase_id, plan_id);

create table macroplan.dependencies (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  predecessor_id uuid not null,
  successor_id uuid not null,
  kind text not null default 'FS',
  lag_minutes bigint not null default 0,
  primary key (plan_id, id),
  constraint dependency_kind_is_known check (kind in ('FS', 'SS', 'FF')),
  constraint dependency_joins_two_chapters check (predecessor_id <> successor_id),
  constraint dependency_predecessor_exists foreign key (plan_id, predecessor_id)
  references macroplan.chapters deferrable initially deferred,
  constraint dependency_successor_exists foreign key (plan_id, successor_id)
  references macroplan.chapters deferrable initially deferred
);
create index dependencies_by_predecessor on macroplan.dependencies (predecessor_id, plan_id);
create index dependencies_by_successor on macroplan.dependencies (successor_id, plan_id);

create table macroplan.chapter_schedules (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  chapter_id uuid not null,
  iteration_id uuid not null,
  planned_start macroplan.instant not null,
  planned_end macroplan.instant not null,
  fixed_start boolean not null default false,
  actual_start macroplan.instant,
  actual_end macroplan.instant,
  status text not null default 'pending',
  note macroplan.long_text not null default '',
  decision text,
  primary key (plan_id, id),
  constraint schedule_id_is_derived check (id = macroplan.schedule_id(iteration_id, chapter_id)),
  constraint schedule_ends_after_start check (planned_end >= planned_start),
  constraint schedule_actually_ends_after_start check (actual_end >= actual_start),
  constraint schedule_status_is_known
  check (status in ('pending', 'ready', 'running', 'done', 'blocked', 'skipped')),
  constraint schedule_decision_is_known check (decision in ('go', 'no_go', 'go_with_conditions')),
  constraint schedule_chapter_exists foreign key (plan_id, chapter_id)
  references macroplan.chapters deferrable initially deferred,
  constraint schedule_iteration_exists foreign key (plan_id, iteration_id)
  references macroplan.iterations deferrable initially deferred
);
create index chapter_schedules_by_chapter on macroplan.chapter_schedules (chapter_id, plan_id);
create index chapter_schedules_by_iteration on macroplan.chapter_schedules (iteration_id, plan_id, planned_start);

create table macroplan.baselines (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  iteration_id uuid not null,
  name macroplan.line not null,
  taken_at macroplan.instant not null,
  times jsonb not null,
  primary key (plan_id, id),
  constraint baseline_iteration_exists foreign key (plan_id, iteration_id)
  references macroplan.iterations deferrable initially deferred
);
create index baselines_by_iteration on macroplan.baselines (iteration_id, plan_id);

create table macroplan.conflicts (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  edit_id uuid not null,
  author macroplan.line not null,
  author_name macroplan.line not null,
  at timestamptz(3) not null,
  label macroplan.line not null,
  cause text not null,
  state text not null default 'open',
  items jsonb not null,
  ops jsonb not null,
  resolution jsonb,
  resolved_by text,
  primary key (plan_id, id),
  constraint conflict_state_is_known check (state in ('open', 'resolved', 'withdrawn')),
  constraint conflict_cause_is_known check (cause in (
    'both_changed', 'both_moved', 'both_resized', 'double_slip',
    'removed', 'children_changed', 'constraint', 'blocked'
  ))
);
create index conflicts_by_edit on macroplan.conflicts (edit_id, plan_id);

-- What deltas and the pruner read. The condition always holds; a query says it to be served by these indexes.
create index plans_by_rev on macroplan.plans (plan_id, rev) where rev > 0;
create index plan_members_by_rev on macroplan.plan_members (plan_id, rev) where rev > 0;
create index iterations_by_rev on macroplan.iterations (plan_id, rev) where rev > 0;
create index phases_by_rev on macroplan.phases (plan_id, rev) where rev > 0;
create index teams_by_rev on macroplan.teams (plan_id, rev) where rev > 0;
create index sites_by_rev on macroplan.sites (plan_id, rev) where rev > 0;
create index chapters_by_rev on macroplan.chapters (plan_id, rev) where rev > 0;
create index dependencies_by_rev on macroplan.dependencies (plan_id, rev) where rev > 0;
create index chapter_schedules_by_rev on macroplan.chapter_schedules (plan_id, rev) where rev > 0;
create index baselines_by_rev on macroplan.baselines (plan_id, rev) where rev > 0;
create index conflicts_by_rev on macroplan.conflicts (plan_id, rev) where rev > 0;
