/** What every dialog about the plan itself is given, and how it hands over what a person decided. */
import { whyNotStructure } from '../../store/abilities.ts';
import { type NamedOps, type Problem, problemOf } from '../../store/row-edits.ts';
import type { PlanStore } from '../../store/view.ts';
import type { Drafts } from '../drafts.ts';
import type { FormField } from '../form.ts';

export interface PlanParts {
  readonly store: PlanStore;
  readonly newId: () => string;
  readonly drafts: Drafts;
  /** Server time, minutes. */
  readonly now: () => number;
  readonly send: (act: NamedOps) => void;
  /** Shows the iteration of this code. */
  readonly show: (code: string) => void;
}

export function mayChange({ store }: PlanParts): boolean {
  return whyNotStructure(store.view()) === null;
}

/** Sends what the plan would take; else tells why not, and nothing is sent. `act` null: nothing would change. */
export function keep({ store, send }: PlanParts, act: NamedOps | null): Problem | null {
  const problem = act && problemOf(store.view(), act.ops);
  if (act !== null && problem === null) send(act);
  return problem;
}

/** What every part of a plan has. */
export function namedFields({ code, name }: { readonly code: string; readonly name: string }): readonly FormField[] {
  return [
    { name: 'code', label: 'Code', kind: 'line', value: code },
    { name: 'name', label: 'Name', kind: 'line', value: name },
  ];
}

export const UNNAMED = { code: '', name: '' };
