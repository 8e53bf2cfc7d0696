/**
 * Small things that one reader of one plan finds again on this device: a half-made decision, what was seen last. Never
 * the only copy of an edit. A browser that keeps nothing loses only the comfort.
 */
import type { PlanView } from '../store/view.ts';

export interface Memory {
  get(key: string): unknown;
  /** Null forgets. */
  set(key: string, value: unknown): void;
  /** What is kept under keys that begin so. */
  keys(start: string): readonly string[];
}

export function memoryOf({ planId, user }: Pick<PlanView, 'planId' | 'user'>): Memory {
  const nameOf = (key: string) => `macroplan ${user.key} ${planId} ${key}`;
  return {
    get(key) {
      try {
        return JSON.parse(localStorage.getItem(nameOf(key)) ?? 'null');
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value === null) localStorage.removeItem(nameOf(key));
        else localStorage.setItem(nameOf(key), JSON.stringify(value));
      } catch {
        // Full, or forbidden in this browser.
      }
    },
    keys(start) {
      try {
        const all = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '');
        return all.filter((name) => name.startsWith(nameOf(start))).map((name) => name.slice(nameOf('').length));
      } catch {
        return [];
      }
    },
  };
}

/** The same for whatever plan the reader has open. */
export function memoryOfAllPlans({ user }: PlanView): Memory {
  return memoryOf({ user, planId: 'all plans' });
}
