/** Tells which files changed, by looking: a mount of a container or of a network tells nobody. Some 500 files take a few milliseconds. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const LOOK_MS = 200;

export interface Watched {
  readonly folders: readonly string[];
  readonly isWanted: (file: string) => boolean;
  /** Awaited, so that what changes meanwhile is told next time. */
  readonly onChange: (files: readonly string[]) => Promise<void>;
}

/** Returns the stop, which resolves when what was under way is done. */
export async function watchFiles({ folders, isWanted, onChange }: Watched): Promise<() => Promise<void>> {
  let known = await readTimes(folders, isWanted);
  let isStopped = false;
  const running = (async () => {
    while (!isStopped) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const now = await readTimes(folders, isWanted);
      const files = [...new Set([...known.keys(), ...now.keys()])].filter((file) => known.get(file) !== now.get(file));
      known = now;
      if (files.length > 0 && !isStopped) await onChange(files);
    }
  })();
  return () => {
    isStopped = true;
    return running;
  };
}

async function readTimes(
  folders: readonly string[],
  isWanted: (file: string) => boolean,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const folder of folders) {
    for (const name of await readdir(folder, { recursive: true })) {
      const file = path.join(folder, name);
      if (!isWanted(file)) continue;
      // An editor may put a new file in its place just now; the next look finds it.
      const found = await stat(file).catch(() => null);
      if (found?.isFile()) times.set(file, found.mtimeMs);
    }
  }
  return times;
}
