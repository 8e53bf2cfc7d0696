-- Words by which chapters are found (docs/decisions/0039); null where a chapter has none. What words they may be is said
-- once, in macroplan.is_labels.
alter table macroplan.chapters
add column labels text,
add constraint chapter_labels_have_room check (char_length(labels) between 1 and 819);
