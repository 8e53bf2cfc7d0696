/** The way to the acts on the plan itself: few readers are leads, and the first sight of the plan need not wait for them. */
import { door } from '../door.ts';
import type { Pressed } from '../keys.ts';
import type { StructureOptions } from './structure.ts';

export type StructureDoor = ReturnType<typeof structureDoor>;

export function structureDoor(options: StructureOptions) {
  const { arrive, enter } = door(options.element, 'What changes the plan itself', async () =>
    (await import('./structure.ts')).structure(options),
  );
  void arrive();
  return {
    enter,
    /** True for a key of these acts. */
    onKey(rowId: string, pressed: Pressed): boolean {
      if (!isOurs(pressed)) return false;
      void enter(({ onKey }) => onKey(rowId, pressed));
      return true;
    },
  };
}

const KEYS = ['a', 'c', 'l', 'insert', 'delete'];

function isOurs({ key, altKey, ctrlKey, metaKey, shiftKey }: Pressed): boolean {
  if (key === 'F2') return ctrlKey || shiftKey;
  if (altKey) return key === 'ArrowUp' || key === 'ArrowDown';
  return !ctrlKey && !metaKey && KEYS.includes(key.toLowerCase());
}
