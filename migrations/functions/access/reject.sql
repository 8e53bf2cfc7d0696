-- Ends a request that makes no sense: the last three characters of the error code are the HTTP status, the message is a
-- sentence for a person. What an edit must not do is never raised; it is a refusal in its receipt.
create or replace function macroplan.reject(p_status int, p_code text, p_message text)
returns void
language plpgsql
as $$
begin
  raise exception using
    errcode = 'MP' || p_status,
    message = p_message,
    detail = json_build_object('code', p_code)::text;
end
$$;
