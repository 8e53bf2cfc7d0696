/** The servers that a night can have: the model (a), the real SQL (b), both side by side (ab). */

import { openNightDatabase } from '../../../infra/test/night-database.ts';
import { startThrowaway } from '../../../infra/test/throwaway-postgres.ts';
import { hostUrl } from '../../../migrations/roles.ts';
import { ModelServer } from './model-server.ts';
import type { MakeServer } from './night.ts';
import { PairServer } from './pair-server.ts';
import { IDS, type NightDatabase, SqlServer } from './sql-server.ts';

export type Tier = 'a' | 'b' | 'ab';

export interface OpenTier {
  readonly makeServer: MakeServer;
  close(): Promise<void>;
}

export const modelTier: MakeServer = async (environment) => new ModelServer(environment);

export const sqlTier =
  (database: NightDatabase): MakeServer =>
  (environment) =>
    SqlServer.begin(database, environment);

/** Both sides get the same ids in the same order. */
export const pairTier =
  (database: NightDatabase): MakeServer =>
  async ({ clock, newId }) => {
    const ids = Array.from({ length: IDS }, newId);
    const of = (list: readonly string[]) => {
      const left = [...list];
      return { clock, newId: () => left.shift() ?? '' };
    };
    return new PairServer(new ModelServer(of(ids)), await SqlServer.begin(database, of(ids)));
  };

export async function openTier(tier: Tier): Promise<OpenTier> {
  if (tier === 'a') return { makeServer: modelTier, close: async () => {} };
  const postgres = await startThrowaway();
  const database = await openNightDatabase(postgres.url, hostUrl(postgres.url, postgres.hostPassword));
  const close = async () => {
    await database.close();
    await postgres.stop();
  };
  return { makeServer: tier === 'b' ? sqlTier(database) : pairTier(database), close };
}

export function tierOf(text = 'a'): Tier {
  if (text === 'a' || text === 'b' || text === 'ab') return text;
  throw new Error(`There is no tier "${text}".`);
}
