-- The events that mails are about, in the order in which a mail tells them; p_audiences: who can be listed for each. `test` is
-- no event: its addresses get what an iteration whose mail is on trial would have sent to others.
create or replace function macroplan.mail_events()
returns table (event text, place int, title text, audiences text[])
language sql
immutable
parallel safe
as $$
  values
    ('conflict', 1, 'Conflicts', array['address', 'team']),
    ('gate_due', 2, 'Gates that are due', array['address', 'team', 'owner', 'successors']),
    ('gate_decided', 3, 'Gates that were decided', array['address', 'team', 'owner', 'successors']),
    ('iteration', 4, 'Iterations frozen, opened and ended', array['address', 'team']),
    ('progress', 5, 'Chapters started, done and blocked', array['address', 'team', 'owner', 'successors']),
    ('moved', 6, 'Times moved in a frozen or live iteration', array['address', 'team', 'owner', 'successors']),
    ('sent', 7, 'The macro-plan that a lead sends', array['address', 'team']),
    ('test', 8, 'Mails of iterations on trial', array['address'])
$$;
