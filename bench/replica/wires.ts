/** How each engine's server speaks, over one `World`: ours, plain rows, RxDB's, Replicache's. CouchDB's is beside this. */
import { createHash } from 'node:crypto';
import type { Edit } from '../../src/store/edit.ts';
import { TABLE_NAMES, TABLES } from '../../src/store/schema.ts';
import { PLAN_ID, USER } from './plan-id.ts';
import type { World, WorldRow } from './world.ts';

export interface Ask {
  readonly world: World;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly ifNoneMatch: string;
}

/** The body of the answer; null: nothing changed (304). */
export type Wire = (ask: Ask) => unknown;

/** As many rows a part as the real server takes. */
const ROWS_A_PART = 2_048;
const PARTS = new Map<string, string[]>();

/** PROTOCOL.md, as far as a replica asks. */
export const ours: Wire = ({ world, path, query, body, ifNoneMatch }) => {
  if (path === '/plans') {
    const plan = { id: PLAN_ID, code: 'BENCH', name: 'Bench', role: 'lead' };
    return { user: { key: USER, name: USER }, plans: [plan] };
  }
  const [, , , door, snapshot = '', part = ''] = path.split('/');
  const head = `e.${world.rev}`;
  if (door === 'delta') return ifNoneMatch === `"${head}"` ? null : delta(world, query.get('cursor') ?? '');
  if (door === 'snapshot') return part ? (PARTS.get(snapshot)?.[Number(part)] ?? '') : manifest(world);
  const { cursor, edits } = body as { cursor: string; edits: readonly Edit[] };
  const receipts = edits.map(({ id, seq, ops: [op] }) => {
    if (op?.op !== 'set') throw new Error('The bench edits by `set`.');
    const { rev } = world.set(op.id, op.set);
    const none = { dup: false, merged: [], conflict: null, refusal: null };
    return { edit: id, seq, outcome: 'applied', rev, ...none };
  });
  return { last_seq: edits.at(-1)?.seq, receipts, ...delta(world, cursor) };
};

function delta(world: World, cursor: string) {
  const rows = cursor ? world.since(Number(cursor.slice(2))) : [];
  return {
    cursor: `e.${world.rev}`,
    rev: world.rev,
    reset: cursor ? null : 'none',
    now: Date.now(),
    poll_after_ms: 7_000,
    rows: columns(rows),
    events: { cols: [], rows: [] },
    row_count: world.rows.size,
    row_sum: world.rowSum,
  };
}

/** Parts are made once and kept, as the server keeps them. */
function manifest(world: World) {
  const snapshot = `s${world.rev}-${world.rows.size}`;
  let parts = PARTS.get(snapshot);
  if (!parts) {
    const all = world.since(0);
    parts = [];
    for (let at = 0; at < all.length; at += ROWS_A_PART) {
      parts.push(JSON.stringify({ rows: columns(all.slice(at, at + ROWS_A_PART)) }));
    }
    PARTS.set(snapshot, parts);
  }
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const listed = parts.map((text, part) => ({ part, sha256: sha256(text) }));
  return { snapshot, cursor: `e.${world.rev}`, rev: world.rev, parts: listed };
}

function columns(rows: readonly WorldRow[]): { readonly [table: string]: unknown } {
  const tables = TABLE_NAMES.map((table) => {
    const cols = ['id', 'rev', ...Object.keys(TABLES[table])];
    const of = rows.filter((entry) => entry.table === table);
    return [table, { cols, rows: of.map(({ row }) => cols.map((col) => row[col] ?? null)) }] as const;
  });
  return Object.fromEntries(tables.filter(([, { rows: of }]) => of.length > 0));
}

/** For idb and Dexie, which leave the wire to the application: the leanest, column arrays. */
export const plainRows: Wire = ({ world, path, query, body }) => {
  if (path === '/pull') return { rev: world.rev, rows: columns(world.since(Number(query.get('since')))) };
  const { edits } = body as { edits: readonly { id: string; note: string }[] };
  return edits.map(({ id, note }) => world.set(id, { note }));
};

/** RxDB: whole documents with a checkpoint; a push answers the conflicts, of which there are none. */
export const documents: Wire = ({ world, path, query, body }) => {
  if (path === '/pull') {
    const found = world.since(Number(query.get('since'))).map(({ row }) => ({ ...row, _deleted: false }));
    return { documents: found, checkpoint: { rev: world.rev } };
  }
  for (const { newDocumentState: row } of body as { newDocumentState: { id: string; note: string } }[]) {
    world.set(row.id, { note: row.note });
  }
  return [];
};

/** Replicache: a patch, and the last mutation of each client. */
export function makeReplicache(): Wire {
  const last = new Map<string, number>();
  return ({ world, path, body }) => {
    if (path === '/pull') {
      const { cookie } = body as { cookie: number | null };
      const puts = world.since(cookie ?? 0).map(({ row }) => ({ op: 'put', key: row.id, value: row }));
      const patch = cookie === null ? [{ op: 'clear' }, ...puts] : puts;
      return { cookie: world.rev, lastMutationIDChanges: Object.fromEntries(last), patch };
    }
    const { mutations } = body as { mutations: { clientID: string; id: number; args: { id: string; note: string } }[] };
    for (const { clientID, id, args } of mutations) {
      if (id <= (last.get(clientID) ?? 0)) continue;
      world.set(args.id, { note: args.note });
      last.set(clientID, id);
    }
    return {};
  };
}
