-- What people typed, beside words of ours: text that runs from right to left, or a control character that turns the direction, must
-- not turn what stands around it, so it is put between FSI and PDI, line by line (Unicode Standard Annex 9, 2.4.2).
create or replace function macroplan.isolated(p_text text)
returns text
language sql
immutable
parallel safe
as $$
  select case
    when p_text ~ '[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]'
      then regexp_replace(translate(p_text, U&'\2066\2067\2068\2069', ''), '[^\n]+', U&'\2068\\&\2069', 'g')
    else p_text
  end
$$;
