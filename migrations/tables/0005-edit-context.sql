-- What the functions of one edit share: where, who, and what the author's device had seen.
create type macroplan.edit_context as (
  plan_id uuid,
  edit_id uuid,
  client_id uuid,
  user_key text,
  role text,
  -- The rev of the request's cursor; 0 if there was none.
  since bigint
);

-- A row that an edit changed: how it stood before, in wire form; null if it was not live.
create type macroplan.row_change as (
  table_name text,
  id uuid,
  before jsonb
);

-- The merge units that one op named on a row that stood, and those in which both sides' changes were kept.
create type macroplan.named_units as (
  table_name text,
  id uuid,
  named text[],
  combined text[]
);
