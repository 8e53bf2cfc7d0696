-- The events that mails are about, in the order in which a mail tells them; `audiences`: who can be listed for each; `waits`: whether
-- quiet hours hold it (docs/decisions/0028). `test` is no event: its addresses get what an iteration whose mail is on trial would
-- have sent to others.
create or replace function macroplan.mail_events()
returns table (event text, place int, title text, audiences text[], waits boolean)
language sql
immutable
parallel safe
as $$
  values
    ('conflict', 1, 'Conflicts', array['address', 'team'], false),
    ('gate_due', 2, 'Gates that are due', array['address', 'team', 'owner', 'successors'], false),
    ('gate_decided', 3, 'Gates that were decided', array['address', 'team', 'owner', 'successors'], false),
    ('iteration', 4, 'Iterations frozen, opened and ended', array['address', 'team'], true),
    ('progress', 5, 'Chapters started, done and blocked', array['address', 'team', 'owner', 'successors'], true),
    ('moved', 6, 'Times moved in a frozen or live iteration', array['address', 'team', 'owner', 'successors'], true),
    ('sent', 7, 'The macro-plan that a lead sends', array['address', 'team'], false),
    ('report', 8, 'Status report while an iteration is live', array['address', 'team'], true),
    ('test', 9, 'Mails of iterations on trial', array['address'], false)
$$;
