/**
 * What views see: base ⊕ pending, what waits in the queue, and how the exchange with the server is doing. Views read
 * this and call `edit`; they never reach further.
 */
import type { Edit, MergedUnit, Op, Refusal, Verdict } from './edit.ts';
import type { Role, Rows } from './rows.ts';
import type { TableName } from './schema.ts';

export interface QueuedEdit {
  readonly edit: Edit;
  /** What the server will most likely say, as far as this device knows. */
  readonly predicted: Verdict;
  /** True once it is durable on this device; false for the few milliseconds before. */
  readonly isKept: boolean;
  /** True once a request that carried it has left this device: it may be at the server already. */
  readonly isSent: boolean;
  /** What it was before each later act was joined into it, oldest first; absent: it took in none. */
  readonly tookIn?: readonly Edit[] | undefined;
}

/** An edit that the server refused for good. It stays until its author has seen it. */
export interface RefusedEdit {
  readonly edit: Edit;
  readonly refusal: Refusal;
}

/** An edit that took effect together with what others had changed in the same rows. It stays until its author has seen it. */
export interface MergedEdit {
  readonly editId: string;
  readonly label: string;
  readonly merged: readonly MergedUnit[];
}

export interface ActivityEvent {
  readonly rev: number;
  readonly n: number;
  /** Server time, milliseconds. */
  readonly at: number;
  readonly actor: string;
  readonly actor_name: string;
  readonly label: string;
  readonly op: string;
  readonly table_name: TableName;
  readonly row_id: string;
}

/** That the server's history became another one than this device knew, kept until its reader has seen it. */
export interface Restored {
  /** Of the other history, when it was first met. */
  readonly rev: number;
  /** It lacks something that this device had read. */
  readonly isOlder: boolean;
  /** Server clock, milliseconds, of the last change that the two have in common; null: not known. */
  readonly until: number | null;
  /** Ids of the edits of this device that had taken effect and were offered again. */
  readonly edits: readonly string[];
  /** Those of them that it had still. */
  readonly kept: readonly string[];
}

export type RowMaps = { readonly [T in TableName]: ReadonlyMap<string, Rows[T]> };

/** As many of the latest events as a replica keeps. */
export const EVENTS_KEPT = 50;

export interface PlanView {
  readonly planId: string;
  readonly user: { readonly key: string; readonly name: string };
  readonly role: Role;
  /** The plan's revision that base stands at. */
  readonly rev: number;
  /** base ⊕ pending: live rows by id. */
  readonly rows: RowMaps;
  /** Rows as the server last sent them. */
  readonly base: RowMaps;
  /** Ids of rows that a pending edit touches. */
  readonly pendingRows: ReadonlySet<string>;
  readonly queue: readonly QueuedEdit[];
  readonly refused: readonly RefusedEdit[];
  readonly merged: readonly MergedEdit[];
  /** How many records of the queue could not be read as edits; they are in the file of `exportPending` and are never sent. */
  readonly damaged: number;
  /** The server went back, or another one took its place; null: not so, or its reader knows. */
  readonly restored: Restored | null;
  /** Newest first, at most `EVENTS_KEPT`. */
  readonly events: readonly ActivityEvent[];
  /** What undo would do now, as a label: "Undo slip of 12 chapters"; null: there is nothing. */
  readonly undo: string | null;
  readonly redo: string | null;
  /** The id of the edit that undo would take back. */
  readonly undoOf: string | null;
}

/**
 * - `starting`: no answer yet since the page opened. `online`: the last exchange worked.
 * - `offline`: the server cannot be reached; edits are kept on this device.
 * - `signed-out`: the session ended. `wrong-user`: somebody else is signed in; nothing is pushed.
 * - `forbidden`: this plan may not be read any more. `too-old`: this page must be reloaded.
 * - `looping`: the server's answers lead nowhere; the page asks only now and then until a person asks.
 * - `storage`: the browser cannot keep edits; what is typed is not safe.
 */
export type Condition =
  | 'starting'
  | 'online'
  | 'offline'
  | 'signed-out'
  | 'wrong-user'
  | 'forbidden'
  | 'too-old'
  | 'looping'
  | 'storage';

export interface SyncState {
  readonly condition: Condition;
  /** Device clock, milliseconds: when this condition began. */
  readonly since: number;
  /** Device clock, milliseconds: when the last good answer came; null before the first (also after a reload offline). */
  readonly freshAt: number | null;
  /** Polls since then that brought no good answer. */
  readonly missedPolls: number;
  /** Add to the device's clock to get the server's, milliseconds; for display only. */
  readonly clockOffset: number;
  /** A sentence with a code, where the condition needs one. */
  readonly detail: string | null;
  /** Where edits wait until they are sent. `page`: this browser keeps nothing, so they go with the page. */
  readonly keepsOn: 'device' | 'page';
  /** While the whole plan is on its way: how much of it is here, 0 to 1; null at other times. */
  readonly arrived: number | null;
}

export interface PlanStore {
  view(): PlanView;
  syncState(): SyncState;
  /** Calls back after view or syncState changed, at most once a task. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void;
  /**
   * Shows the edit at once and resolves when it is durable on this device.
   * Rejects with a `NotKeptError` where the browser could not keep it; then it is not shown either.
   */
  edit(label: string, ops: readonly Op[]): Promise<void>;
  /** Tries once more to keep an edit that was not, under its id, and with what its author had seen then. Rejects as `edit`. */
  keepAgain(edit: Edit): Promise<void>;
  /**
   * Puts back, as a new edit, what this person's last act in this plan on this device changed, wherever nobody changed it
   * since. Says in sentences what went back and what stayed; null: there was nothing to undo. Rejects as `edit` does.
   */
  undo(): Promise<string | null>;
  /** Does again what was undone last; a new act of the person ends what can be redone. */
  redo(): Promise<string | null>;
  /** The author has seen that these edits were refused: forget it. */
  dismissRefused(editIds: readonly string[]): Promise<void>;
  /** The author has seen with what these edits were combined: forget it. */
  dismissMerged(editIds: readonly string[]): Promise<void>;
  /** The person knows of what could not be read: forget it. */
  dismissDamaged(): Promise<void>;
  /** The reader knows that the server is not the one that it was: forget it. */
  dismissRestored(): Promise<void>;
  /** Everything typed here that has no receipt or was refused, and edits that could not be kept, as JSON text to download. */
  exportPending(notKept: readonly Edit[]): Promise<string>;
  /**
   * Queues the edits of such a file, from this or another device, and returns how many of them were new here. Rejects with
   * a sentence for the person, and then nothing was loaded.
   */
  importPending(text: string): Promise<number>;
  /** Asks for an exchange now (the person pressed "Retry now"). */
  requestSync(): void;
}
