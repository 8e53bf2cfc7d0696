/** A plan of its own for each group of tests, made through the front door, so that runs and groups never meet. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Op } from '../../../src/store/edit.ts';
import { scheduleId } from '../../../src/store/rows.ts';
import type { Host, Json, User } from './talk.ts';

export interface APlan {
  readonly id: string;
  readonly code: string;
  readonly iteration: string;
  readonly chapters: readonly [string, string];
  /** Schedule of each chapter in the iteration. */
  readonly schedules: readonly [string, string];
}

/** 1 March 2027, 20:00 UTC, in minutes. */
export const START = 30_065_520;

export async function makePlan(host: Host): Promise<APlan> {
  const id = randomUUID();
  const code = `CONF-${id.slice(0, 8)}`;
  const plan = { id, code, name: 'Conformance', time_zone: 'Europe/Zurich' };
  const made = await host.post('/plans', plan, 'admin');
  expect(made.status, made.text).toBe(200);
  const [phase, iteration, first, second] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const schedules = [scheduleId(iteration, first), scheduleId(iteration, second)] as const;
  const insert = (table: string, rowId: string, row: object) => ({ op: 'insert', table, id: rowId, row }) as Op;
  const member = (user: User, role: string) =>
    insert('plan_members', randomUUID(), { principal: `user:${user}`, role });
  const ops = [
    member('viewer', 'viewer'),
    member('planner-a', 'planner'),
    member('planner-b', 'planner'),
    member('lead', 'lead'),
    insert('phases', phase, { code: 'C', name: 'Weekend' }),
    insert('iterations', iteration, {
      code: 'RUN0',
      name: 'Rehearsal',
      kind: 'RUN',
      window_start: START - 600,
      window_end: START + 6_000,
    }),
    insert('chapters', first, { code: 'CA', title: 'Load accounts', phase_id: phase }),
    insert('chapters', second, { code: 'CB', title: 'Check accounts', phase_id: phase }),
    insert('chapter_schedules', schedules[0], times(first, iteration, START)),
    insert('chapter_schedules', schedules[1], times(second, iteration, START + 60)),
  ];
  const device = newDevice(host, id, 'admin');
  const receipt = await device.edit(ops);
  expect(receipt, JSON.stringify(receipt)).toMatchObject({ outcome: 'applied' });
  return { id, code, iteration, chapters: [first, second], schedules };
}

function times(chapter_id: string, iteration_id: string, planned_start: number): object {
  return { chapter_id, iteration_id, planned_start, planned_end: planned_start + 60 };
}

export interface Device {
  readonly client: string;
  /** The cursor of the last answer. */
  readonly cursor: () => string | null;
  /** Sends one edit with the next number and resolves to its receipt. */
  readonly edit: (ops: readonly unknown[], more?: object) => Promise<Json>;
  /** Sends whole edits as they are and resolves to the answer. */
  readonly sync: (edits: readonly unknown[]) => Promise<Json>;
}

export function newDevice(host: Host, plan: string, user: User): Device {
  const client = randomUUID();
  let cursor: string | null = null;
  let seq = 0;

  async function sync(edits: readonly unknown[]): Promise<Json> {
    const reply = await host.post(`/plans/${plan}/sync`, { cursor, client, edits }, user);
    expect(reply.status, reply.text).toBe(200);
    const body = reply.json();
    cursor = String(body.cursor);
    return body;
  }

  async function edit(ops: readonly unknown[], more: object = {}): Promise<Json> {
    seq += 1;
    const body = await sync([{ id: randomUUID(), seq, at: 1_803_153_590_000, label: 'A change', ops, ...more }]);
    return Object(body.receipts)[0];
  }

  return { client, cursor: () => cursor, edit, sync };
}
