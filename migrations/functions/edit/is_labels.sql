-- Whether a text is labels as they are kept: up to 20 words in the order of their code points, none twice, one blank
-- between; a word is 1 to 40 of a-z, the small letters of Latin-1, digits, - and _. The twin of isLabels in
-- src/store/labels.ts.
create or replace function macroplan.is_labels(p_text text)
returns boolean
language sql
immutable
parallel safe
as $$
  select count(*) between 1 and 20
    and bool_and(word ~ '^[-a-z0-9_\u00df-\u00f6\u00f8-\u00ff]{1,40}$')
    and string_agg(word, ' ' order by word collate "C") = p_text
    and count(distinct word) = count(*)
  from unnest(string_to_array(p_text, ' ')) as word
$$;
