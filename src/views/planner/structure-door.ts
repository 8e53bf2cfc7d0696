/**
 * The way to the acts on the plan itself, which come as a file of their own: few readers are leads, and the first sight
 * of the plan need not wait for them. It is fetched once the planner stands, so that the network may go (docs/decisions/0020).
 */
import { warn } from '../say.ts';
import type { StructureOptions, structure } from './structure.ts';

type Structure = ReturnType<typeof structure>;

export function structureDoor(options: StructureOptions) {
  let arriving: Promise<Structure | null> | null = null;

  function arrive(): Promise<Structure | null> {
    arriving ??= import('./structure.ts').then(
      (module) => module.structure(options),
      (error: unknown) => {
        console.error('The acts on the plan could not be fetched:', error);
        arriving = null;
        return null;
      },
    );
    return arriving;
  }

  async function enter(work: (parts: Structure) => void): Promise<void> {
    const parts = await arrive();
    if (parts !== null) work(parts);
    else warn(options.element, NOT_FETCHED, { again: () => void enter(work) });
  }

  void arrive();
  return {
    enter,
    /** True for a key of these acts. */
    onKey(rowId: string, event: KeyboardEvent): boolean {
      if (!isOurs(event)) return false;
      void enter(({ onKey }) => onKey(rowId, event));
      return true;
    },
  };
}

const NOT_FETCHED = 'What changes the plan itself could not be fetched yet. It can be once there is a network.';
const KEYS = ['a', 'c', 'l', 'insert', 'delete'];

function isOurs({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (altKey) return key === 'ArrowUp' || key === 'ArrowDown';
  return !ctrlKey && !metaKey && KEYS.includes(key.toLowerCase());
}
