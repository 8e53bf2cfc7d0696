/** A plan with teams, a gate and recipients, made through the front door, for nights whose mails are counted. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { scheduleId } from '../../src/store/rows.ts';
import { newDevice } from './conformance/a-plan.ts';
import type { Host, Json, User } from './conformance/talk.ts';

export interface Night {
  readonly plan: string;
  readonly iteration: string;
  /** Ids of schedules by the code of their chapter: A is the database team's, B waits for it, G is a gate. */
  readonly schedules: { readonly [code: string]: string };
  /** Ids of chapters by code. */
  readonly chapters: { readonly [code: string]: string };
  /** When A begins, in minutes. */
  readonly start: number;
}

/** `now` in minutes: A begins then. Many more chapters, C0 and so on, follow where a test wants them. */
export async function makeNight(host: Host, now: number, more = 0): Promise<Night> {
  const plan = randomUUID();
  const body = { id: plan, code: `NIGHT-${plan.slice(0, 8)}`, name: 'Bank <b>move</b>', time_zone: 'Europe/Zurich' };
  expect((await host.post('/plans', body, 'admin')).status).toBe(200);
  const [phase, iteration] = [randomUUID(), randomUUID()];
  const teams = { DBA: randomUUID(), NET: randomUUID(), CUT: randomUUID() };
  const codes = ['A', 'B', 'G', ...Array.from({ length: more }, (_, i) => `C${i}`)];
  const chapters = Object.fromEntries(codes.map((code) => [code, randomUUID()]));
  const schedules = Object.fromEntries(codes.map((code) => [code, scheduleId(iteration, chapters[code] ?? '')]));
  const insert = (table: string, id: string | undefined, row: object) => ({ op: 'insert', table, id, row });
  const teamOf = (code: string) => (code === 'B' ? teams.NET : code === 'G' ? teams.CUT : teams.DBA);
  const window = { window_start: now - 60, window_end: now + 600 };
  const receipt = await newDevice(host, plan, 'admin').edit([
    ...['planner-a', 'planner-b'].map((user) =>
      insert('plan_members', randomUUID(), { principal: `user:${user}`, role: 'planner' }),
    ),
    insert('plan_members', randomUUID(), { principal: 'user:lead', role: 'lead' }),
    insert('phases', phase, { code: 'P', name: 'Move' }),
    ...Object.entries(teams).map(([code, id]) =>
      insert('teams', id, { code, name: code, email: `${code}@bank.example`.toLowerCase() }),
    ),
    insert('iterations', iteration, { code: 'CUT', name: 'Cutover', kind: 'CUTOVER', mail_mode: 'on', ...window }),
    ...codes.map((code) =>
      insert('chapters', chapters[code], {
        code,
        title: `Chapter ${code}`,
        phase_id: phase,
        team_id: teamOf(code),
        kind: code === 'G' ? 'gate' : 'work',
      }),
    ),
    insert('dependencies', randomUUID(), { predecessor_id: chapters.A, successor_id: chapters.B }),
    ...codes.map((code, i) =>
      insert('chapter_schedules', schedules[code], {
        chapter_id: chapters[code],
        iteration_id: iteration,
        planned_start: now + i * 60,
        planned_end: now + i * 60 + (code === 'G' ? 0 : 30),
      }),
    ),
  ]);
  expect(receipt).toMatchObject({ outcome: 'applied' });
  await list(host, plan, [
    ...['moved', 'progress', 'gate_due', 'gate_decided'].flatMap((event) => [
      { event, audience: 'owner' },
      { event, audience: 'successors' },
      { event, audience: 'team', team_id: teams.CUT },
    ]),
    ...['conflict', 'moved', 'progress', 'iteration'].flatMap((event) => [
      { event, audience: 'address', email: 'a@bank.example', user_key: 'planner-a' },
      { event, audience: 'address', email: 'lead@bank.example', user_key: 'lead' },
    ]),
    { event: 'conflict', audience: 'address', email: 'b@bank.example', user_key: 'planner-b' },
    { event: 'iteration', audience: 'address', email: 'board@bank.example' },
    { event: 'sent', audience: 'address', email: 'board@bank.example' },
    { event: 'test', audience: 'address', email: 'trial@bank.example' },
  ]);
  return { plan, iteration, schedules, chapters, start: now };
}

/** A lead lists these. */
export async function list(host: Host, plan: string, recipients: readonly object[]): Promise<void> {
  const add = recipients.map((recipient) => ({ id: randomUUID(), ...recipient }));
  const reply = await host.post(`/plans/${plan}/recipients`, { add }, 'lead');
  expect([reply.status, reply.text]).toEqual([200, expect.stringContaining('"recipients"')]);
}

/** What people do in a night; `night` may be another one in each test. Each expects to be taken. */
export function nightActs(host: Host, night: () => Night) {
  async function set(user: User, table: string, id: string | undefined, base: object, values: object): Promise<void> {
    const receipt = await newDevice(host, night().plan, user).edit([{ op: 'set', table, id, base, set: values }]);
    expect(receipt).toMatchObject({ refusal: null });
  }
  return {
    set,
    report: (user: User, code: string, from: string, status: string) =>
      set(user, 'chapter_schedules', night().schedules[code], { status: from }, { status }),
    setIteration: (base: object, values: object) => set('lead', 'iterations', night().iteration, base, values),
    /** Changes who gets mails; the list as it is then. */
    async change(body: object): Promise<Json> {
      const reply = await host.post(`/plans/${night().plan}/recipients`, body, 'lead');
      expect([reply.status, reply.text]).toEqual([200, expect.anything()]);
      return reply.json();
    },
  };
}
