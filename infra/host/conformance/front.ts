/**
 * What stands before a host. Confluence's servlet container and ScriptRunner answer some requests by themselves, in a form of
 * their own, before a script is asked: nobody signed in, an address that is badly encoded or leads out of the endpoint. Then
 * the status is all that can be promised, and that nothing of ours is in the answer.
 */
import { expect } from 'vitest';
import { expectError, type Reply } from './talk.ts';

export type Front = 'none' | 'confluence';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  /** Statuses with which the front may refuse by itself; the same one where there is none. */
  readonly foreign?: readonly number[];
}

export function expectRefused(front: Front, reply: Reply, { status, code, foreign = [status] }: Refusal): void {
  const isForeign = front === 'confluence' && reply.headers['x-macroplan-protocol'] === undefined;
  if (isForeign) {
    expect(foreign, reply.text).toContain(reply.status);
    expect(reply.text).not.toContain('macroplan');
  } else expectError(reply, status, code);
}
