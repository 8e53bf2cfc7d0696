import { readObject, readString } from './parse.ts';
import { parsed } from './reply.ts';
import type { Transport } from './transport.ts';

const readVersion = readObject({ build: readString });

/** Asks the server for its build, and whether that is another one than at the first time. Rejects with a `SyncError`. */
export function watchBuild(transport: Transport): () => Promise<boolean> {
  let first: string | null = null;
  return async () => {
    const { build } = parsed(await transport.get('/version'), readVersion);
    first ??= build;
    return build !== first;
  };
}
