/**
 * Two roles: `macroplan_owner` owns everything and cannot log in; `macroplan_host` may execute the doors of schema
 * `api` and nothing else. Where the migrating role may not create roles, it owns the schemas itself, and the
 * administrator makes `macroplan_host` by hand.
 */
import type { ClientBase } from 'pg';

/** Leaves the session in the owner's role, which owns the two schemas. */
export async function prepareRoles(client: ClientBase): Promise<void> {
  const { rows } = await client.query('select rolcreaterole, rolsuper from pg_roles where rolname = current_user');
  if (rows[0].rolsuper || rows[0].rolcreaterole) await client.query(CREATE_ROLES);
  if (!rows[0].rolsuper && rows[0].rolcreaterole) {
    await client.query('grant macroplan_owner, macroplan_host to current_user');
  }
  const owner = (await hasRole(client, 'macroplan_owner')) ? 'macroplan_owner' : 'current_user';
  await client.query(`create schema if not exists macroplan authorization ${owner}`);
  await client.query(`create schema if not exists api authorization ${owner}`);
  if (owner === 'macroplan_owner') await client.query('set role macroplan_owner');
  await client.query(CREATE_MIGRATIONS);
}

/** Which files were applied, each with its checksum. */
export const CREATE_MIGRATIONS = `
  create table if not exists macroplan.migrations (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`;

async function hasRole(client: ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query(
    `select exists (select from pg_roles where rolname = $1 and pg_has_role(oid, 'member')) as has`,
    [name],
  );
  return rows[0].has;
}

/**
 * Slow statements and waits end with an error that a host turns into "busy", so none may hold a connection for long.
 */
const HOST_SETTINGS = { lock_timeout: '2s', statement_timeout: '30s', idle_in_transaction_session_timeout: '10s' };

/** Roles belong to the whole server, so databases that are migrated at once may meet here. */
export const CREATE_ROLES = `
  do $$
  declare
    v_role text;
  begin
    foreach v_role in array array['macroplan_owner', 'macroplan_host'] loop
      begin
        if not exists (select from pg_roles where rolname = v_role) then
          execute format('create role %I nologin', v_role);
          if v_role = 'macroplan_host' then
            ${Object.entries(HOST_SETTINGS)
              .map(([name, value]) => `alter role macroplan_host set ${name} = '${value}';`)
              .join('\n            ')}
          end if;
        end if;
      exception
        when duplicate_object or unique_violation then null;
      end;
    end loop;
  end
  $$`;

/** `current_user` must be the one who made the role, or a superuser. */
export async function setHostPassword(client: ClientBase, password: string): Promise<void> {
  await client.query(`alter role macroplan_host login password ${client.escapeLiteral(password)}`);
}

/** The same server as `url`, as the hosts' role: by its own password, or by `set role` where it has none. */
export function hostUrl(url: string, password?: string): string {
  const made = new URL(url);
  if (password !== undefined) {
    made.username = 'macroplan_host';
    made.password = password;
    return made.href;
  }
  const settings = Object.entries({ role: 'macroplan_host', ...HOST_SETTINGS });
  made.searchParams.set('options', settings.map(([name, value]) => `-c ${name}=${value}`).join(' '));
  return made.href;
}
