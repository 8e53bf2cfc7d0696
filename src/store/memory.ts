/**
 * What this page has in memory of one plan: base, desk and the edits that wait. Memory follows the disk: a change is shown
 * after its transaction completed. The one exception is an edit, which is shown at once and taken back, with an error for
 * the person, if the browser could not keep it.
 */
import { Base } from './base.ts';
import type { QueueRecord, ReplicaDatabase } from './database.ts';
import type { RowColumns } from './delta.ts';
import { type Desk, readStored } from './desk.ts';
import { Listeners } from './listeners.ts';
import { type Overlay, overlay } from './overlay.ts';
import { type PendingEdit, planView, roleOf } from './plan-view.ts';
import { dropBase } from './put-back.ts';
import { parseSegment } from './segment.ts';
import type { SpareCopies } from './spare-copies.ts';
import type { PlanView, SyncState } from './view.ts';

interface Begun {
  readonly planId: string;
  readonly user: PlanView['user'];
  /** Device clock, milliseconds. */
  readonly clock: () => number;
  readonly database: ReplicaDatabase;
  readonly desk: Desk;
  readonly damaged: readonly unknown[];
  readonly keepsOn: SyncState['keepsOn'];
  /** Where what waits is copied besides. */
  readonly spare: SpareCopies | undefined;
}

export class Memory {
  readonly planId: string;
  readonly user: PlanView['user'];
  /** Another one after the browser had closed it. */
  database: ReplicaDatabase;
  /** Set aside when this page was opened: nobody can tell what it was. */
  damaged: readonly unknown[];
  readonly viewers = new Listeners();
  /** Told after this tab changed what is stored, so that other tabs can follow. */
  readonly otherTabs = new Listeners();
  readonly #clock: () => number;
  readonly #spare: SpareCopies | undefined;
  #base = new Base();
  #desk: Desk;
  #changedRows = 0;
  #pending: readonly PendingEdit[] = [];
  #syncState: SyncState;
  /** Over the base as it is; null since it moved. */
  #overlay: Overlay | null = null;
  #view: PlanView | null = null;
  #isTelling = false;
  #lastTask: Promise<void> = Promise.resolve();

  constructor({ planId, user, clock, database, desk, damaged, keepsOn, spare }: Begun) {
    this.planId = planId;
    this.user = user;
    this.database = database;
    this.damaged = damaged;
    this.#clock = clock;
    this.#spare = spare;
    this.#desk = desk;
    this.#syncState = {
      condition: 'starting',
      since: clock(),
      freshAt: null,
      missedPolls: 0,
      clockOffset: 0,
      detail: null,
      keepsOn,
      arrived: null,
    };
  }

  get base(): Base {
    return this.#base;
  }

  get desk(): Desk {
    return this.#desk;
  }

  /** Rows in the texts of the `deltas` store: a row that changes twice counts twice. */
  get changedRows(): number {
    return this.#changedRows;
  }

  /** Also what is still on its way to the disk. */
  get pending(): readonly PendingEdit[] {
    return this.#pending;
  }

  /** Edits safe on this device and without a receipt, in order. */
  get queue(): readonly QueueRecord[] {
    return this.#pending.filter(({ isKept }) => isKept).map(({ record }) => record);
  }

  get syncState(): SyncState {
    return this.#syncState;
  }

  view(): PlanView {
    this.#view ??= this.#newView();
    return this.#view;
  }

  setSyncState(changes: Partial<SyncState>): void {
    const isNew = changes.condition !== undefined && changes.condition !== this.#syncState.condition;
    this.#syncState = { ...this.#syncState, ...(isNew ? { since: this.#clock() } : {}), ...changes };
    this.#tellViewers();
  }

  setPending(pending: readonly PendingEdit[]): void {
    this.#pending = pending;
    this.#spare?.follow(this.queue.map(({ edit }) => edit));
    this.#view = null;
    this.#tellViewers();
  }

  /** What an edit that is kept now leaves on the piles; `setPending` shows it. */
  setPiles(piles: Desk['piles']): void {
    this.#desk = { ...this.#desk, piles };
  }

  /** Reading the disk into memory takes several steps; two at once would mix two moments. */
  exclusively(task: () => Promise<void>): Promise<void> {
    const run = this.#lastTask.then(task);
    this.#lastTask = run.catch(() => undefined);
    return run;
  }

  /** Reads again what is stored: at opening, and when another tab changed it. */
  refresh(): Promise<void> {
    return this.exclusively(() => this.follow());
  }

  /** Makes memory what the disk is. This, as `advance`, belongs into a task of `exclusively`. */
  async follow(): Promise<void> {
    const keptBefore = this.keptEdits();
    const [desk, { segments, deltas }] = await readStored(this.database, this.#desk.state);
    try {
      const rows = deltas.map(parseSegment);
      if (segments) {
        this.#base = builtFrom(segments);
        this.#changedRows = 0;
      }
      for (const each of rows) this.#changedRows += this.#base.lay(each);
    } catch {
      await dropBase(this.database);
      return this.follow();
    }
    this.#adopt(desk, keptBefore);
  }

  /** Noted before the disk is written, for `advance`. */
  keptEdits(): ReadonlySet<string> {
    return new Set(this.queue.map(({ edit }) => edit.id));
  }

  /** Makes memory what this page has just written: the desk, and the rows of `base` with `since` after them. */
  advance(desk: Desk, keptBefore: ReadonlySet<string>, { base, since }: { base: Base; since: RowColumns }): void {
    if (base !== this.#base) this.#changedRows = 0;
    this.#base = base;
    this.#changedRows += base.lay(since);
    this.#adopt(desk, keptBefore);
  }

  #adopt(desk: Desk, keptBefore: ReadonlySet<string>): void {
    this.#desk = desk;
    this.#overlay = null;
    const stored = new Set(desk.queue.map(({ edit }) => edit.id));
    // What was not on disk before the read began is still on its way there; it has not left the queue.
    const arriving = this.#pending.filter(
      ({ record }) => !stored.has(record.edit.id) && !keptBefore.has(record.edit.id),
    );
    this.setPending([...desk.queue.map((record) => ({ record, isKept: true })), ...arriving]);
  }

  #newView(): PlanView {
    const { planId, user, damaged } = this;
    const [base, pending, desk] = [this.#base, this.#pending, this.#desk];
    const edits = pending.map(({ record }) => record.edit);
    this.#overlay = overlay(base, edits, { ...user, role: roleOf(desk) }, this.#overlay);
    return planView({ planId, user, base, overlay: this.#overlay, pending, desk, damaged: damaged.length });
  }

  /** One call back a task, however much changed. */
  #tellViewers(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.viewers.tell();
    });
  }
}

/** Throws where a segment cannot be read. */
function builtFrom(segments: readonly string[]): Base {
  const base = new Base();
  for (const text of segments) base.lay(parseSegment(text));
  return base;
}
