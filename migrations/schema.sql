-- Made by `npm run schema` from a migrated database; a test keeps it true. For reading: the tables are made by
-- tables/, the functions by functions/.

create domain macroplan.code as text
  constraint code_has_1_to_40_characters CHECK (((char_length(VALUE) >= 1) AND (char_length(VALUE) <= 40)));

create domain macroplan.instant as timestamp with time zone
  constraint instant_is_a_whole_minute CHECK ((mod(EXTRACT(epoch FROM VALUE), (60)::numeric) = (0)::numeric))
  constraint instant_is_between_2000_and_2100 CHECK (((VALUE >= '2000-01-01 00:00:00+00'::timestamp with time zone) AND (VALUE <= '2100-01-01 00:00:00+00'::timestamp with time zone)));

create domain macroplan.line as text
  constraint line_has_1_to_500_characters CHECK (((char_length(VALUE) >= 1) AND (char_length(VALUE) <= 500)));

create domain macroplan.long_text as text
  constraint long_text_has_at_most_10000_characters CHECK ((char_length(VALUE) <= 10000));

create table macroplan.baselines (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  iteration_id uuid not null,
  name macroplan.line not null,
  taken_at macroplan.instant not null,
  times jsonb not null,
  constraint baseline_iteration_exists FOREIGN KEY (plan_id, iteration_id) REFERENCES macroplan.iterations(plan_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint baselines_pkey PRIMARY KEY (plan_id, id)
);

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
  status text not null default 'pending'::text,
  note macroplan.long_text not null default ''::text,
  decision text,
  must_finish_by macroplan.instant,
  constraint chapter_schedules_pkey PRIMARY KEY (plan_id, id),
  constraint schedule_actually_ends_after_start CHECK (((actual_end)::timestamp with time zone >= (actual_start)::timestamp with time zone)),
  constraint schedule_chapter_exists FOREIGN KEY (plan_id, chapter_id) REFERENCES macroplan.chapters(plan_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint schedule_decision_is_known CHECK ((decision = ANY (ARRAY['go'::text, 'no_go'::text, 'go_with_conditions'::text]))),
  constraint schedule_ends_after_start CHECK (((planned_end)::timestamp with time zone >= (planned_start)::timestamp with time zone)),
  constraint schedule_id_is_derived CHECK ((id = macroplan.schedule_id(iteration_id, chapter_id))),
  constraint schedule_iteration_exists FOREIGN KEY (plan_id, iteration_id) REFERENCES macroplan.iterations(plan_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint schedule_status_is_known CHECK ((status = ANY (ARRAY['pending'::text, 'ready'::text, 'running'::text, 'done'::text, 'blocked'::text, 'skipped'::text])))
);

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
  kind text not null default 'work'::text,
  position bigint not null default 0,
  success_criterion macroplan.long_text not null default ''::text,
  rollback_action macroplan.long_text not null default ''::text,
  labels text,
  constraint chapter_has_a_phase FOREIGN KEY (plan_id, phase_id) REFERENCES macroplan.phases(plan_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint chapter_kind_is_known CHECK ((kind = ANY (ARRAY['work'::text, 'milestone'::text, 'gate'::text, 'buffer'::text]))),
  constraint chapter_labels_have_room CHECK (((char_length(labels) >= 1) AND (char_length(labels) <= 819))),
  constraint chapter_site_exists FOREIGN KEY (plan_id, site_id) REFERENCES macroplan.sites(plan_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint chapter_team_exists FOREIGN KEY (plan_id, team_id) REFERENCES macroplan.teams(plan_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint chapters_pkey PRIMARY KEY (plan_id, id)
);

create table macroplan.clients (
  plan_id uuid not null,
  client_id uuid not null,
  author text not null,
  last_seq bigint not null,
  seen_at timestamp(3) with time zone not null default now(),
  constraint clients_pkey PRIMARY KEY (plan_id, client_id)
);

create table macroplan.conflicts (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  edit_id uuid not null,
  author macroplan.line not null,
  author_name macroplan.line not null,
  at timestamp(3) with time zone not null,
  label macroplan.line not null,
  cause text not null,
  state text not null default 'open'::text,
  items jsonb not null,
  ops jsonb not null,
  resolution jsonb,
  resolved_by text,
  constraint conflict_cause_is_known CHECK ((cause = ANY (ARRAY['both_changed'::text, 'both_moved'::text, 'both_resized'::text, 'double_slip'::text, 'removed'::text, 'children_changed'::text, 'constraint'::text, 'blocked'::text]))),
  constraint conflict_state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text, 'withdrawn'::text]))),
  constraint conflicts_pkey PRIMARY KEY (plan_id, id)
);

