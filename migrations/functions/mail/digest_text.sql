-- What happened to one thing, as HTML; text in it is escaped. p_first and p_last are the facts of the first and the last notice
-- about it; between them it may have gone to and fro.
create or replace function macroplan.digest_text(p_event text, p_first jsonb, p_last jsonb, p_zone text)
returns text
language sql
stable
parallel safe
as $$
  select case p_event
    when 'moved' then case
      when p_first -> 'from' = p_last -> 'to' then concat('Moved and put back: ', macroplan.show_times(p_last -> 'to', p_zone))
      when p_last -> 'to' = 'null' then concat(
        'Taken out', '. Before: ' || macroplan.show_times(nullif(p_first -> 'from', 'null'), p_zone)
      )
      else concat(
        'Now ', macroplan.show_times(p_last -> 'to', p_zone),
        '<br>Before: ' || macroplan.show_times(nullif(p_first -> 'from', 'null'), p_zone)
      )
    end
    when 'progress' then case p_last ->> 'status' when 'running' then 'Started' when 'done' then 'Done' else '<b>Blocked</b>' end
    when 'gate_due' then concat(
      'To be decided at ', macroplan.show_instant(to_timestamp((p_last ->> 'due')::bigint * 60), p_zone)
    )
    when 'gate_decided' then case p_last ->> 'decision'
      when 'go' then '<b>Go</b>'
      when 'no_go' then '<b>No go</b>'
      else '<b>Go with conditions</b>'
    end
    when 'iteration' then case p_last ->> 'to'
      when 'planned' then 'Open for planning'
      when 'frozen' then 'Frozen: only leads move times'
      else initcap(p_last ->> 'to')
    end
    when 'conflict' then macroplan.escape_html(p_last ->> 'label')
  end || coalesce(
    '<br>' || macroplan.escape_html(
      nullif(case when char_length(p_last ->> 'note') > 300 then left(p_last ->> 'note', 300) || '…' else p_last ->> 'note' end, '')
    ),
    ''
  )
$$;
