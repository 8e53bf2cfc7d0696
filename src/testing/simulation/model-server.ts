/**
 * A model of the server behind `fetch`: PROTOCOL's plans, delta, snapshot and sync over one `ModelPlan`. It exists so
 * that thousands of simulated nights run without a database; the differential test keeps its rules equal to the SQL.
 */
import type { Edit, Receipt } from '../../store/edit.ts';
import type { Role } from '../../store/rows.ts';
import { ModelPlan, wireRows } from './model-plan.ts';

const FAR_ROWS = 5_000;
const EVENTS_SENT = 50;

export interface ModelRequest {
  readonly method: string;
  readonly path: string;
  readonly userKey: string;
  readonly body: { readonly cursor: string; readonly client: string; readonly edits: readonly Edit[] } | null;
  readonly ifNoneMatch: string | null;
}

export interface ModelReply {
  readonly status: number;
  readonly body: unknown;
}

interface Cursor {
  readonly epoch: string;
  readonly rev: number;
  /** Stands for the log's hash at that rev: another history has another one. */
  readonly hash: string;
  readonly shape: string;
  readonly access: string;
}

export interface ModelEnvironment {
  readonly planId: string;
  readonly clock: () => number;
  readonly newId: () => string;
}

export class ModelServer {
  plan: ModelPlan;
  epoch = 'e1';
  shape = 1;
  readonly roles = new Map<string, Role>();
  /** Sees every reply of delta, sync and snapshot. */
  onReply: (reply: object) => void = () => {};
  readonly #environment: ModelEnvironment;
  readonly #parts = new Map<string, { readonly cursor: Omit<Cursor, 'access'>; readonly part: unknown }>();

  constructor(environment: ModelEnvironment) {
    this.#environment = environment;
    this.plan = new ModelPlan(environment.newId);
  }

  /** Names this point of this history: what a cursor says of it. */
  get head(): string {
    const { epoch, rev, hash } = this.#cursor('viewer');
    return [epoch, rev, hash].join('.');
  }

  handle(request: ModelRequest): ModelReply {
    const role = this.roles.get(request.userKey);
    if (request.path === '/plans') return { status: 200, body: this.#plans(request.userKey, role) };
    if (role === undefined) return { status: 404, body: { error: { code: 'not_found', message: 'No such plan.' } } };
    const path = request.path.replace(`/plans/${this.#environment.planId}`, '');
    if (path.startsWith('/delta'))
      return this.#delta(new URLSearchParams(path.split('?')[1]).get('cursor') ?? '', { ...request, role });
    if (path === '/snapshot') return this.#manifest(role);
    if (path.startsWith('/snapshot/')) return this.#part(path.split('/')[2] ?? '');
    if (path === '/sync' && request.body)
      return { status: 200, body: this.#answerSync(request.body, { ...request, role }) };
    return { status: 404, body: null };
  }

  #plans(userKey: string, role: Role | undefined): unknown {
    const plan = { id: this.#environment.planId, code: 'P', name: 'A plan', role };
    return { user: { key: userKey, name: userKey }, plans: role ? [plan] : [] };
  }

  #delta(cursor: string, { role, ifNoneMatch }: { role: Role; ifNoneMatch: string | null }): ModelReply {
    const delta = this.#changesSince(cursor, role);
    if (ifNoneMatch !== null && ifNoneMatch === delta.cursor) return { status: 304, body: null };
    this.onReply(delta);
    return { status: 200, body: delta };
  }

  #answerSync(body: NonNullable<ModelRequest['body']>, asker: { userKey: string; role: Role }): object {
    const reply = this.#sync(body, asker);
    this.onReply(reply);
    return reply;
  }

  #sync(
    { cursor, client, edits }: NonNullable<ModelRequest['body']>,
    { userKey, role }: { userKey: string; role: Role },
  ): object {
    const { plan } = this;
    let lastSeq = plan.lastSeq.get(client) ?? 0;
    if (edits.some(({ id, seq }) => seq <= lastSeq && !plan.receipts.has(id))) return { forked: true };
    const push = {
      actor: { key: userKey, name: userKey, role },
      client,
      since: read(cursor)?.rev ?? 0,
      now: this.#environment.clock(),
    };
    const receipts = edits.map((edit): Receipt => {
      const known = plan.receipts.get(edit.id);
      lastSeq = Math.max(lastSeq, edit.seq);
      // The number may differ after a fork; the receipt names the one that this request used.
      if (known && known.refusal?.code !== 'unknown_row') return { ...known, seq: edit.seq, dup: true };
      const receipt = plan.apply(edit, push);
      return known && receipt.refusal ? { ...known, seq: edit.seq, dup: true } : receipt;
    });
    if (edits.length > 0) plan.lastSeq.set(client, lastSeq);
    return { last_seq: lastSeq, receipts, ...this.#changesSince(cursor, role) };
  }

  #changesSince(text: string, role: Role) {
    const { plan } = this;
    const cursor = read(text);
    const head = this.#cursor(role);
    const since = cursor?.rev ?? 0;
    const rows = [...plan.rows.values()].filter(({ row }) => row.rev > since);
    const reset = this.#reset(cursor, role) ?? (rows.length > FAR_ROWS ? 'far' : null);
    const events = plan.events
      .filter(({ rev }) => rev > since)
      .slice(-EVENTS_SENT)
      .reverse();
    const cols = ['rev', 'n', 'at', 'actor', 'actor_name', 'label', 'op', 'table_name', 'row_id'] as const;
    return {
      cursor: write(head),
      rev: plan.rev,
      reset,
      now: this.#environment.clock(),
      poll_after_ms: 7_000,
      rows: reset === null ? wireRows(rows) : {},
      events: { cols, rows: reset === null ? events.map((event) => cols.map((col) => event[col])) : [] },
      ...plan.integrity(),
    };
  }

  #reset(cursor: Cursor | null, role: Role): string | null {
    if (cursor === null) return 'none';
    if (cursor.epoch !== this.epoch) return 'epoch';
    if (cursor.rev > this.plan.rev) return 'ahead';
    if (cursor.hash !== this.#hashAt(cursor.rev)) return 'epoch';
    if (cursor.shape !== `s${this.shape}`) return 'shape';
    return cursor.access === role ? null : 'access';
  }

  #manifest(role: Role): ModelReply {
    const cursor = this.#cursor(role);
    const snapshot = `${this.epoch}-${this.plan.rev}-${cursor.hash}`;
    if (!this.#parts.has(snapshot)) this.#parts.set(snapshot, { cursor, part: { rows: wireRows(this.plan.live()) } });
    const manifest = { snapshot, cursor: write(cursor), rev: this.plan.rev, parts: [{ part: 0, sha256: '' }] };
    this.onReply(manifest);
    return { status: 200, body: manifest };
  }

  #part(snapshot: string): ModelReply {
    const kept = this.#parts.get(snapshot);
    return kept ? { status: 200, body: kept.part } : { status: 404, body: null };
  }

  #cursor(role: Role): Cursor {
    const { rev } = this.plan;
    return { epoch: this.epoch, rev, hash: this.#hashAt(rev), shape: `s${this.shape}`, access: role };
  }

  #hashAt(rev: number): string {
    return this.plan.hashes[rev] ?? '';
  }
}

function write({ epoch, rev, hash, shape, access }: Cursor): string {
  return [epoch, rev, hash, shape, access].join('.');
}

function read(text: string): Cursor | null {
  const [epoch, rev, hash, shape, access] = text.split('.');
  if (!epoch || !rev || !hash || !shape || !access) return null;
  return { epoch, rev: Number(rev), hash, shape, access };
}
