/**
 * A model of the server: PROTOCOL's doors over one `ModelPlan`, in the same words as the SQL, to the byte. It exists so
 * that thousands of simulated nights run without a database; nights played on both sides keep it equal to the SQL.
 */
import { createHash } from 'node:crypto';
import type { Identity } from '../../../infra/host/identity.ts';
import { Problem } from '../../../infra/host/problem.ts';
import type { Edit, Receipt } from '../../store/edit.ts';
import type { Role } from '../../store/rows.ts';
import { type Cursor, readCursor, writeCursor } from './model-cursor.ts';
import { ModelPlan } from './model-plan.ts';
import { deltaText, partRows, receiptText } from './model-wire.ts';
import type { NightDoors, Server, Truth } from './server.ts';

const FAR_ROWS = 5_000;
const SNAPSHOT_ROWS_BEHIND_MAX = 999;
const EVENTS_SENT = 50;
const HOUR_MS = 3_600_000;
const ROLES: readonly Role[] = ['lead', 'planner', 'viewer'];

export interface ModelEnvironment {
  /** The server's clock, milliseconds. */
  readonly clock: () => number;
  /** What `gen_random_uuid()` answers. */
  readonly newId: () => string;
}

export class ModelServer implements Server {
  #plan = new ModelPlan();
  #epoch: string;
  #shape = 1;
  readonly #backups: { readonly plan: ModelPlan; readonly epoch: string }[] = [];
  readonly #environment: ModelEnvironment;

  constructor(environment: ModelEnvironment) {
    this.#environment = environment;
    this.#epoch = environment.newId();
  }

  readonly doors: NightDoors = {
    createPlan: async (who, body) => this.#create(who, JSON.parse(body)),
    plans: async (who) => this.#plans(who),
    delta: async (who, _plan, cursor, etag) => this.#delta(this.#roleIn(who), cursor, etag),
    snapshot: async (who) => this.#snapshot(this.#roleIn(who)),
    snapshotPart: async (who, _plan, snapshot, part) => this.#part(this.#roleIn(who), snapshot, part),
    sync: async (who, _plan, body) => this.#sync(who, JSON.parse(body)),
  };

  async backup(): Promise<number> {
    return this.#backups.push({ plan: this.#plan.copy(), epoch: this.#epoch }) - 1;
  }

  async restore(number: number, how: 'announced' | 'unannounced'): Promise<void> {
    const backup = this.#backups[number];
    if (!backup) throw new Error(`there is no backup ${number}`);
    this.#plan = backup.plan.copy();
    this.#epoch = how === 'announced' ? this.#environment.newId() : backup.epoch;
  }

  async changeShape(): Promise<void> {
    this.#shape += 1;
  }

  async prune(): Promise<void> {
    this.#plan.prune(this.#environment.clock());
  }

  async look(): Promise<Truth> {
    const { rev, totals, events, receipts } = this.#plan;
    const { epoch, hash } = this.#cursor('viewer');
    const plan = this.#plan;
    return { head: [epoch, rev, hash].join('.'), totals, events, receipts, live: async () => plan.live() };
  }

  async inspect(): Promise<void> {}

  #create(who: Identity, { id, code, name, time_zone }: { [field in 'id' | 'code' | 'name' | 'time_zone']: string }) {
    const member = { principal: `user:${who.user_key}`, role: 'lead' };
    const made = [
      { table: 'plans', row: { id, rev: 0, code, name, time_zone, state: 'draft' } },
      { table: 'plan_members', row: { id: this.#environment.newId(), rev: 0, ...member } },
    ] as const;
    this.#plan.create(made, { key: who.user_key, name: who.display_name }, this.#environment.clock());
    return this.#planText(who) ?? '';
  }

  #roleOf(who: Identity): Role | null {
    const principals = [`user:${who.user_key}`, ...who.groups.map((name) => `group:${name}`)];
    const roles = this.#plan
      .live('plan_members')
      .filter(({ row }) => principals.includes(String(row.principal)))
      .map(({ row }) => row.role);
    return ROLES.find((role) => roles.includes(role)) ?? null;
  }

