-- A request's text as jsonb. Rejects what is not JSON, what nests too deep, numbers that JavaScript cannot hold, and
-- the character U+0000, which no text of the database can hold.
create or replace function macroplan.parse_body(p_body text)
returns jsonb
language plpgsql
stable
as $$
declare
  v_body jsonb;
  v_depth int := (select (limits ->> 'json_depth')::int from macroplan.meta);
begin
  begin
    v_body := p_body::jsonb;
  exception
    when data_exception or statement_too_complex or program_limit_exceeded then
      perform macroplan.reject(400, 'bad_request', 'The request is not JSON that we can read.');
  end;
  if jsonb_typeof(v_body) is distinct from 'object' then
    perform macroplan.reject(400, 'bad_request', 'The request must be a JSON object.');
  end if;
  if jsonb_path_exists(
    v_body, format('strict $.**{%s to last} ? (@.type() == "object" || @.type() == "array")', v_depth)::jsonpath
  ) then
    perform macroplan.reject(400, 'bad_request', format('The request nests deeper than %s levels.', v_depth));
  end if;
  if jsonb_path_exists(
    v_body, 'strict $.** ? (@.type() == "number" && (@ > 9007199254740992 || @ < -9007199254740992))'
  ) then
    perform macroplan.reject(400, 'bad_request', 'The request holds a number beyond 2^53.');
  end if;
  return v_body;
end
$$;