create table macroplan.dependencies (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  predecessor_id uuid not null,
  successor_id uuid not null,
  kind text not null default 'FS'::text,
  lag_minutes bigint not null default 0,
  constraint dependencies_pkey PRIMARY KEY (plan_id, id),
  constraint dependency_joins_two_chapters CHECK ((predecessor_id <> successor_id)),
  constraint dependency_kind_is_known CHECK ((kind = ANY (ARRAY['FS'::text, 'SS'::text, 'FF'::text]))),
  constraint dependency_predecessor_exists FOREIGN KEY (plan_id, predecessor_id) REFERENCES macroplan.chapters(plan_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint dependency_successor_exists FOREIGN KEY (plan_id, successor_id) REFERENCES macroplan.chapters(plan_id, id) DEFERRABLE INITIALLY DEFERRED
);

create table macroplan.erasures (
  id uuid not null default gen_random_uuid(),
  user_key text not null,
  at timestamp(3) with time zone not null default clock_timestamp(),
  by_role text not null default SESSION_USER,
  revoked_at timestamp(3) with time zone,
  revoked_by text,
  constraint erasures_pkey PRIMARY KEY (id)
);

create table macroplan.event_log (
  plan_id uuid not null,
  rev bigint not null,
  n integer not null,
  at timestamp(3) with time zone not null,
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
  form smallint,
  erasure jsonb,
  constraint event_form_is_known CHECK ((form = ANY (ARRAY[0, 2]))),
  constraint event_log_pkey PRIMARY KEY (plan_id, rev, n),
  constraint event_op_is_known CHECK ((op = ANY (ARRAY['insert'::text, 'update'::text, 'remove'::text]))),
  constraint event_shows_what_its_op_says CHECK ((((before IS NULL) = (op = 'insert'::text)) AND ((after IS NULL) = (op = 'remove'::text))))
);

create table macroplan.fields (
  table_name text not null,
  field text not null,
  position integer not null,
  type text not null,
  is_required boolean not null,
  default_value jsonb,
  unit text not null,
  ref_table text,
  choices text[],
  min_value bigint,
  max_value bigint,
  is_fixed boolean not null,
  constraint fields_have_one_order UNIQUE (table_name, "position"),
  constraint fields_pkey PRIMARY KEY (table_name, field)
);

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
  state text not null default 'planned'::text,
  rollback_minutes bigint not null default 0,
  position bigint not null default 0,
  mail_mode text not null default 'off'::text,
  constraint iteration_kind_is_known CHECK ((kind = ANY (ARRAY['RUN'::text, 'DR'::text, 'CUTOVER'::text]))),
  constraint iteration_mail_mode_is_known CHECK ((mail_mode = ANY (ARRAY['off'::text, 'test'::text, 'on'::text]))),
  constraint iteration_state_is_known CHECK ((state = ANY (ARRAY['planned'::text, 'frozen'::text, 'live'::text, 'done'::text, 'cancelled'::text]))),
  constraint iteration_window_ends_after_start CHECK (((window_end)::timestamp with time zone >= (window_start)::timestamp with time zone)),
  constraint iterations_pkey PRIMARY KEY (plan_id, id)
);

create table macroplan.mail_addressees (
  plan_id uuid not null,
  email text not null,
  token uuid not null default gen_random_uuid(),
  constraint mail_addressees_pkey PRIMARY KEY (plan_id, email),
  constraint mail_token_is_one_addressee UNIQUE (token)
);

create table macroplan.mail_held (
  plan_id uuid not null,
  email text not null,
  key uuid not null,
  held_at timestamp(3) with time zone not null,
  constraint held_notice_is_there FOREIGN KEY (plan_id, key) REFERENCES macroplan.mail_notices(plan_id, key) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  constraint mail_held_pkey PRIMARY KEY (plan_id, email, key)
);

create table macroplan.mail_notices (
  plan_id uuid not null,
  key uuid not null,
  event text not null,
  mode text not null,
  iteration_id uuid,
  chapter_id uuid,
  rev bigint not null,
  at timestamp(3) with time zone not null,
  actor text not null,
  actor_name text not null,
  facts jsonb not null,
  gathered_at timestamp(3) with time zone,
  constraint mail_notice_mode_is_known CHECK ((mode = ANY (ARRAY['test'::text, 'on'::text]))),
  constraint mail_notices_pkey PRIMARY KEY (plan_id, key)
);

create table macroplan.mail_outbox (
  plan_id uuid not null,
  id uuid not null default gen_random_uuid(),
  dedupe_key text not null,
  recipient text not null,
  subject text not null,
  body jsonb not null,
  state text not null default 'due'::text,
  attempts integer not null default 0,
  due_at timestamp with time zone not null default now(),
  leased_until timestamp with time zone,
  last_error text,
  sent_at timestamp with time zone,
  constraint mail_is_made_once UNIQUE (plan_id, dedupe_key),
  constraint mail_outbox_pkey PRIMARY KEY (plan_id, id),
  constraint mail_state_is_known CHECK ((state = ANY (ARRAY['due'::text, 'sent'::text, 'parked'::text])))
);

create table macroplan.mail_quiet_hours (
  plan_id uuid not null,
  id uuid not null,
  email text not null,
  quiet_from smallint not null,
  quiet_to smallint not null,
  zone text not null,
  added_by text not null,
  added_by_name text not null,
  added_at timestamp(3) with time zone not null,
  removed_by text,
  removed_by_name text,
  removed_at timestamp(3) with time zone,
  constraint mail_quiet_hours_pkey PRIMARY KEY (plan_id, id),
  constraint quiet_hours_are_of_a_day CHECK ((((quiet_from >= 0) AND (quiet_from <= 1439)) AND ((quiet_to >= 0) AND (quiet_to <= 1439)))),
  constraint quiet_hours_end CHECK ((quiet_from <> quiet_to))
);

