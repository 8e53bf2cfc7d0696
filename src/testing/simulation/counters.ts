/** What must have really happened in a batch of nights: a fault that never occurs proves nothing. */
export const SOMETIMES = [
  'applied',
  'merged',
  'noop',
  'conflict',
  'conflict both_changed',
  'conflict both_moved',
  'conflict both_resized',
  'conflict double_slip',
  'conflict removed',
  'conflict children_changed',
  'conflict constraint',
  'conflict blocked',
  'refused',
  'refused not_allowed',
  'refused unknown_row',
  'refused duplicate_code',
  'refused bad_transition',
  'refused iteration_frozen',
  'refused conflict_closed',
  'duplicate receipt',
  'request lost',
  'answer lost',
  'answer late',
  'request delivered twice',
  'request delivered again much later',
  'request overtaken',
  'answer truncated',
  'login page instead of data',
  'page of a proxy',
  'stale answer of a cache',
  'signed out',
  'somebody else signed in',
  'another session refused',
  'server busy',
  'slowed down',
  'browser killed',
  'killed inside a transaction',
  'browser reopened',
  'power cut dropped what was not flushed',
  'tab frozen',
  'lead stolen',
  'quota exceeded',
  'edit taken back',
  'edits joined',
  'replica wiped',
  'replica wiped with edits that waited',
  'replica cloned',
  'forked',
  'server restored',
  'edit came back after a restore',
  'snapshot taken',
  'role changed',
  'access taken away',
  'plan not found',
  'reset epoch',
  'reset ahead',
  'reset shape',
  'reset access',
  'reset horizon',
  'conflict settled',
  'act undone',
  'act redone',
  'edit undone before it was sent',
  'offline',
] as const;

export type Sometimes = (typeof SOMETIMES)[number];

/** What is not on the list is counted too, and shown by nobody. */
type Counted = Sometimes | `${Sometimes} ${string}` | `reset ${string}`;

export class Counters {
  readonly #counts = new Map<string, number>();

  add(what: Counted, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  merge(other: Counters): void {
    for (const [what, times] of other.#counts) this.add(what as Sometimes, times);
  }

  count(what: Counted): number {
    return this.#counts.get(what) ?? 0;
  }

  get never(): readonly Sometimes[] {
    return SOMETIMES.filter((what) => this.count(what) === 0);
  }

  toString(): string {
    return SOMETIMES.map((what) => `${String(this.count(what)).padStart(8)}  ${what}`).join('\n');
  }
}
