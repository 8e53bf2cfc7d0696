/** As much of CouchDB's replication protocol as PouchDB asks for, over one `World`, in memory. */
import { createHash } from 'node:crypto';
import type { Row } from '../../src/store/rows.ts';
import type { Ask, Wire } from './wires.ts';

interface Document {
  readonly _id: string;
  readonly _revisions: { readonly start: number; readonly ids: readonly string[] };
  readonly note: string;
}

export function makeCouch(): Wire {
  /** By row, the hashes of its revisions, newest first, and the rev of the row that the newest stands for. */
  const known = new Map<string, { readonly rev: number; readonly ids: readonly string[] }>();
  const local = new Map<string, unknown>();

  function history({ id, rev }: Row): readonly string[] {
    const before = known.get(id);
    if (before?.rev === rev) return before.ids;
    const ids = [createHash('md5').update(`${id} ${rev}`).digest('hex'), ...(before?.ids ?? [])];
    known.set(id, { rev, ids });
    return ids;
  }

  const newest = (row: Row) => {
    const ids = history(row);
    return `${ids.length}-${ids[0]}`;
  };

  const doors: { readonly [door: string]: (ask: Ask) => unknown } = {
    _changes({ world, query }) {
      const limit = Number(query.get('limit') ?? 25);
      const all = [...world.since(0)].sort((a, b) => a.row.rev - b.row.rev);
      // Rows of one edit share a rev, and CouchDB's sequence has none twice: their place in the feed follows it.
      const feed = all.map(({ row }, at) => ({ row, seq: `${row.rev}-${at}` }));
      const since = query.get('since') ?? '0';
      const from = feed.findIndex(({ row, seq }) => isAfter(seq, since) && row.rev > 0);
      const page = from < 0 ? [] : feed.slice(from, from + limit);
      const results = page.map(({ row, seq }) => ({ seq, id: row.id, changes: [{ rev: newest(row) }] }));
      const pending = from < 0 ? 0 : feed.length - from - page.length;
      return { results, last_seq: page.at(-1)?.seq ?? since, pending };
    },
    _bulk_get({ world, body }) {
      const { docs } = body as { docs: readonly { id: string }[] };
      const results = docs.map(({ id }) => {
        const row = world.rows.get(id)?.row;
        if (!row) throw new Error(`There is no row ${id}.`);
        const ids = history(row);
        const ok = { ...row, _id: id, _rev: newest(row), _revisions: { start: ids.length, ids } };
        return { id, docs: [{ ok }] };
      });
      return { results };
    },
    _revs_diff: ({ body }) =>
      Object.fromEntries(
        Object.entries(body as { [id: string]: readonly string[] }).map(([id, revs]) => {
          const ids = known.get(id)?.ids ?? [];
          return [id, { missing: revs.filter((rev) => !ids.includes(rev.split('-')[1] ?? '')) }];
        }),
      ),
    _bulk_docs({ world, body }) {
      for (const { _id, _revisions, note } of (body as { docs: readonly Document[] }).docs) {
        const { rev } = world.set(_id, { note });
        known.set(_id, { rev, ids: _revisions.ids });
      }
      return [];
    },
    _local({ path, body }) {
      if (body) local.set(path, body);
      return body ? { ok: true, id: path, rev: '0-1' } : (local.get(path) ?? { error: 'not_found', status: 404 });
    },
  };

  return (ask) => {
    if (ask.path === '/') return { couchdb: 'Welcome', uuid: 'bench' };
    const [, , door = ''] = ask.path.split('/');
    const answer = doors[door];
    return answer ? answer(ask) : { db_name: 'bench', update_seq: ask.world.rev, instance_start_time: '0' };
  };
}

function isAfter(seq: string, since: string): boolean {
  const [rev = 0, at = 0] = seq.split('-').map(Number);
  const [sinceRev = 0, sinceAt = -1] = since.split('-').map(Number);
  return rev > sinceRev || (rev === sinceRev && at > sinceAt);
}