create table macroplan.mail_recipients (
  plan_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event text not null,
  email text,
  audience text not null default 'address'::text,
  team_id uuid,
  user_key text,
  added_by text not null default ''::text,
  added_by_name text not null default ''::text,
  added_at timestamp(3) with time zone not null default now(),
  removed_by text,
  removed_by_name text,
  removed_at timestamp(3) with time zone,
  every_hours smallint,
  constraint beat_divides_a_day CHECK ((every_hours = ANY (ARRAY[1, 2, 4, 6]))),
  constraint mail_recipient_audience_is_known CHECK ((audience = ANY (ARRAY['address'::text, 'team'::text, 'owner'::text, 'successors'::text]))),
  constraint mail_recipient_names_what_its_audience_says CHECK ((((email IS NOT NULL) = (audience = 'address'::text)) AND ((team_id IS NOT NULL) = (audience = 'team'::text)))),
  constraint mail_recipients_pkey PRIMARY KEY (plan_id, id),
  constraint report_has_a_beat CHECK (((every_hours IS NOT NULL) = (event = 'report'::text)))
);

create table macroplan.mail_stops (
  plan_id uuid not null,
  email text not null,
  event text not null,
  at timestamp(3) with time zone not null default now(),
  constraint mail_stops_pkey PRIMARY KEY (plan_id, email, event)
);

create table macroplan.meta (
  only_row boolean not null default true,
  epoch uuid not null default gen_random_uuid(),
  system_identifier bigint,
  timeline integer,
  shape text not null default ''::text,
  poll_after_ms integer not null default 7000,
  limits jsonb not null default '{"code_max": 40, "line_max": 500, "text_max": 10000, "body_bytes": 4194304, "json_depth": 12, "ops_per_edit": 10000, "edits_per_request": 200}'::jsonb,
  constraint meta_has_one_row CHECK (only_row),
  constraint meta_pkey PRIMARY KEY (only_row)
);

create table macroplan.migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (name)
);

