import { expect, test } from 'vitest';
import { ModelPlan } from '../testing/simulation/model-plan.ts';
import { expected, runVector, VECTOR_PLAN_ID, VECTORS, type VectorPlan } from '../testing/vectors.ts';
import type { RefusalCode } from './edit.ts';
import type { ConflictCause } from './rows.ts';

function modelPlan(): VectorPlan {
  let made = 0;
  const newId = () => {
    made += 1;
    return `00000000-0000-4000-8000-${made.toString().padStart(12, '0')}`;
  };
  const model = new ModelPlan();
  const push = (by: { key: string; role: 'viewer' | 'planner' | 'lead'; client: string }, since: number) => {
    return { actor: { ...by, name: by.key }, client: by.client, since, now: 0 };
  };
  const plan = { id: VECTOR_PLAN_ID, rev: 0, code: 'P', name: 'Plan', time_zone: 'UTC', state: 'draft' };
  model.create([{ table: 'plans', row: plan }], { key: 'lea', name: 'lea' }, 0);
  const live = (id: string) => model.live().find(({ row }) => row.id === id)?.row;
  return {
    apply: async (by, ops, since) => model.apply({ id: newId(), seq: 1, at: 0, label: 'Edit', ops }, push(by, since)),
    row: async (id) => live(id),
    cause: async (id) => live(id)?.cause as ConflictCause,
  };
}

test.each(VECTORS.map((vector) => [vector.title, vector] as const))('%s', async (_, vector) => {
  expect(await runVector(vector, modelPlan())).toEqual(expected(vector));
});

test('every refusal code and every cause has a vector', () => {
  // `too_old` is about the envelope, which the door checks before any op.
  const codes: { readonly [code in Exclude<RefusalCode, 'too_old'>]: true } = {
    not_allowed: true,
    unknown_row: true,
    unknown_table: true,
    unknown_field: true,
    bad_value: true,
    too_long: true,
    duplicate_code: true,
    end_before_start: true,
    time_out_of_range: true,
    iteration_frozen: true,
    iteration_closed: true,
    plan_closed: true,
    bad_transition: true,
    dependency_cycle: true,
    still_has_children: true,
    bad_derived_id: true,
    conflict_closed: true,
    mail_off: true,
  };
  const causes: { readonly [cause in ConflictCause]: true } = {
    both_changed: true,
    both_moved: true,
    both_resized: true,
    double_slip: true,
    removed: true,
    children_changed: true,
    constraint: true,
    blocked: true,
  };
  const covered = new Set(VECTORS.flatMap(({ expect: { code, cause } }) => [code, cause]));
  expect([...Object.keys(codes), ...Object.keys(causes)].filter((name) => !covered.has(name))).toEqual([]);
});
