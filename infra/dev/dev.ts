/**
 * Everything as `npm start`, and changes as they are saved: a build of the browser's sources is in the open page, SQL functions are
 * in the database, the script root of a Confluence holds the new scripts. What does not build or apply is said, and what ran
 * goes on.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { migrate } from '../../migrations/migrate.ts';
import { type Host, type HostOptions, startHost } from '../host/server.ts';
import { connected } from '../postgres/connected.ts';
import { ROOT } from '../root.ts';
import { devBuild } from './dev-build.ts';
import { fillScriptRoot } from './fill-script-root.ts';
import { watchFiles } from './watch.ts';

export interface DevOptions extends Omit<HostOptions, 'dist'> {
  /** Who may migrate. */
  readonly adminUrl: string;
  /** The folder that a Confluence reads scripts from; null: none. */
  readonly scriptRoot: string | null;
  readonly say: (sentence: string) => void;
}

export interface Dev {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function startDev({ adminUrl, scriptRoot, say, ...hostOptions }: DevOptions): Promise<Dev> {
  let folder = await devBuild();
  let host: Host = await startHost({ ...hostOptions, dist: folder });
  const port = Number(new URL(host.url).port);
  if (scriptRoot !== null) await fillScriptRoot(scriptRoot);

  const steps: readonly Step[] = [
    {
      isMeant: isUnder('src'),
      what: 'The page is new',
      take: async () => {
        folder = await devBuild();
        await host.close();
        host = await startHost({ ...hostOptions, dist: folder, port });
      },
    },
    {
      isMeant: (file) => isUnder('migrations')(file) && file.endsWith('.sql'),
      what: 'The functions of the database are new',
      take: () => connected(adminUrl, (client) => migrate(client)),
    },
    {
      isMeant: (file) => scriptRoot !== null && (isUnder('scriptrunner/scripts')(file) || isUnder('src')(file)),
      what: 'The script root is new',
      take: async () => {
        if (scriptRoot !== null) await fillScriptRoot(scriptRoot);
      },
    },
  ];

  const stop = await watchFiles({
    folders: ['src', 'migrations', 'scriptrunner/scripts'].map((name) => path.join(ROOT, name)),
    isWanted: (file) => /\.(ts|css|html|sql|groovy)$/.test(file) && !/\.test\.ts$/.test(file),
    onChange: async (files) => {
      for (const step of steps) if (files.some(step.isMeant)) await takeStep(step, say);
    },
  });
  return {
    url: host.url,
    close: async () => {
      await stop();
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Step {
  readonly isMeant: (file: string) => boolean;
  readonly what: string;
  readonly take: () => Promise<void>;
}

const isUnder = (folder: string) => {
  const start = path.join(ROOT, folder) + path.sep;
  return (file: string) => file.startsWith(start);
};

async function takeStep({ what, take }: Step, say: DevOptions['say']): Promise<void> {
  const began = performance.now();
  try {
    await take();
    say(`${what} (${Math.round(performance.now() - began)} ms).`);
  } catch (error) {
    // Half-typed code is an everyday thing here: say what is wrong with it and wait for the next save.
    say(`${messageOf(error)}${causeOf(error)}`);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'stderr' in cause ? `\n${String(cause.stderr).trim()}` : '';
}
