/** The plan that simulated people work on: small, so that they meet often. */

import type { Op } from '../../store/edit.ts';
import { insertRow } from '../../store/ops.ts';
import { scheduleId } from '../../store/rows.ts';
import { PLAN_ID, START } from '../small-plan.ts';
import { administer } from './administer.ts';
import type { Chance } from './chance.ts';
import { ADMIN, identityOf, type Server } from './server.ts';

const CHAPTERS = 4;

/** The people of a night and what they may do, until somebody changes it. */
export const ROLES = { planner: 'planner', deputy: 'lead', lead: 'lead' } as const;

export async function seedPlan(server: Server, chance: Chance): Promise<void> {
  const plan = { id: PLAN_ID, code: 'P', name: 'A plan', time_zone: 'Europe/Zurich' };
  await server.doors.createPlan(identityOf(ADMIN), JSON.stringify(plan));
  const [phase, iteration] = [chance.uuid(), chance.uuid()];
  const ops: Op[] = [
    ...Object.entries(ROLES).map(([user, role]) =>
      insertRow('plan_members', chance.uuid(), { principal: `user:${user}`, role }),
    ),
    insertRow('phases', phase, { code: 'A', name: 'Before' }),
    insertRow('iterations', iteration, {
      code: 'RUN1',
      name: 'First run',
      kind: 'RUN',
      window_start: START,
      window_end: START + 6000,
    }),
  ];
  for (let i = 0; i < CHAPTERS; i += 1) {
    const chapter = chance.uuid();
    ops.push(insertRow('chapters', chapter, { code: `A${i}`, title: `Chapter ${i}`, phase_id: phase, position: i }));
    const times = { planned_start: START + i * 120, planned_end: START + i * 120 + 90 };
    const keys = { chapter_id: chapter, iteration_id: iteration };
    ops.push(insertRow('chapter_schedules', scheduleId(iteration, chapter), { ...keys, ...times }));
  }
  await administer(server, chance, ops);
}
