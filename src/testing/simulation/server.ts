/**
 * What a simulated night needs of a server: the doors that a host calls, and what administrators do past them. The model
 * (tier A), the real SQL (tier B), and both at once, compared, are servers of this kind.
 */
import type { Doors } from '../../../infra/host/doors.ts';
import type { Identity } from '../../../infra/host/identity.ts';
import type { Receipt } from '../../store/edit.ts';
import type { Row } from '../../store/rows.ts';
import type { TableName } from '../../store/schema.ts';
import type { ModelEvent } from './model-plan.ts';

export type NightDoors = Pick<Doors, 'createPlan' | 'plans' | 'delta' | 'snapshot' | 'snapshotPart' | 'sync'>;

export interface Server {
  readonly doors: NightDoors;
  /** Keeps the whole plan and the epoch as they are now, and answers the number under which to restore them. */
  backup(): Promise<number>;
  /** Puts a backup back. Where nobody announces it, only the log's hash and the rev can tell. */
  restore(backup: number, how: 'announced' | 'unannounced'): Promise<void>;
  /** As an upgrade that gives a table another field. */
  changeShape(): Promise<void>;
  /** Forgets the tombstones that there are. */
  prune(): Promise<void>;
  /** The plan as it stands. */
  look(): Promise<Truth>;
  /** When all is done: rejects with what is wrong with the plan in a way that shows through no door. */
  inspect(): Promise<void>;
}

export interface Truth {
  /** Epoch, rev and hash as a cursor has them: this point of this history. */
  readonly head: string;
  readonly totals: { readonly row_count: number; readonly row_sum: number };
  /** The whole log. */
  readonly events: readonly ModelEvent[];
  readonly receipts: ReadonlyMap<string, Receipt>;
  live(): Promise<readonly { readonly table: TableName; readonly row: Row }[]>;
}

/** A person of a night, as the platform names them to a host. */
export const identityOf = (userKey: string): Identity => ({
  user_key: userKey,
  display_name: `Name of ${userKey}`,
  groups: [],
  is_admin: userKey === ADMIN,
});

/** Makes the plan and gives roles. */
export const ADMIN = 'admin';
