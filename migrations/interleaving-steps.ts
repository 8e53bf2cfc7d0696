/** A small plan and what sessions do to it in steps, for the orders that `interleavings.pg.test.ts` plays. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { TestDatabase } from '../infra/test/database.ts';
import type { Op, Receipt } from '../src/store/edit.ts';
import { scheduleId } from '../src/store/rows.ts';
import type { Answer, SessionStep } from './interleave.ts';
import { createPlan, readDelta, type SentEdit, type Who, who, write } from './test-plan.ts';

export const KIM = who('kim');
export const LEE = who('lee');
/** Where the chapter begins, in minutes. */
export const START = 30_109_740;

/** A plan of one scheduled chapter and two planners. */
export interface World {
  readonly database: TestDatabase;
  readonly plan: string;
  readonly schedule: string;
  readonly team: string;
  /** The membership of Lee. */
  readonly lee: string;
  readonly cursor: string;
}

let plans = 0;

export async function createWorld(database: TestDatabase): Promise<World> {
  plans += 1;
  const plan = await createPlan(database.admin, `P${plans}`);
  const [iteration, phase, chapter, team, lee] = Array.from({ length: 5 }, () => randomUUID());
  const schedule = scheduleId(String(iteration), String(chapter));
  const rows = [
    ['plan_members', randomUUID(), { principal: 'user:kim', role: 'planner' }],
    ['plan_members', lee, { principal: 'user:lee', role: 'planner' }],
    ['teams', team, { code: 'T', name: 'Team' }],
    ['phases', phase, { code: 'A', name: 'Before' }],
    ['iterations', iteration, { code: 'R', name: 'Run', kind: 'RUN', window_start: START, window_end: START + 600 }],
    ['chapters', chapter, { code: 'AA', title: 'Freeze', phase_id: phase }],
    [
      'chapter_schedules',
      schedule,
      { chapter_id: chapter, iteration_id: iteration, planned_start: START, planned_end: START + 90 },
    ],
  ] as const;
  await write(
    database,
    plan,
    rows.map(([table, id, fields]) => [table, String(id), fields] as const),
  );
  const { cursor } = await readDelta(database.admin, plan, null);
  return { database, plan, schedule, team: String(team), lee: String(lee), cursor };
}

export const note = ({ schedule }: World, text: string): Op => ({
  op: 'set',
  table: 'chapter_schedules',
  id: schedule,
  base: { note: '' },
  set: { note: text },
});

export const slip = ({ schedule }: World, by: number): Op => ({
  op: 'slip',
  table: 'chapter_schedules',
  id: schedule,
  base: { planned_start: START, planned_end: START + 90 },
  by,
});

export interface Push {
  readonly by: Who;
  readonly edits: readonly SentEdit[];
  readonly client?: string;
  /** How the transaction ends. */
  readonly end?: 'commit' | 'rollback';
}

const bodyOf = ({ cursor }: World, { edits, client = randomUUID() }: Push) => JSON.stringify({ cursor, client, edits });

/** A push as the host makes it, committed in a step of its own. */
export function push(world: World, name: string, sent: Push): readonly SessionStep[] {
  const body = bodyOf(world, sent);
  return [
    step(`${name} sync`, async (session) => {
      await session.query('begin');
      return JSON.parse(await answerOf(session, 'select api.sync($1, $2, $3)', [sent.by, world.plan, body]));
    }),
    ending(name, sent),
  ];
}

/** A push opened at the boundaries of the statements inside it; the last answer but one is the reply. */
export function openPush(world: World, name: string, sent: Push): readonly SessionStep[] {
  const body = bodyOf(world, sent);
  let [role, reset, taken] = ['', null, ''];
  return [
    step(`${name} find`, async (session) => {
      await session.query('begin');
      return await session.query('select * from macroplan.find_plan($1, $2)', [sent.by, world.plan]);
    }),
    step(`${name} lock`, (session) => session.query('select macroplan.lock_plan($1)', [world.plan])),
    step(`${name} take`, async (session) => {
      const { rows } = await session.query(
        `select role, macroplan.reset_reason($1, role, $3) as reset from macroplan.role_in($1, $2) as role`,
        [world.plan, sent.by, world.cursor],
      );
      [role, reset] = [rows[0].role, rows[0].reset];
      const args = [world.plan, sent.by, role, body, world.cursor, reset];
      taken = await answerOf(session, 'select macroplan.take_edits($1, $2, $3, $4, macroplan.rev_of($5, $6))', args);
    }),
    step(`${name} read`, async (session) => {
      const args = [world.plan, role, world.cursor, reset];
      const delta = await answerOf(session, 'select macroplan.delta($1, $2, $3, $4)', args);
      return JSON.parse(`{${taken}${delta.slice(1)}`);
    }),
    ending(name, sent),
  ];
}

/** An edit opened at its single writes, as a script makes it. */
export function openEdit({ plan, team }: World, name: string): readonly SessionStep[] {
  const put = (id: string, fields: object) => (session: pg.Client) =>
    session.query('select macroplan.write_row($1, $2, $3, $4)', [plan, 'teams', id, JSON.stringify(fields)]);
  return [
    step(`${name} begin`, async (session) => {
      await session.query('begin');
      const values = `'script', 'Script', null, null, null, 'Script'`;
      return await session.query(`select macroplan.begin_edit($1, ${values})`, [plan]);
    }),
    step(`${name} write`, put(team, { name: name })),
    step(`${name} write more`, put(randomUUID(), { code: name, name: 'More' })),
    step(`${name} commit`, (session) => session.query('commit')),
  ];
}

export const step = (name: string, run: SessionStep['run']): SessionStep => ({ name, run });

const ending = (name: string, { end = 'commit' }: Push) => step(`${name} ${end}`, (session) => session.query(end));

export const answerOf = async (session: pg.Client, sql: string, args: readonly unknown[]): Promise<string> =>
  Object.values<string>((await session.query(sql, [...args])).rows[0])[0] ?? '';

/** The receipts in a session's answers. */
export const receiptsIn = (answers: readonly Answer[] | undefined): readonly Receipt[] =>
  (answers ?? []).flatMap((answer) =>
    'value' in answer ? ((answer.value as { receipts?: readonly Receipt[] } | undefined)?.receipts ?? []) : [],
  );

export const errorsIn = (answers: readonly (readonly Answer[])[]) =>
  answers.flat().flatMap((answer) => ('error' in answer ? [answer.error] : []));

export async function scheduleOf({
  database,
  plan,
  schedule,
}: World): Promise<{ note: string; planned_start: number }> {
  const { rows } = await database.admin.query(
    `select note, macroplan.minutes(planned_start)::int as planned_start
     from macroplan.chapter_schedules where plan_id = $1 and id = $2`,
    [plan, schedule],
  );
  return rows[0];
}

export const conflictsOf = async ({ database, plan }: World) =>
  (await database.admin.query('select state, cause from macroplan.conflicts where plan_id = $1', [plan])).rows;
