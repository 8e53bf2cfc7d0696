import type { PlanView } from '../view.ts';

/** `DEMO-DR1-r1288.csv`: plan, iteration (null: the whole plan) and revision, and how many edits are in it that have none yet. */
export function fileName(view: PlanView, iterationCode: string | null, ending: string): string {
  const plan = view.rows.plans.get(view.planId)?.code ?? 'plan';
  const pending = view.queue.length === 0 ? '' : `-and-${view.queue.length}-pending`;
  const name = [plan, ...(iterationCode === null ? [] : [iterationCode]), `r${view.rev}${pending}`].join('-');
  return `${nameable(name)}.${ending}`;
}

/** Codes are free text; a file name is not. */
export function nameable(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
}
