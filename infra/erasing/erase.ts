/** Takes a person's name out of a database, and says where it stands still, in what people typed. */
import type { ClientBase } from 'pg';

export interface Place {
  readonly table_name: string;
  readonly field: string;
  /** The fields of the row's primary key; `plan_id` among them nearly always. */
  readonly key: Readonly<Record<string, unknown>>;
}

export interface Erased {
  /** Ids of the plans that had the name. */
  readonly plans: readonly string[];
  /** What was looked for at the end: names under which the person was known, and those that were given. */
  readonly names: readonly string[];
  readonly places: readonly Place[];
}

/**
 * `names`: others to look for. Rejects, changing nothing, where a log is not whole. The client must be one that may migrate, and in no
 * transaction. A name that is the key itself, in whichever case of letters, is not looked for: keys stay.
 */
export async function erasePerson(client: ClientBase, userKey: string, names: readonly string[]): Promise<Erased> {
  const { rows } = await client.query('select macroplan.erase_person($1) as erased', [userKey]);
  const { plans, names: known } = rows[0].erased as { plans: readonly string[]; names: readonly string[] };
  // What the rows were before lies in the files of the database until somebody vacuums.
  await client.query('vacuum (analyze) macroplan.event_log, macroplan.conflicts, macroplan.open_edits');
  await client.query('vacuum macroplan.mail_notices, macroplan.mail_recipients, macroplan.mail_outbox');
  await client.query('vacuum macroplan.mail_quiet_hours, macroplan.mail_held');
  await client.query('vacuum macroplan.snapshots, macroplan.snapshot_parts');
  const isName = (text: string) => text.trim() !== '' && text.toLowerCase() !== userKey.toLowerCase();
  const wanted = [...new Set([...known, ...names])].filter(isName);
  if (wanted.length === 0) return { plans, names: wanted, places: [] };
  const { rows: places } = await client.query('select * from macroplan.find_text($1) order by 1, 2, 3', [wanted]);
  return { plans, names: wanted, places };
}