  #roleIn(who: Identity): Role {
    const role = this.#roleOf(who);
    if (role === null) throw new Problem('not_found', 'There is no such plan, or you may not read it.');
    return role;
  }

  #planText(who: Identity): string | null {
    const role = this.#roleOf(who);
    const [plan] = this.#plan.live('plans');
    if (role === null || !plan) return null;
    const { id, code, name, time_zone, state } = plan.row;
    return JSON.stringify({ id, code, name, time_zone, state, role, rev: this.#plan.rev });
  }

  #plans(who: Identity): string {
    const user = JSON.stringify({ key: who.user_key, name: who.display_name });
    return `{"user":${user},"plans":[${this.#planText(who) ?? ''}]}`;
  }

  #delta(role: Role, cursor: string | null, etag: string | null): { etag: string; body: string | null } {
    const head = writeCursor(this.#cursor(role));
    const known = etag?.replaceAll(/^(W\/)?"?|(-\w+)?"?$/g, '');
    const body =
      head === cursor && head === known
        ? null
        : `{${this.#changesSince(role, cursor, this.#reset(readCursor(cursor), role))}`;
    return { etag: head, body };
  }

  #sync(who: Identity, { cursor, client, edits }: { cursor: string | null; client: string; edits: readonly Edit[] }) {
    let role = this.#roleIn(who);
    const author = who.user_key;
    const known = this.#plan.clients.get(client);
    const isForked =
      known !== undefined &&
      edits.some(({ id, seq }) => (known.author !== author || seq <= known.lastSeq) && !this.#plan.receipts.has(id));
    let reset = this.#reset(readCursor(cursor), role);
    const since = reset === 'none' || reset === 'epoch' || reset === 'ahead' ? 0 : (readCursor(cursor)?.rev ?? 0);
    const receipts: string[] = [];
    let lastSeq = known?.author === author ? known.lastSeq : 0;
    for (const edit of isForked ? [] : edits) {
      receipts.push(this.#take(edit, { who, role: this.#roleOf(who), client, since }));
      lastSeq = Math.max(known?.lastSeq ?? 0, edit.seq);
    }
    if (edits.some(({ ops }) => ops.some((op) => 'table' in op && op.table === 'plan_members'))) {
      role = this.#roleOf(who) ?? role;
      reset = this.#reset(readCursor(cursor), role);
    }
    if (edits.length > 0 && !isForked) {
      this.#plan.clients.set(client, { author: known?.author ?? author, lastSeq });
    }
    const opening = isForked ? '"forked":true,' : '';
    return `{${opening}"last_seq":${lastSeq},"receipts":[${receipts}],${this.#changesSince(role, cursor, reset)}`;
  }

  /** One edit: its stored receipt if it is known, else what becomes of it now (functions/requests/take_edit.sql). */
  #take(edit: Edit, { who, role, client, since }: Taking): string {
    const { receipts, authors } = this.#plan;
    const known = receipts.get(edit.id);
    const isTheirs = known !== undefined && authors.get(edit.id) !== who.user_key;
    if (known && !isTheirs && known.refusal?.code !== 'unknown_row') return receiptText({ ...known, dup: true });
    let receipt: Receipt;
    if (isTheirs) {
      receipt = refused(edit, "This change bears the number of somebody else's change.");
    } else if (role === null) {
      receipt = refused(edit, 'You may not change this plan any more.');
    } else {
      const actor = { key: who.user_key, name: who.display_name, role };
      const unseen = Math.min(since, edit.seen ?? since);
      receipt = this.#plan.apply(edit, { actor, client, since: unseen, now: this.#environment.clock() });
    }
    if (known && !isTheirs && receipt.refusal) return receiptText({ ...known, dup: true });
    if (!isTheirs) {
      receipts.set(edit.id, receipt);
      authors.set(edit.id, who.user_key);
    }
    return receiptText(receipt);
  }

  /** The members of a delta, and the brace that ends it. */
  #changesSince(role: Role, text: string | null, reason: string | null): string {
    const plan = this.#plan;
    const cursor = readCursor(text);
    const changed = cursor ? [...plan.rows.values()].filter(({ row }) => row.rev > cursor.rev) : [];
    const reset = reason ?? (changed.length > FAR_ROWS ? 'far' : null);
    const since = reset === null && cursor ? cursor.rev : plan.rev;
    return deltaText({
      cursor: writeCursor(this.#cursor(role)),
      rev: plan.rev,
      reset,
      now: this.#environment.clock(),
      rows: reset === null ? changed : [],
      events: plan.events
        .filter(({ rev }) => rev > since)
        .slice(-EVENTS_SENT)
        .reverse(),
      totals: plan.totals,
    });
  }

  /** Another history comes before every other reason (functions/reading/reset_reason.sql). */
  #reset(cursor: Cursor | null, role: Role): string | null {
    if (cursor === null) return 'none';
    const here = this.#cursor(role);
    if (cursor.epoch !== here.epoch) return 'epoch';
    if (cursor.rev > this.#plan.rev) return 'ahead';
    if (cursor.hash !== this.#hashAt(cursor.rev)) return 'epoch';
    if (cursor.shape !== here.shape) return 'shape';
    if (cursor.access !== here.access) return 'access';
    return cursor.rev < this.#plan.minSince ? 'horizon' : null;
  }

  /** The newest stored snapshot from which a delta is short, or a new one. */
  #snapshot(role: Role): string {
    const shape = String(this.#shape);
    const plan = this.#plan;
    const isNear = (rev: number) =>
      [...plan.rows.values()].filter(({ row }) => row.rev > rev).length <= SNAPSHOT_ROWS_BEHIND_MAX;
    const usable = plan.snapshots.filter((one) => one.shape === shape && one.rev >= plan.minSince && isNear(one.rev));
    const { id, rev, text, rows } = usable.sort((a, b) => b.rev - a.rev)[0] ?? this.#store(shape);
    const cursor = writeCursor({ ...this.#cursor(role), rev, hash: this.#hashAt(rev) });
    const sha256 = createHash('sha256').update(text).digest('hex');
    const part = `{"part":0,"rows":${rows},"bytes":${Buffer.byteLength(text)},"sha256":"${sha256}"}`;
    return `{"snapshot":"${id}","cursor":"${cursor}","rev":${rev},"parts":[${part}]}`;
  }

  #store(shape: string) {
    const { snapshots, rev } = this.#plan;
    const now = this.#environment.clock();
    // Parts that nobody can be fetching any more go.
    snapshots.splice(0, snapshots.length, ...snapshots.filter(({ madeAt }) => madeAt >= now - HOUR_MS));
    const live = this.#plan.live();
    const text = `{"rows":{${partRows(live)}}}`;
    const stored = { id: this.#environment.newId(), rev, shape, text, rows: live.length, madeAt: now };
    snapshots.push(stored);
    return stored;
  }

  #part(_role: Role, snapshot: string, part: number): string {
    const stored = this.#plan.snapshots.find(({ id }) => id === snapshot);
    if (!stored || part !== 0) throw new Problem('not_found', 'This snapshot is gone; take a new one.');
    return stored.text;
  }

  #cursor(role: Role): Cursor {
    const { rev } = this.#plan;
    return {
      epoch: this.#epoch.slice(0, 8),
      rev,
      hash: this.#hashAt(rev),
      shape: `s${this.#shape}`,
      access: role.slice(0, 1),
    };
  }

  #hashAt(rev: number): string {
    return this.#plan.hashes[rev]?.toString('hex').slice(0, 8) ?? '00000000';
  }
}

interface Taking {
  readonly who: Identity;
  readonly role: Role | null;
  readonly client: string;
  readonly since: number;
}

function refused({ id, seq }: Edit, message: string): Receipt {
  const refusal = { code: 'not_allowed', message, table: null, id: null, field: null } as const;
  return { edit: id, seq, outcome: 'refused', rev: null, dup: false, merged: [], conflict: null, refusal };
}
