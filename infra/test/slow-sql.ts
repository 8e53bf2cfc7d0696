/** Slow SQL for tests and measurements: whoever asks for a plan sleeps first. */
import type { Pool } from 'pg';

/** Once for a database. What comes back sets for how many seconds, from the next statement on; 0 is as without it. */
export async function slowDown(admin: Pick<Pool, 'query'>): Promise<(seconds: number) => Promise<void>> {
  await admin.query(`
    create table public.delay (seconds float8 not null);
    insert into public.delay values (0);
    grant select on public.delay to macroplan_owner;
    alter function macroplan.principals(jsonb) rename to quick_principals;
    create function macroplan.principals(p_who jsonb) returns text[] language plpgsql stable as $$
    begin
      perform pg_sleep(seconds) from public.delay where seconds > 0;
      return macroplan.quick_principals(p_who);
    end
    $$;
    alter function macroplan.principals(jsonb) owner to macroplan_owner`);
  return async (seconds) => {
    await admin.query('update public.delay set seconds = $1', [seconds]);
  };
}
