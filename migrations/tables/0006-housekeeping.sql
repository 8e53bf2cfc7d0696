-- When a plan's tombstones and stale receipts were last looked through (api.tidy): the state stands here, so that any number
-- of hosts share the work.
alter table macroplan.plan_heads add column tidied_at timestamptz not null default now();
