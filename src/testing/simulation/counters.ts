/** What must have really happened in a batch of nights: a fault that never occurs proves nothing. */
export const SOMETIMES = [
  'applied',
  'merged',
  'noop',
  'conflict',
  'refused',
  'duplicate receipt',
  'request lost',
  'answer lost',
  'answer late',
  'request delivered twice',
  'answer truncated',
  'login page instead of data',
  'signed out',
  'server busy',
  'browser killed',
  'killed inside a transaction',
  'browser reopened',
  'tab frozen',
  'lead stolen',
  'quota exceeded',
  'edit taken back',
  'edits joined',
  'replica wiped',
  'replica cloned',
  'forked',
  'server restored',
  'edit came back after a restore',
  'snapshot taken',
  'reset epoch',
  'reset ahead',
  'reset shape',
  'reset access',
  'conflict settled',
  'offline',
] as const;

export type Sometimes = (typeof SOMETIMES)[number];

export class Counters {
  readonly #counts = new Map<Sometimes, number>();

  add(what: Sometimes, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  merge(other: Counters): void {
    for (const [what, times] of other.#counts) this.add(what, times);
  }

  count(what: Sometimes): number {
    return this.#counts.get(what) ?? 0;
  }

  get never(): readonly Sometimes[] {
    return SOMETIMES.filter((what) => this.count(what) === 0);
  }

  toString(): string {
    return SOMETIMES.map((what) => `${String(this.count(what)).padStart(8)}  ${what}`).join('\n');
  }
}
