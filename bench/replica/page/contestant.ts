/** What every engine is asked to do in the page; the stage times it. An adapter does as its project advises. */
export interface BenchRow {
  readonly id: string;
  readonly rev: number;
  readonly note?: string;
}

/** In memory and ready to be shown now; durable, that is there for another page after this process is killed, later. */
export interface Arrived {
  readonly durable: Promise<unknown>;
}

export interface Contestant {
  open(): Promise<unknown>;
  /** Every row in memory, after `open`. */
  all(): Promise<Iterable<BenchRow>>;
  /** These rows as they are to be shown. */
  some(ids: readonly string[]): Promise<readonly (BenchRow | undefined)[]>;
  /** One catching up with the server: at first everything. */
  pull(): Promise<Arrived>;
  /** A person's edit of one row; resolves when it may be shown. Nothing is sent before `push`. */
  edit(id: string, note: string): Promise<Arrived>;
  /** Sends everything that was edited; resolves when each edit has its receipt and nothing is pending. */
  push(): Promise<unknown>;
  /** Stays up to date from now on, asking about every 7 seconds, in this tab among others. */
  follow(): unknown;
}
