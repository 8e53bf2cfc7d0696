-- When nothing of a plan may start, or end: banking hours, a freeze of changes (docs/decisions/0037). For one site or all.
create table macroplan.no_start_windows (
  plan_id uuid not null,
  id uuid not null,
  rev bigint not null,
  removed boolean not null default false,
  name macroplan.line not null,
  window_start macroplan.instant not null,
  window_end macroplan.instant not null,
  forbids text not null default 'start',
  site_id uuid,
  primary key (plan_id, id),
  constraint no_start_window_forbids_something_known check (forbids in ('start', 'end', 'both')),
  constraint no_start_window_ends_after_start check (window_end >= window_start),
  constraint no_start_window_site_exists foreign key (plan_id, site_id)
  references macroplan.sites deferrable initially deferred
);
create index no_start_windows_by_site on macroplan.no_start_windows (site_id, plan_id);
create index no_start_windows_by_rev on macroplan.no_start_windows (plan_id, rev) where rev > 0;
