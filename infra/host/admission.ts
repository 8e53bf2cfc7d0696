/**
 * Who may write now. Edits of one plan wait for that plan's row lock while they hold a connection; without a bound one
 * busy plan would take them all and nobody could read. So at most `most` requests of one plan are inside, a few wait
 * outside for a short while, and the rest are told to come back.
 */
import { Problem } from './problem.ts';

export interface Admission {
  /** Runs `work` once there is room; rejects with a 503 Problem where none came free within the waiting time. */
  readonly run: <T>(plan: string, work: () => Promise<T>) => Promise<T>;
}

export interface AdmissionLimits {
  readonly most: number;
  readonly wait_ms: number;
}

export function createAdmission({ most, wait_ms }: AdmissionLimits): Admission {
  const doors = new Map<string, Door>();

  async function run<T>(plan: string, work: () => Promise<T>): Promise<T> {
    const door = doors.get(plan) ?? { inside: 0, waiting: [] };
    doors.set(plan, door);
    if (door.inside < most) door.inside += 1;
    else await turn(door, wait_ms);
    try {
      return await work();
    } finally {
      // The place is handed on rather than given up, so nobody who comes later overtakes who waits.
      const next = door.waiting.shift();
      if (next !== undefined) next();
      else if (--door.inside === 0) doors.delete(plan);
    }
  }

  return { run };
}

interface Door {
  inside: number;
  readonly waiting: (() => void)[];
}

function turn(door: Door, wait_ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const enter = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      door.waiting.splice(door.waiting.indexOf(enter), 1);
      reject(new Problem('busy', 'Many people are saving to this plan just now. Please try again.', 2));
    }, wait_ms);
    door.waiting.push(enter);
  });
}
