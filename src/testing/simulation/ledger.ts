/**
 * The ledger of a night: what each page promised its person, held against what the server did. It checks after every
 * step what must never be false, and at the end, when everything is healed, what must have become true.
 */
import type { Edit } from '../../store/edit.ts';
import { StorageError } from '../../store/errors.ts';
import type { Replica } from '../../store/replica.ts';
import type { Fields, Value } from '../../store/rows.ts';
import type { Counters } from './counters.ts';
import type { ModelEvent } from './model-plan.ts';
import type { Profile } from './profile.ts';
import type { Truth } from './server.ts';
import type { Tab } from './tab.ts';

export class Broken extends Error {
  readonly invariant: string;

  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`);
    this.invariant = invariant;
  }
}

interface Promised {
  readonly edit: Edit;
  readonly profile: Profile;
}

export class Ledger {
  readonly #counters: Counters;
  readonly #kept = new Map<string, Promised>();
  readonly #takenBack = new Set<string>();
  /** Unsent edits that a later one may have taken in. */
  readonly #mayGo = new Set<string>();
  /** Edits that took one in, as they are then. */
  readonly #joined = new Map<string, Edit>();
  /** Edits that were once applied and so are in somebody's journal. */
  readonly #effective = new Set<string>();
  /** Count and checksum of the plan at each point of each history, as the server had them. */
  readonly #integrity = new Map<string, { row_count: number; row_sum: number }>();
  readonly #cursors = new Map<Replica, { readonly rev: number; readonly resets: number }>();
  #checkedEvents = 0;
  #failure: Broken | null = null;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  /** Keeps the first failure; the night ends at the next step. */
  fail(invariant: string, detail: string): void {
    this.#failure ??= new Broken(invariant, detail);
  }

  throwFailure(): void {
    if (this.#failure) throw this.#failure;
  }

  kept(edit: Edit, profile: Profile): void {
    this.#kept.set(edit.id, { edit, profile });
  }

  /** `edit` has no ops where it and the one that it took in change nothing together. */
  readonly joined = (taken: Edit, edit: Edit): void => {
    this.#counters.add('edits joined');
    this.#mayGo.add(taken.id);
    if (edit.ops.length === 0) this.#mayGo.add(edit.id);
    this.#joined.set(edit.id, edit);
  };

  takenBack(edit: Edit): void {
    this.#takenBack.add(edit.id);
  }

  /** What becomes of it is the copy's to tell. */
  leftToCopy({ id }: Edit): void {
    this.#kept.delete(id);
  }

  /**
   * The person's database is gone: what was answered, by this history or one before a restore, can neither be shown nor
   * brought back; what waits has a second copy.
   */
  wiped(profile: Profile, truth: Truth): void {
    for (const [id, { profile: owner }] of this.#kept) {
      const wasAnswered = truth.receipts.has(id) || this.#effective.has(id);
      if (owner === profile && wasAnswered) this.#kept.delete(id);
    }
  }

  cannotOpen(tab: Tab, error: unknown): void {
    if (error instanceof StorageError && tab.profile.isFull) tab.close();
    else if (error instanceof DOMException && tab.profile.isFull) tab.close();
    else this.fail('a page opens', String((error as Error).stack ?? error));
  }

  opened(tab: Tab, replica: Replica): void {
    this.#check(tab, replica);
  }

  exchanged(tab: Tab): void {
    if (tab.replica) this.#check(tab, tab.replica);
  }

  /** After each step of the world. */
  step(truth: Truth, tabs: Iterable<Tab>): void {
    this.#integrity.set(truth.head, { ...truth.totals });
    this.#checkLog(truth);
    for (const tab of tabs) if (tab.replica) this.#check(tab, tab.replica);
    this.throwFailure();
  }

  /** The server went back from `before`; its log is read again from there. */
  restored(before: Truth['receipts'], truth: Truth): void {
    // An edit that had no effect was answered; only the answer is lost, and its author has it.
    for (const id of this.#kept.keys()) if (before.get(id)?.rev === null) this.#kept.delete(id);
    this.#checkedEvents = Math.min(this.#checkedEvents, truth.events.length);
  }

  /** When all is healed: everything promised is at the server, and everybody sees the same. `live`: the server's rows. */
  end(truth: Truth, live: LiveRows, profiles: readonly Profile[]): void {
    for (const profile of profiles) {
      for (const { replica } of profile.tabs) {
        if (!replica) {
          this.fail('a page opens', profile.userKey);
          continue;
        }
        if (replica.queue.length > 0) this.fail('queues empty', `${profile.userKey}: ${replica.queue.length} left`);
        const { condition, detail } = replica.syncState();
        if (condition !== 'online') this.fail('everybody is online', `${profile.userKey}: ${condition} (${detail})`);
        if (!replica.matches(truth.totals)) this.fail('everybody sees the same', profile.userKey);
        for (const { table, row } of live) {
          const mine = replica.view().rows[table].get(row.id) as Fields | undefined;
          if (!equal(mine, row)) this.fail('everybody sees the same', `${profile.userKey}: ${table} ${row.id}`);
        }
      }
    }
    for (const { edit, profile } of this.#kept.values()) {
      const receipt = truth.receipts.get(edit.id);
      if (!receipt && !this.#mayGo.has(edit.id))
        this.fail('no kept edit is lost', `${profile.userKey}: ${edit.label} ${edit.id}`);
      if (receipt?.conflict && !live.some(({ row }) => row.id === receipt.conflict))
        this.fail('a conflict waits for a person', edit.id);
      if (receipt?.outcome === 'refused' && ![...profile.tabs].every((tab) => showsRefused(tab, edit.id)))
        this.fail('a refused edit stays in view', `${profile.userKey}: ${edit.label} ${receipt.refusal?.code}`);
      if (receipt?.outcome === 'merged' && ![...profile.tabs].every((tab) => showsMerged(tab, edit.id)))
        this.fail('an edit combined with others stays in view', `${profile.userKey}: ${edit.label}`);
    }
    for (const id of this.#takenBack) {
      if (truth.receipts.has(id)) this.fail('an edit taken back has no effect', id);
    }
    if (!isFoldOf(truth.events, live)) this.fail('the log rebuilds the rows', truth.head);
    this.throwFailure();
  }

  #check(tab: Tab, replica: Replica): void {
    const [epoch = '', rev = '0', hash = ''] = replica.cursor.split('.');
    if (epoch === '') return;
    const known = this.#integrity.get(`${epoch}.${rev}.${hash}`);
    if (known && !replica.matches(known))
      this.fail('base is the plan at its cursor', `${tab.profile.userKey} at ${replica.cursor}`);
    const { resets } = tab.profile;
    const last = this.#cursors.get(replica) ?? { rev: 0, resets: resets - 1 };
    const isBack = Number(rev) < last.rev;
    // Once after each reset that told a page of this profile of another history.
    if (isBack && last.resets === resets) this.fail('a cursor never goes back', `${last.rev} → ${rev}`);
    this.#cursors.set(replica, { rev: Number(rev), resets: isBack ? resets : last.resets });
  }

  #checkLog(truth: Truth): void {
    for (; this.#checkedEvents < truth.events.length; this.#checkedEvents += 1) {
      const event = truth.events[this.#checkedEvents];
      if (!event || event.edit_id === null) continue;
      if (truth.events.some(({ edit_id, rev }) => edit_id === event.edit_id && rev !== event.rev)) {
        this.fail('an edit takes effect once', event.edit_id);
      }
      if (this.#takenBack.has(event.edit_id)) this.fail('an edit taken back has no effect', event.edit_id);
      const { edit: typed, profile } = this.#kept.get(event.edit_id) ?? {};
      const edit = this.#joined.get(event.edit_id) ?? typed;
      if (edit) this.#checkEffect(edit, event, truth);
      if (profile && event.actor !== profile.userKey)
        this.fail('an edit is made in the name of its author', `${profile.userKey}’s by ${event.actor}`);
      if (event.n === 1 && this.#effective.has(event.edit_id)) this.#counters.add('edit came back after a restore');
      this.#effective.add(event.edit_id);
    }
  }

  /** What an edit did is what its author meant: nothing was overwritten that the author had not seen. */
  #checkEffect(edit: Edit, event: ModelEvent, truth: Truth): void {
    const op = edit.ops.length === 1 ? edit.ops[0] : undefined;
    const { before, after } = event;
    if (!op || !before || !after || event.op !== 'update' || event.table_name === 'conflicts') return;
    const outcome = truth.receipts.get(edit.id)?.outcome;
    if (op.op === 'slip') {
      const by = Number(after.planned_start) - Number(before.planned_start);
      if (by !== op.by) this.fail('a slip moves by what its author said, once', `${by} instead of ${op.by}`);
    }
    if (op.op === 'set' && op.base && outcome === 'applied') {
      for (const [field, value] of Object.entries(before)) {
        if (!equal(op.base[field] ?? null, value))
          this.fail('nothing is silently overwritten', `${field} of ${event.row_id}`);
      }
    }
  }
}

type LiveRows = Awaited<ReturnType<Truth['live']>>;

const showsRefused = ({ replica }: Tab, id: string) =>
  replica?.view().refused.some(({ edit }) => edit.id === id) ?? false;

const showsMerged = ({ replica }: Tab, id: string) =>
  replica?.view().merged.some(({ editId }) => editId === id) ?? false;

function isFoldOf(events: Truth['events'], live: LiveRows): boolean {
  const rows = new Map<string, Fields | null>();
  for (const { table_name, row_id, after, op } of events) {
    const key = `${table_name}/${row_id}`;
    rows.set(key, op === 'remove' ? null : { ...(op === 'update' ? rows.get(key) : {}), ...after });
  }
  const folded = [...rows].filter(([, fields]) => fields !== null);
  return (
    folded.length === live.length &&
    live.every(({ table, row }) => {
      const { id: _id, rev: _rev, ...fields } = row;
      return equal(rows.get(`${table}/${row.id}`) ?? null, fields as Fields);
    })
  );
}

function equal(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: Value | undefined): Value {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
