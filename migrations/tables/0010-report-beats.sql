-- How often a status report of a live iteration goes to a recipient of that kind (docs/decisions/0028).
alter table macroplan.mail_recipients
add column every_hours smallint,
add constraint report_has_a_beat check ((every_hours is not null) = (event = 'report')),
add constraint beat_divides_a_day check (every_hours in (1, 2, 4, 6));
