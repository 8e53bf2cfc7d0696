-- When a chapter was promised to be over, whatever its plan says (docs/decisions/0038). Null: nobody was promised anything.
alter table macroplan.chapter_schedules add column must_finish_by macroplan.instant;
