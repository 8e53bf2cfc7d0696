/**
 * Two servers side by side: every call goes to both, and where their answers differ the night ends. The first one's
 * answers travel on.
 */
import type { NightDoors, Server, Truth } from './server.ts';

export class PairServer implements Server {
  readonly doors: NightDoors;
  readonly #one: Server;
  readonly #other: Server;

  constructor(one: Server, other: Server) {
    this.#one = one;
    this.#other = other;
    const door =
      <Args extends readonly unknown[], Answer>(name: keyof NightDoors) =>
      (...args: Args): Promise<Answer> =>
        bothOf(`${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`, [
          () => (one.doors[name] as (...args: readonly unknown[]) => Promise<Answer>)(...args),
          () => (other.doors[name] as (...args: readonly unknown[]) => Promise<Answer>)(...args),
        ]);
    this.doors = {
      createPlan: door('createPlan'),
      plans: door('plans'),
      delta: door('delta'),
      snapshot: door('snapshot'),
      snapshotPart: door('snapshotPart'),
      sync: door('sync'),
    };
  }

  async backup(): Promise<number> {
    await this.#other.backup();
    return await this.#one.backup();
  }

  async restore(backup: number, how: 'announced' | 'unannounced'): Promise<void> {
    await this.#one.restore(backup, how);
    await this.#other.restore(backup, how);
  }

  async changeShape(): Promise<void> {
    await this.#one.changeShape();
    await this.#other.changeShape();
  }

  async prune(): Promise<void> {
    await this.#one.prune();
    await this.#other.prune();
  }

  async look(): Promise<Truth> {
    return await this.#one.look();
  }

  /** Logs and rows too. */
  async inspect(): Promise<void> {
    const [one, other] = [await this.#one.look(), await this.#other.look()];
    const log = ({ head, totals, events }: Truth) => ({
      head,
      totals,
      events: events.map(({ hash: _, ...event }: Hashed) => event),
    });
    compare('the log', log(one), log(other));
    compare('the receipts', [...one.receipts.values()].sort(byText), [...other.receipts.values()].sort(byText));
    compare(
      'the rows',
      [...(await one.live())].map(cellsOf).sort(byText),
      [...(await other.live())].map(cellsOf).sort(byText),
    );
    await this.#one.inspect();
    await this.#other.inspect();
  }
}

/** The database's log names its hashes; the head has compared them. */
type Hashed = Truth['events'][number] & { readonly hash?: string };

async function bothOf<T>(call: string, [one, other]: readonly [() => Promise<T>, () => Promise<T>]): Promise<T> {
  const answer = await outcomeOf(one);
  compare(call, shown(answer), shown(await outcomeOf(other)));
  if ('error' in answer) throw answer.error;
  return answer.value;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

async function outcomeOf<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}

/** An answer's text, but that rows which changed in one edit come in any order. A refusal to answer by its sentence. */
function shown(outcome: Outcome<unknown>): unknown {
  if ('error' in outcome) return (outcome.error as Error).message;
  if (typeof outcome.value === 'string') return inOrder(outcome.value);
  const { etag, body } = outcome.value as { etag: string; body: string | null };
  return { etag, body: body === null ? null : inOrder(body) };
}

/** Receipts are compared to the byte, and so are parts, by their sha256 in a snapshot's manifest. */
function inOrder(text: string): unknown {
  const reply = JSON.parse(text);
  const receipts = /"receipts":(\[.*?\]),"cursor"/.exec(text)?.[1];
  for (const table of Object.values<{ rows: unknown[]; removed?: unknown[] }>(reply.rows ?? {})) {
    table.rows.sort(byText);
    table.removed?.sort(byText);
  }
  return { ...reply, ...(receipts ? { receipts } : {}) };
}

function compare(what: string, one: unknown, other: unknown): void {
  const [left, right] = [canonical(one), canonical(other)];
  if (left === right) return;
  const at = [...left].findIndex((character, i) => character !== right[i]);
  const near = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
  throw new Error(`the two servers differ in ${what.slice(0, 3000)}\n  …${near(left)}\n  …${near(right)}`);
}

const byText = (a: unknown, b: unknown) => (canonical(a) < canonical(b) ? -1 : 1);

function cellsOf({ table, row }: { readonly table: string; readonly row: object }): unknown {
  return { table, row };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
