/** How a reader wants keys of one letter: kept on this device, for all plans. */
import type { PlanView } from '../store/view.ts';
import { type LetterKeys, markLetterKeys } from './keys.ts';
import { type Memory, memoryOfAllPlans } from './memory.ts';

const [ON, OWN] = ['letter keys', 'own keys'];

export function letterKeysOf(view: PlanView): LetterKeys {
  const memory = memoryOfAllPlans(view);
  return { areOn: memory.get(ON) !== 'off', own: ownIn(memory) };
}

/** In force here at once; other pages look again within a second. */
export function keepLetterKeys(root: Element, view: PlanView, { areOn, own }: LetterKeys): void {
  const memory = memoryOfAllPlans(view);
  memory.set(ON, areOn ? null : 'off');
  memory.set(OWN, Object.keys(own).length > 0 ? own : null);
  markLetterKeys(root, { areOn, own });
}

/** Whatever stands there: nobody but this page should write it, and anybody can. */
function ownIn(memory: Memory): LetterKeys['own'] {
  const kept = memory.get(OWN);
  const pairs = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
