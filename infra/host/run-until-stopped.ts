/** A program that runs until somebody stops it, or ends with a sentence where it cannot begin. */
import { ROOT } from '../root.ts';
import { sentenceFor, type Tried } from './sentence.ts';
import { readSettings, type Settings } from './settings.ts';
import { listenForStop } from './signals.ts';

/** Hands over how something that was begun is ended again. */
export type Began = (stop: () => Promise<void>) => void;

/** Ends the process: with 0 when it is told to stop, with 1 where `start` rejects. What began is ended first, newest first. */
export async function runUntilStopped(start: (settings: Settings, began: Began) => Promise<void>): Promise<void> {
  const running: (() => Promise<void>)[] = [];
  // Requests are finished, then connections closed, then the database stopped.
  async function stopAll(): Promise<void> {
    for (let stop = running.pop(); stop !== undefined; stop = running.pop()) await stop();
  }

  // A terminal that closed cannot be written to; that must not end us before what was begun is finished.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let settings: Settings;
  try {
    settings = readSettings(process.env, ROOT);
  } catch (error) {
    fail(error, { port: 0, databaseUrl: null });
  }
  const starting = start(settings, (stop) => void running.push(stop));
  listenForStop({
    onStop: () => void starting.finally(stopAll).then(() => process.exit(0)),
    // PostgreSQL notices that we are gone and stops by itself.
    onForce: () => process.exit(1),
  });
  try {
    await starting;
  } catch (error) {
    await stopAll();
    fail(error, settings);
  }
}

function fail(error: unknown, tried: Tried): never {
  process.stderr.write(`${sentenceFor(error, tried)}\n`);
  process.exit(1);
}