create table macroplan.no_start_windows (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  name macroplan.line not null,
  window_start macroplan.instant not null,
  window_end macroplan.instant not null,
  forbids text not null default 'start'::text,
  site_id uuid,
  constraint no_start_window_ends_after_start CHECK (((window_end)::timestamp with time zone >= (window_start)::timestamp with time zone)),
  constraint no_start_window_forbids_something_known CHECK ((forbids = ANY (ARRAY['start'::text, 'end'::text, 'both'::text]))),
  constraint no_start_window_site_exists FOREIGN KEY (plan_id, site_id) REFERENCES macroplan.sites(plan_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint no_start_windows_pkey PRIMARY KEY (plan_id, id)
);

create unlogged table macroplan.open_edits (
  plan_id uuid not null,
  xid xid8 not null,
  actor text not null,
  actor_name text not null,
  client_id uuid,
  edit_id uuid,
  claimed_at bigint,
  label text not null,
  rev bigint,
  at timestamp(3) with time zone,
  is_pruning boolean not null default false,
  erasure jsonb,
  constraint open_edits_pkey PRIMARY KEY (plan_id)
);

create table macroplan.phases (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  name macroplan.line not null,
  position bigint not null default 0,
  constraint phases_pkey PRIMARY KEY (plan_id, id)
);

create table macroplan.plan_heads (
  plan_id uuid not null,
  rev bigint not null default 0,
  min_since bigint not null default 0,
  tidied_at timestamp with time zone not null default now(),
  constraint head_rev_only_counts CHECK (((rev >= 0) AND ((min_since >= 0) AND (min_since <= rev)))),
  constraint plan_heads_pkey PRIMARY KEY (plan_id)
);

create table macroplan.plan_members (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  principal text not null,
  role text not null,
  constraint member_principal_names_a_user_or_group CHECK ((principal ~ '^(user|group):.'::text)),
  constraint member_role_is_known CHECK ((role = ANY (ARRAY['viewer'::text, 'planner'::text, 'lead'::text]))),
  constraint plan_members_pkey PRIMARY KEY (plan_id, id)
);

create table macroplan.plans (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  name macroplan.line not null,
  time_zone text not null,
  state text not null default 'draft'::text,
  constraint plan_is_its_own_plan CHECK ((plan_id = id)),
  constraint plan_state_is_known CHECK ((state = ANY (ARRAY['draft'::text, 'approved'::text, 'closed'::text]))),
  constraint plans_pkey PRIMARY KEY (plan_id, id)
);

create table macroplan.receipts (
  plan_id uuid not null,
  edit_id uuid not null,
  client_id uuid not null,
  author text not null,
  seq bigint not null,
  at timestamp(3) with time zone not null default now(),
  outcome text not null,
  rev bigint,
  merged jsonb not null default '[]'::jsonb,
  conflict uuid,
  refusal jsonb,
  constraint receipt_has_a_rev_where_something_changed CHECK (((rev IS NOT NULL) = (outcome = ANY (ARRAY['applied'::text, 'merged'::text, 'conflict'::text])))),
  constraint receipt_outcome_is_known CHECK ((outcome = ANY (ARRAY['applied'::text, 'merged'::text, 'noop'::text, 'conflict'::text, 'refused'::text]))),
  constraint receipts_pkey PRIMARY KEY (plan_id, edit_id)
);

create table macroplan.sites (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  name macroplan.line not null,
  time_zone text not null,
  constraint sites_pkey PRIMARY KEY (plan_id, id)
);

create table macroplan.snapshot_parts (
  snapshot_id uuid not null,
  part integer not null,
  row_count integer not null,
  sha256 bytea not null,
  body text not null,
  constraint snapshot_parts_pkey PRIMARY KEY (snapshot_id, part),
  constraint snapshot_parts_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES macroplan.snapshots(id) ON DELETE CASCADE
);

create table macroplan.snapshots (
  id uuid not null,
  plan_id uuid not null,
  rev bigint not null,
  shape text not null,
  made_at timestamp with time zone not null default now(),
  constraint snapshots_pkey PRIMARY KEY (id)
);

create table macroplan.teams (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  code macroplan.code not null,
  name macroplan.line not null,
  email text,
  constraint teams_pkey PRIMARY KEY (plan_id, id)
);

create table macroplan.transitions (
  from_status text not null,
  to_status text not null,
  constraint transitions_pkey PRIMARY KEY (from_status, to_status)
);

CREATE INDEX baselines_by_iteration ON macroplan.baselines USING btree (iteration_id, plan_id);
CREATE INDEX baselines_by_rev ON macroplan.baselines USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX chapter_schedules_by_chapter ON macroplan.chapter_schedules USING btree (chapter_id, plan_id);
CREATE INDEX chapter_schedules_by_iteration ON macroplan.chapter_schedules USING btree (iteration_id, plan_id, planned_start);
CREATE INDEX chapter_schedules_by_rev ON macroplan.chapter_schedules USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX chapters_by_phase ON macroplan.chapters USING btree (phase_id, plan_id);
CREATE INDEX chapters_by_rev ON macroplan.chapters USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX conflicts_by_edit ON macroplan.conflicts USING btree (edit_id, plan_id);
CREATE INDEX conflicts_by_rev ON macroplan.conflicts USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX dependencies_by_predecessor ON macroplan.dependencies USING btree (predecessor_id, plan_id);
CREATE INDEX dependencies_by_rev ON macroplan.dependencies USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX dependencies_by_successor ON macroplan.dependencies USING btree (successor_id, plan_id);
CREATE INDEX event_log_by_row ON macroplan.event_log USING btree (row_id, plan_id, rev);
CREATE INDEX iterations_by_rev ON macroplan.iterations USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX mail_held_by_notice ON macroplan.mail_held USING btree (plan_id, key);
CREATE INDEX mail_notices_waiting ON macroplan.mail_notices USING btree (at) WHERE (gathered_at IS NULL);
CREATE INDEX mail_outbox_by_due ON macroplan.mail_outbox USING btree (due_at) WHERE (state = 'due'::text);
CREATE INDEX no_start_windows_by_rev ON macroplan.no_start_windows USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX no_start_windows_by_site ON macroplan.no_start_windows USING btree (site_id, plan_id);
CREATE INDEX phases_by_rev ON macroplan.phases USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX plan_members_by_principal ON macroplan.plan_members USING btree (principal, plan_id) WHERE (NOT removed);
CREATE INDEX plan_members_by_rev ON macroplan.plan_members USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX plans_by_rev ON macroplan.plans USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX sites_by_rev ON macroplan.sites USING btree (plan_id, rev) WHERE (rev > 0);
CREATE INDEX snapshots_by_plan ON macroplan.snapshots USING btree (plan_id, rev);
CREATE INDEX teams_by_rev ON macroplan.teams USING btree (plan_id, rev) WHERE (rev > 0);
CREATE UNIQUE INDEX address_is_quiet_once ON macroplan.mail_quiet_hours USING btree (plan_id, email) WHERE (removed_at IS NULL);
CREATE UNIQUE INDEX chapter_code_is_unique ON macroplan.chapters USING btree (code, plan_id) WHERE (NOT removed);
CREATE UNIQUE INDEX iteration_code_is_unique ON macroplan.iterations USING btree (code, plan_id) WHERE (NOT removed);
CREATE UNIQUE INDEX mail_recipient_is_named_once ON macroplan.mail_recipients USING btree (event, audience, plan_id, COALESCE(email, (team_id)::text, ''::text)) WHERE (removed_at IS NULL);
CREATE UNIQUE INDEX person_is_erased_once ON macroplan.erasures USING btree (user_key) WHERE (revoked_at IS NULL);
CREATE UNIQUE INDEX phase_code_is_unique ON macroplan.phases USING btree (code, plan_id) WHERE (NOT removed);
CREATE UNIQUE INDEX plan_code_is_unique ON macroplan.plans USING btree (code) WHERE (NOT removed);
CREATE UNIQUE INDEX site_code_is_unique ON macroplan.sites USING btree (code, plan_id) WHERE (NOT removed);
CREATE UNIQUE INDEX team_code_is_unique ON macroplan.teams USING btree (code, plan_id) WHERE (NOT removed);

CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.baselines FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.baselines FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.baselines FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.baselines FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.chapter_schedules FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.chapter_schedules FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.chapter_schedules FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.chapter_schedules FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.chapters FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.chapters FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.chapters FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.chapters FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.conflicts FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.conflicts FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.conflicts FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.conflicts FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.dependencies FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.dependencies FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.dependencies FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.dependencies FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE OR TRUNCATE ON macroplan.event_log FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_event();
CREATE TRIGGER a_keep_line BEFORE UPDATE ON macroplan.event_log FOR EACH ROW EXECUTE FUNCTION macroplan.keep_line();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.iterations FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.iterations FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.iterations FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.iterations FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.no_start_windows FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.no_start_windows FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.no_start_windows FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.no_start_windows FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.phases FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.phases FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.phases FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.phases FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.plan_members FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.plan_members FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.plan_members FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.plan_members FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.plans FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.plans FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.plans FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.plans FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.sites FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.sites FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.sites FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.sites FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();
CREATE TRIGGER a_keep BEFORE DELETE ON macroplan.teams FOR EACH ROW EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_keep_all BEFORE TRUNCATE ON macroplan.teams FOR EACH STATEMENT EXECUTE FUNCTION macroplan.keep_row();
CREATE TRIGGER a_stamp BEFORE INSERT OR UPDATE ON macroplan.teams FOR EACH ROW EXECUTE FUNCTION macroplan.stamp_row();
CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON macroplan.teams FOR EACH ROW EXECUTE FUNCTION macroplan.log_row();

function api.change_recipients(jsonb,text,text) returns text security definer search_path=macroplan, pg_temp
function api.claim_mail(integer,text) returns text security definer search_path=macroplan, pg_temp
function api.create_plan(jsonb,text) returns text security definer search_path=macroplan, pg_temp
function api.delta(jsonb,text,text,text) returns TABLE(etag text, body text) security definer search_path=macroplan, pg_temp
function api.events(jsonb,text,bigint,integer,uuid) returns text security definer search_path=macroplan, pg_temp
function api.has_replayed(text) returns boolean security definer search_path=macroplan, pg_temp
function api.hello() returns text security definer search_path=macroplan, pg_temp
function api.log_position() returns text security definer search_path=macroplan, pg_temp
function api.mail_health() returns text security definer search_path=macroplan, pg_temp
function api.mail_stops(text) returns text security definer search_path=macroplan, pg_temp
function api.mails(jsonb,text) returns text security definer search_path=macroplan, pg_temp
function api.new_epoch() returns text security definer search_path=macroplan, pg_temp
function api.paper(jsonb,text,text,text) returns text security definer search_path=macroplan, pg_temp
function api.plans(jsonb) returns text security definer search_path=macroplan, pg_temp
function api.recipients(jsonb,text) returns text security definer search_path=macroplan, pg_temp
function api.settle_mail(uuid,uuid,integer,text) returns text security definer search_path=macroplan, pg_temp
function api.show_table(jsonb,text,text,text,jsonb) returns text security definer search_path=macroplan, pg_temp
function api.snapshot(jsonb,text) returns text security definer search_path=macroplan, pg_temp
function api.snapshot_part(jsonb,text,text,integer) returns text security definer search_path=macroplan, pg_temp
function api.state(jsonb,text,bigint) returns text security definer search_path=macroplan, pg_temp
function api.stop_mails(text,text) returns text security definer search_path=macroplan, pg_temp
function api.sync(jsonb,text,text) returns text security definer search_path=macroplan, pg_temp
function api.tidy() returns text security definer search_path=macroplan, pg_temp
function api.verify(jsonb,text) returns text security definer search_path=macroplan, pg_temp
function api.version(text) returns text security definer search_path=macroplan, pg_temp
function macroplan.addresses_of(macroplan.mail_notices) returns SETOF text
function macroplan.all_fields(jsonb) returns jsonb
function macroplan.announce_gates() returns void
function macroplan.app_url(text,text) returns text
function macroplan.apply_change(macroplan.edit_context,jsonb,jsonb) returns jsonb
function macroplan.apply_edit(uuid,jsonb,text,uuid,jsonb,bigint) returns jsonb
function macroplan.apply_insert(macroplan.edit_context,jsonb,jsonb) returns jsonb
function macroplan.apply_op(macroplan.edit_context,jsonb,jsonb) returns jsonb
function macroplan.apply_ops(macroplan.edit_context,jsonb) returns jsonb
function macroplan.apply_or_refuse(uuid,jsonb,text,uuid,jsonb,bigint) returns jsonb
function macroplan.apply_remove(macroplan.edit_context,jsonb,jsonb) returns jsonb
function macroplan.apply_resolve(macroplan.edit_context,jsonb) returns jsonb
function macroplan.apply_send(macroplan.edit_context,jsonb) returns jsonb
function macroplan.apply_without_row(macroplan.edit_context,jsonb,jsonb) returns jsonb
function macroplan.beat(integer,text,timestamp with time zone) returns timestamp with time zone
function macroplan.begin_edit(uuid,text,text,uuid,uuid,bigint,text) returns void
function macroplan.blocked_rows(uuid,uuid,bigint) returns jsonb
function macroplan.blocked_stop(macroplan.edit_context,jsonb,jsonb) returns jsonb
function macroplan.broken_link(uuid) returns record
function macroplan.broken_rule(macroplan.edit_context,macroplan.row_change[],text[]) returns jsonb
function macroplan.broken_seal(uuid) returns SETOF record
function macroplan.capitalised(text) returns text
function macroplan.cells(jsonb,text[]) returns text
function macroplan.changed_rows(uuid,bigint) returns TABLE(table_name text, id uuid, rev bigint, removed boolean, fields jsonb)
function macroplan.changed_since(macroplan.edit_context,text,uuid) returns TABLE(unit text, by text, rev bigint)
function macroplan.changes_members(jsonb) returns boolean
function macroplan.chapters_without_order(uuid) returns uuid[]
function macroplan.check_edit(jsonb,jsonb) returns jsonb
function macroplan.check_history() returns uuid
function macroplan.check_plan_request(jsonb) returns void
function macroplan.check_recipients(uuid,jsonb) returns void
function macroplan.check_sync_request(jsonb) returns void
function macroplan.children_of(uuid,text,uuid) returns TABLE(table_name text, id uuid)
function macroplan.children_stop(macroplan.edit_context,macroplan.row_change[]) returns jsonb
function macroplan.code_of(uuid,text,text) returns text
function macroplan.columns() returns TABLE(table_name text, place bigint, columns text[])
function macroplan.conflict_item(macroplan.edit_context,text,uuid,text,jsonb,jsonb,jsonb) returns jsonb
function macroplan.conflict_place(macroplan.conflicts) returns record
function macroplan.cursor_text(macroplan.meta,bigint,bytea,text) returns text
function macroplan.cycle_stop(macroplan.edit_context,macroplan.row_change[]) returns jsonb
function macroplan.default_fields(text) returns jsonb
function macroplan.delta(uuid,text,text,text) returns text
function macroplan.delta_events(uuid,bigint) returns text
function macroplan.delta_rows(uuid,bigint) returns text
function macroplan.describe_row(uuid,text,jsonb) returns text
function macroplan.digest_lines(macroplan.mail_outbox,text) returns TABLE(title text, place integer, line_number bigint, many bigint, line text, plain text)
function macroplan.digest_page(macroplan.mail_outbox,text) returns text
function macroplan.digest_subject(uuid,jsonb) returns text
function macroplan.digest_text(text,jsonb,jsonb,text) returns text
function macroplan.edit_problem(jsonb,text) returns jsonb
function macroplan.edit_rev(uuid) returns bigint
function macroplan.erase_from_mails(text) returns void
function macroplan.erase_from_plan(uuid,text) returns void
function macroplan.erase_person(text) returns jsonb
function macroplan.erased_name() returns text
function macroplan.escape_html(text) returns text
function macroplan.event_hash(bytea,macroplan.event_log) returns bytea
function macroplan.event_json(macroplan.event_log) returns json
function macroplan.event_text(macroplan.event_log) returns text
function macroplan.field_names(text,text) returns text[]
function macroplan.field_problem(macroplan.fields,jsonb) returns jsonb
function macroplan.field_words(text) returns text
function macroplan.fields_problem(text,jsonb) returns jsonb
function macroplan.find_addressee(text) returns macroplan.mail_addressees
function macroplan.find_led_plan(jsonb,text) returns uuid
function macroplan.find_plan(jsonb,text) returns record
function macroplan.find_snapshot(uuid) returns uuid
function macroplan.find_text(text[]) returns TABLE(table_name text, field text, key jsonb)
function macroplan.fixed_stop(jsonb,jsonb) returns jsonb
function macroplan.gate_notice() returns interval
function macroplan.gather_mails(interval) returns void
function macroplan.gather_plan(uuid,interval) returns void
function macroplan.gesture_problem(jsonb) returns jsonb
function macroplan.gesture_target(jsonb) returns jsonb
function macroplan.has_changed_more(uuid,bigint,integer) returns boolean
function macroplan.hash_at(uuid,bigint) returns bytea
function macroplan.holder_of(uuid,text,text,text,uuid) returns uuid
function macroplan.insert_problem(jsonb) returns jsonb
function macroplan.is_address(text) returns boolean
function macroplan.is_blocked(jsonb,jsonb) returns boolean
function macroplan.is_forked(uuid,text,uuid,jsonb) returns boolean
function macroplan.is_good_value(macroplan.fields,jsonb) returns boolean
function macroplan.is_instant(jsonb) returns boolean
function macroplan.is_integer(jsonb,bigint,bigint) returns boolean
function macroplan.is_labels(text) returns boolean
function macroplan.is_line(text) returns boolean
function macroplan.is_listed(uuid,text,text) returns boolean
function macroplan.is_padded(text) returns boolean
function macroplan.is_plan_closed_for(uuid,jsonb) returns boolean
function macroplan.is_quiet(integer,integer,text,timestamp with time zone) returns boolean
function macroplan.is_shown_twice(timestamp with time zone,text) returns boolean
function macroplan.is_times(jsonb) returns boolean
function macroplan.is_uuid(text) returns boolean
function macroplan.is_whole(jsonb) returns boolean
function macroplan.is_zone(text) returns boolean
function macroplan.isolated(text) returns text
function macroplan.iteration_at(macroplan.iterations,text,timestamp with time zone) returns text
function macroplan.iteration_problem(macroplan.edit_context,jsonb,jsonb,text[]) returns jsonb
function macroplan.keep_event() returns trigger
function macroplan.keep_line() returns trigger
function macroplan.keep_quiet_hours(uuid,text,text,jsonb) returns void
function macroplan.keep_row() returns trigger
function macroplan.label_words(jsonb) returns text[]
function macroplan.last_change(macroplan.edit_context,text,uuid,text) returns jsonb
function macroplan.lead_stop(macroplan.edit_context,macroplan.row_change[]) returns jsonb
function macroplan.live_row(uuid,text,uuid) returns jsonb
function macroplan.lock_plan(uuid) returns void
function macroplan.log_row() returns trigger
function macroplan.mail_attempts_max() returns integer
function macroplan.mail_clock() returns timestamp with time zone
function macroplan.mail_events() returns TABLE(event text, place integer, title text, audiences text[], waits boolean)
function macroplan.mail_foot(macroplan.mail_outbox,text) returns text
function macroplan.mail_id(uuid,text) returns uuid
function macroplan.mail_page(macroplan.mail_outbox,text) returns text
function macroplan.mail_plain(macroplan.mail_outbox,text) returns text
function macroplan.mail_subject(macroplan.mail_outbox) returns text
function macroplan.mail_window() returns interval
function macroplan.make_field_names() returns void
function macroplan.make_snapshot(uuid) returns uuid
function macroplan.make_write_row() returns void
function macroplan.merge_gesture(jsonb,jsonb) returns jsonb
function macroplan.merge_labels(jsonb,jsonb,jsonb) returns jsonb
function macroplan.merge_progress(jsonb,jsonb,jsonb) returns jsonb
function macroplan.merge_set(text,jsonb,jsonb,jsonb) returns jsonb
function macroplan.merge_units(jsonb,jsonb) returns TABLE(unit text, place integer, base jsonb, mine jsonb, merge jsonb)
function macroplan.milliseconds(timestamp with time zone) returns bigint
function macroplan.minutes(timestamp with time zone) returns bigint
function macroplan.mix(uuid,bigint) returns bigint
function macroplan.name_of(text,text) returns text
function macroplan.names_known(text) returns text[]
function macroplan.names_same_fields(jsonb,jsonb) returns boolean
function macroplan.note_edit(uuid) returns void
function macroplan.note_reports() returns void
function macroplan.notices_of(uuid,bigint) returns TABLE(row_id uuid, event text, mode text, iteration_id uuid, chapter_id uuid, facts jsonb)
function macroplan.noun(text) returns text
function macroplan.one_line(text) returns text
function macroplan.op_problem(jsonb,text) returns jsonb
function macroplan.op_refusal(jsonb,text,text,text) returns jsonb
function macroplan.op_refusal_of(jsonb,jsonb) returns jsonb
function macroplan.op_role_problem(jsonb,text) returns jsonb
function macroplan.op_shape_problem(jsonb) returns jsonb
function macroplan.op_value_problem(jsonb) returns jsonb
function macroplan.ordered_fields(text) returns TABLE(start_field text, end_field text, place integer)
function macroplan.others_kept(macroplan.edit_context,macroplan.row_change[],macroplan.named_units[]) returns jsonb
function macroplan.parse_body(text) returns jsonb
function macroplan.part_problem(jsonb,text,jsonb) returns jsonb
function macroplan.person_name(uuid,text) returns text
function macroplan.plain_text(text) returns text
function macroplan.present_fields(jsonb,jsonb) returns jsonb
function macroplan.principals(jsonb) returns text[]
function macroplan.prune(uuid,interval) returns bigint
function macroplan.quiet_addresses(uuid,timestamp with time zone) returns SETOF text
function macroplan.quiet_ended(uuid,text,timestamp with time zone) returns timestamp with time zone
function macroplan.quiet_problem(uuid,jsonb) returns text
function macroplan.range_problem(jsonb,jsonb) returns jsonb
function macroplan.reach(uuid,uuid,boolean,uuid[]) returns SETOF uuid
function macroplan.read_head(uuid,text) returns record
function macroplan.read_row(uuid,text,uuid) returns jsonb
function macroplan.receipt_text(macroplan.receipts,boolean) returns text
function macroplan.recipient_problem(uuid,jsonb) returns text
function macroplan.recipients_text(uuid) returns text
function macroplan.reference_stop(macroplan.edit_context,macroplan.row_change[]) returns jsonb
function macroplan.refusal(text,text) returns jsonb
function macroplan.reject(integer,text,text) returns void
function macroplan.reject_behind() returns void
function macroplan.release_mails(uuid,timestamp with time zone) returns void
function macroplan.release_reports(uuid,timestamp with time zone) returns void
function macroplan.remove_row(uuid,text,uuid) returns void
function macroplan.report_before(macroplan.mail_outbox) returns record
function macroplan.report_changes(macroplan.mail_outbox,bigint) returns text
function macroplan.report_page(macroplan.mail_outbox,text) returns text
function macroplan.report_summary(macroplan.mail_outbox,timestamp with time zone) returns text
function macroplan.reset_reason(uuid,text,text) returns text
function macroplan.rev_of(text,text) returns bigint
function macroplan.role_in(uuid,jsonb) returns text
function macroplan.role_of(uuid,jsonb) returns text
function macroplan.rows_at(uuid,bigint) returns TABLE(table_name text, id uuid, fields jsonb)
function macroplan.rows_since(uuid,bigint) returns TABLE(table_name text, id uuid, rev bigint, removed boolean, fields jsonb)
function macroplan.schedule_id(uuid,uuid) returns uuid
function macroplan.seal_of(uuid) returns text
function macroplan.send_addresses(uuid,text,jsonb) returns TABLE(address text, place integer, event text, problem text)
function macroplan.send_problem(jsonb) returns jsonb
function macroplan.sent_page(macroplan.mail_outbox,text) returns text
function macroplan.show_clock(timestamp with time zone,text,boolean) returns text
function macroplan.show_duration(bigint) returns text
function macroplan.show_instant(timestamp with time zone,text) returns text
function macroplan.show_offset(timestamp with time zone,text) returns text
function macroplan.show_span(timestamp with time zone,timestamp with time zone,text,boolean) returns text
function macroplan.show_times(jsonb,text) returns text
function macroplan.stamp_row() returns trigger
function macroplan.status_fill(text) returns text
function macroplan.status_ink(text) returns text
function macroplan.stop(jsonb,text,text,text) returns jsonb
function macroplan.stop_url(uuid,text,text,jsonb) returns text
function macroplan.stops_text(macroplan.mail_addressees) returns text
function macroplan.stored(text,jsonb) returns jsonb
function macroplan.table_by_lead(macroplan.mail_outbox,text,jsonb) returns text
function macroplan.table_cell(text,text,text,text,text) returns text
function macroplan.table_days(uuid,uuid,text,bigint) returns text
function macroplan.table_hours(integer,integer,integer,text,text) returns text
function macroplan.table_items(uuid,uuid,text,bigint) returns TABLE(phase text, phase_position bigint, phase_code text, place bigint, code text, title text, kind text, team text, zone text, starts timestamp with time zone, ends timestamp with time zone, status text, status_text text, actual_start timestamp with time zone, actual_end timestamp with time zone, note text, is_changed boolean)
function macroplan.table_of(integer,text,text) returns text
function macroplan.table_page(macroplan.iterations,jsonb) returns text
function macroplan.table_status_cell(text,text,timestamp with time zone,timestamp with time zone,text,boolean) returns text
function macroplan.table_summary(uuid,uuid,text,bigint) returns text
function macroplan.table_text_cell(text,integer,text,text,text) returns text
function macroplan.table_what_cell(text,text,text,boolean,text) returns text
function macroplan.take_edit(uuid,jsonb,text,uuid,jsonb,bigint,jsonb) returns text
function macroplan.take_edits(uuid,jsonb,text,jsonb,bigint) returns text
function macroplan.taken_stop(macroplan.edit_context,jsonb,jsonb,jsonb) returns jsonb
function macroplan.times(bigint,bigint) returns jsonb
function macroplan.times_stop(macroplan.edit_context,jsonb,jsonb,jsonb,macroplan.named_units) returns jsonb
function macroplan.transition_problem(macroplan.edit_context,jsonb,jsonb,jsonb) returns jsonb
function macroplan.unerase_person(text) returns boolean
function macroplan.unique_field(text) returns text
function macroplan.unit_fields(text,text,jsonb) returns jsonb
function macroplan.unknown_field(text,jsonb) returns jsonb
function macroplan.url_text(text) returns text
function macroplan.uuid_or_null(text) returns uuid
function macroplan.verdict(macroplan.edit_context,jsonb,jsonb,jsonb) returns jsonb
function macroplan.wanted_row(jsonb,jsonb) returns jsonb
function macroplan.wire(anyelement) returns jsonb
function macroplan.wire(macroplan.baselines) returns jsonb
function macroplan.wire(macroplan.chapter_schedules) returns jsonb
function macroplan.wire(macroplan.conflicts) returns jsonb
function macroplan.wire(macroplan.iterations) returns jsonb
function macroplan.wire(macroplan.no_start_windows) returns jsonb
function macroplan.with_defaults(text,jsonb) returns jsonb
function macroplan.without_name(jsonb) returns jsonb
function macroplan.write_baselines(uuid,uuid,jsonb) returns void
function macroplan.write_chapter_schedules(uuid,uuid,jsonb) returns void
function macroplan.write_chapters(uuid,uuid,jsonb) returns void
function macroplan.write_conflicts(uuid,uuid,jsonb) returns void
function macroplan.write_dependencies(uuid,uuid,jsonb) returns void
function macroplan.write_iterations(uuid,uuid,jsonb) returns void
function macroplan.write_no_start_windows(uuid,uuid,jsonb) returns void
function macroplan.write_phases(uuid,uuid,jsonb) returns void
function macroplan.write_plan_members(uuid,uuid,jsonb) returns void
function macroplan.write_plans(uuid,uuid,jsonb) returns void
function macroplan.write_row(uuid,text,uuid,jsonb) returns void
function macroplan.write_sites(uuid,uuid,jsonb) returns void
function macroplan.write_teams(uuid,uuid,jsonb) returns void

grant execute on api.change_recipients(jsonb,text,text) to macroplan_host
grant execute on api.claim_mail(integer,text) to macroplan_host
grant execute on api.create_plan(jsonb,text) to macroplan_host
grant execute on api.delta(jsonb,text,text,text) to macroplan_host
grant execute on api.events(jsonb,text,bigint,integer,uuid) to macroplan_host
grant execute on api.has_replayed(text) to macroplan_host
grant execute on api.hello() to macroplan_host
grant execute on api.log_position() to macroplan_host
grant execute on api.mail_health() to macroplan_host
grant execute on api.mail_stops(text) to macroplan_host
grant execute on api.mails(jsonb,text) to macroplan_host
grant execute on api.paper(jsonb,text,text,text) to macroplan_host
grant execute on api.plans(jsonb) to macroplan_host
grant execute on api.recipients(jsonb,text) to macroplan_host
grant execute on api.settle_mail(uuid,uuid,integer,text) to macroplan_host
grant execute on api.show_table(jsonb,text,text,text,jsonb) to macroplan_host
grant execute on api.snapshot(jsonb,text) to macroplan_host
grant execute on api.snapshot_part(jsonb,text,text,integer) to macroplan_host
grant execute on api.state(jsonb,text,bigint) to macroplan_host
grant execute on api.stop_mails(text,text) to macroplan_host
grant execute on api.sync(jsonb,text,text) to macroplan_host
grant execute on api.tidy() to macroplan_host
grant execute on api.verify(jsonb,text) to macroplan_host
grant execute on api.version(text) to macroplan_host
