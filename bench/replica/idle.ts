/** Three tabs of one profile with nothing to do: what they ask of the server and write to disk all the same. */
import { freshProfile, onStage, type Remote } from './browser.ts';
import type { Named } from './contestants.ts';
import type { Setting } from './play.ts';

const TABS = 3;
const SETTLE_MS = 12_000;
const WATCH_MS = 42_000;

export interface Idle {
  readonly requestsAMinute: number;
  readonly writes: number;
}

export async function watchIdle({ name }: Named, { server, url, rows, isGzip }: Setting): Promise<Idle> {
  const { editable } = server.begin(rows, isGzip);
  const profile = await freshProfile(url);
  try {
    await (await onStage(profile, name)).cold(editable.slice(0, 1));
    await profile.close();
    const stages: Remote[] = [];
    for (let i = 0; i < TABS; i += 1) {
      const stage = await onStage(profile, name);
      await stage.follow();
      stages.push(stage);
    }
    const writes = async () => (await Promise.all(stages.map((stage) => stage.writes()))).reduce((a, b) => a + b, 0);
    await wait(SETTLE_MS);
    const [requestsBefore, writesBefore] = [server.requests, await writes()];
    await wait(WATCH_MS);
    const requestsAMinute = ((server.requests - requestsBefore) * 60_000) / WATCH_MS;
    return { requestsAMinute, writes: (await writes()) - writesBefore };
  } finally {
    await profile.remove();
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
