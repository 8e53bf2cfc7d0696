import type { Row } from './rows.ts';
import type { TableName } from './schema.ts';
import type { PlanView } from './view.ts';

/** A row of any table by its id. */
export function findRow({ rows }: Pick<PlanView, 'rows'>, table: TableName, id: string): Row | undefined {
  return rows[table].get(id) as Row | undefined;
}
