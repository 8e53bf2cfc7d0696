/** The plan that simulated people work on: small, so that they meet often. */

import type { Op } from '../../store/edit.ts';
import { insertRow } from '../../store/ops.ts';
import { scheduleId } from '../../store/rows.ts';
import { PLAN_ID, START } from '../small-plan.ts';
import type { Chance } from './chance.ts';
import type { ModelServer } from './model-server.ts';

const CHAPTERS = 4;

export function seedPlan(server: ModelServer, chance: Chance): void {
  const [phase, iteration] = [chance.uuid(), chance.uuid()];
  const ops: Op[] = [
    insertRow('plan_members', chance.uuid(), { principal: 'user:lead', role: 'lead' }),
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
  const actor = { key: 'seed', name: 'Seed', role: 'lead' } as const;
  const edit = { id: chance.uuid(), seq: 1, at: 0, label: 'Seed', ops };
  const push = { actor, client: 'seed', since: 0, now: 0 };
  server.plan.create(PLAN_ID, { code: 'P', name: 'A plan', time_zone: 'Europe/Zurich', state: 'draft' }, push);
  const receipt = server.plan.apply(edit, push);
  if (receipt.outcome !== 'applied') throw new Error(`The seed was ${receipt.outcome}: ${receipt.refusal?.message}`);
}
