/**
 * The event log as a file that can be checked with no server and no PostgreSQL (docs/verify-log.mjs): every event from the
 * first one on with its hash, oldest first, one a line. Numbers are written as JavaScript does: one that a hand-made request
 * wrote otherwise (`1.50`, among the ops of a conflict) would look altered.
 */
import type { LogEvent } from '../log-event.ts';
import { nameable } from './file-name.ts';

export const LOG_FORMAT = 'macroplan-log';
/** 2: events say which form of hash theirs is, and what an erasure vouches for. */
export const LOG_VERSION = 2;

interface LogHead {
  readonly planId: string;
  readonly planCode: string;
  /** Milliseconds. */
  readonly at: number;
}

export function writeLogFile(events: readonly LogEvent[], { planId, planCode, at }: LogHead): string {
  const last = events.at(-1) as (LogEvent & { readonly hash?: string }) | undefined;
  const head = {
    format: LOG_FORMAT,
    version: LOG_VERSION,
    plan: planId,
    code: planCode,
    exported_at: new Date(at).toISOString(),
    count: events.length,
    head: last?.hash ?? null,
  };
  const lines = events.map((event) => `\n  ${JSON.stringify(event)}`);
  return `{${JSON.stringify(head).slice(1, -1)},\n "events": [${lines.join(',')}\n ]\n}\n`;
}

/** `DEMO-r1288-log.json` */
export function logFileName(planCode: string, events: readonly LogEvent[]): string {
  return `${nameable(planCode)}-r${events.at(-1)?.rev ?? 0}-log.json`;
}
