/** The ops that are about no merge: a conflict is settled, a mail is sent (docs/merge.md, "Order of checks"). */
import type { ResolveOp, SendOp } from './edit.ts';
import { refusal } from './op-checks.ts';
import type { Step, StepResult } from './op-steps.ts';

export function applyResolve(op: ResolveOp, { draft, edit, actor }: Step): StepResult {
  const conflict = draft.get('conflicts', op.id);
  if (!conflict) return { refusal: refusal('unknown_row', 'This conflict is not known in this plan.', op, null) };
  const isAuthor = conflict.author === actor.key;
  if (!isAuthor && actor.role !== 'lead') {
    const message = 'Only its author or a lead may settle this conflict.';
    return { refusal: refusal('not_allowed', message, op, null) };
  }
  if (conflict.state !== 'open') {
    return { refusal: refusal('conflict_closed', 'This conflict is settled already.', op, null) };
  }
  draft.put('conflicts', op.id, {
    ...conflict,
    state: op.choice === 'theirs' && isAuthor ? 'withdrawn' : 'resolved',
    resolution: { choice: op.choice, edit_id: edit.id },
    resolved_by: actor.key,
  });
  return 'done';
}

export function applySend(op: SendOp, { draft }: Step): StepResult {
  const iteration = draft.get('iterations', op.iteration_id);
  if (!iteration) {
    return { refusal: refusal('unknown_row', 'This iteration is not known in this plan.', op, null) };
  }
  if (iteration.mail_mode === 'off') {
    const message = `Mail is off for iteration ${iteration.code}. A lead can switch it on.`;
    return { refusal: refusal('mail_off', message, op, null) };
  }
  return 'effect';
}
