/** Plans as a page sees them, made of edits by the rules of the product: for tests of what leaves and enters a plan. */
import assert from 'node:assert/strict';
import { demoEdits } from '../../infra/demo/demo-plan.ts';
import type { Op } from '../store/edit.ts';
import { previewOf } from '../store/preview.ts';
import type { Iteration, Role, Row } from '../store/rows.ts';
import { TABLE_NAMES, type TableName } from '../store/schema.ts';
import type { PlanView } from '../store/view.ts';
import { sampleView } from './sample-view.ts';

export interface PlanHead {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly time_zone: string;
}

/** A plan in which nothing is but its own row and a lead. */
export function emptyView(plan: PlanHead, role: Role = 'lead'): PlanView {
  const maps = new Map<TableName, Map<string, unknown>>(TABLE_NAMES.map((table) => [table, new Map()]));
  maps.get('plans')?.set(plan.id, { ...plan, rev: 1, state: 'draft' });
  const lead = '90000000-0000-4000-8000-000000000001';
  maps.get('plan_members')?.set(lead, { id: lead, rev: 1, principal: 'user:admin', role: 'lead' });
  const rows = Object.fromEntries(maps) as unknown as PlanView['rows'];
  return { ...sampleView({ planId: plan.id, role, rev: 1 }), rows, base: rows };
}

/** The plan after an edit, which must be one that applies. */
export function applied(view: PlanView, ops: readonly Op[]): PlanView {
  const preview = previewOf(view, ops);
  assert.match(preview.verdict.outcome, /applied|noop/, JSON.stringify(preview.verdict));
  return preview.view;
}

/** The demo plan, seen by a lead. */
export function demoView(now = Date.UTC(2026, 10, 24, 13, 30)): PlanView {
  const { plan, edits } = demoEdits({ seed: 1, now });
  let view = emptyView(plan);
  for (const { ops } of edits) view = applied(view, ops);
  return flat(view);
}

/** One map a table instead of a layer an edit. */
function flat(view: PlanView): PlanView {
  const rows = Object.fromEntries(
    TABLE_NAMES.map((table) => [table, new Map(view.rows[table] as ReadonlyMap<string, unknown>)]),
  ) as unknown as PlanView['rows'];
  return { ...view, rows, base: rows };
}

export function iterationOf(view: PlanView, code: string): Iteration {
  const found = [...view.rows.iterations.values()].find((iteration) => iteration.code === code);
  assert(found, `the plan has ${code}`);
  return found;
}

/** Rows of a table without their revs, by id: what two plans are compared by. */
export function contents(view: PlanView, table: TableName): { readonly [id: string]: unknown } {
  const rows = [...(view.rows[table] as unknown as ReadonlyMap<string, Row>).values()];
  return Object.fromEntries(rows.map(({ rev: _, ...fields }) => [fields.id, fields]));
}
