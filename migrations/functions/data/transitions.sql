-- The twin of src/store/schema.ts, TRANSITIONS; a test compares the two.
delete from macroplan.transitions;
insert into macroplan.transitions (from_status, to_status)
select from_status, unnest(to_statuses)
from (values
  ('pending', array['ready', 'running', 'done', 'blocked', 'skipped']),
  ('ready', array['pending', 'running', 'done', 'blocked', 'skipped']),
  ('running', array['pending', 'ready', 'done', 'blocked', 'skipped']),
  ('blocked', array['pending', 'ready', 'running', 'skipped']),
  ('done', array['pending', 'ready', 'running']),
  ('skipped', array['pending', 'ready', 'running', 'blocked'])
) as t (from_status, to_statuses);
