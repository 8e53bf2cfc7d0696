/** No chapter may wait for itself: the dependencies of a plan have no cycle, whatever their kind. */
import type { History, Stop } from './apply.ts';
import { allFields, conflictItem } from './conflict-items.ts';
import type { Draft, RowChange } from './draft.ts';
import type { Row } from './rows.ts';

/** A cycle that only somebody else's new dependency closes is a conflict that shows both; any other is refused. */
export function cycleStop(changes: readonly RowChange[], draft: Draft, history: History): Stop | null {
  const added = changes.flatMap(({ table, id, row }) => {
    const before = draft.before(table, id);
    const isOld = before?.predecessor_id === row?.predecessor_id && before?.successor_id === row?.successor_id;
    return table === 'dependencies' && row && !isOld ? [row] : [];
  });
  if (added.length === 0) return null;
  const edges = [...draft.rows('dependencies')].map(edgeOf);
  const after = grouped(edges, 'from');
  const before = grouped(edges, 'to');
  for (const row of added) {
    const { from, to } = edgeOf(row);
    const ahead = reach(after, to, 'to');
    if (!ahead.has(from)) continue;
    const behind = reach(before, from, 'from');
    const onCycle = edges.filter((edge) => ahead.has(edge.from) && behind.has(edge.to));
    const news = onCycle.filter(({ row: { id } }) => isNews(history, id));
    const old = new Set(news);
    const without = grouped(
      edges.filter((edge) => !old.has(edge)),
      'from',
    );
    if (news.length === 0 || reach(without, to, 'to').has(from)) return refusedCycle(row, draft);
    return sharedCycle(row, news, history);
  }
  return null;
}

interface Edge {
  readonly row: Row;
  readonly from: string;
  readonly to: string;
}

type Edges = ReadonlyMap<string, readonly Edge[]>;

function edgeOf(row: Row): Edge {
  return { row, from: String(row.predecessor_id), to: String(row.successor_id) };
}

function grouped(edges: readonly Edge[], end: 'from' | 'to'): Edges {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const group = groups.get(edge[end]);
    if (group) group.push(edge);
    else groups.set(edge[end], [edge]);
  }
  return groups;
}

/** Every chapter that the edges lead to, the start included. */
function reach(edges: Edges, start: string, end: 'from' | 'to'): ReadonlySet<string> {
  const seen = new Set([start]);
  for (const chapter of seen) for (const edge of edges.get(chapter) ?? []) seen.add(edge[end]);
  return seen;
}

function isNews(history: History, id: string): boolean {
  return history.changedSince?.('dependencies', id).some(({ unit }) => unit === 'row') ?? false;
}

function refusedCycle({ id, predecessor_id, successor_id }: Row, draft: Draft): Stop {
  const codeOf = (chapter: unknown) => draft.last('chapters', String(chapter))?.code ?? '?';
  const message = `Chapters ${codeOf(predecessor_id)} and ${codeOf(successor_id)} would wait for each other.`;
  return { refusal: { code: 'dependency_cycle', message, table: 'dependencies', id, field: 'successor_id' } };
}

function sharedCycle(mine: Row, news: readonly Edge[], history: History): Stop {
  const side = (row: Row) => allFields('dependencies', row);
  const own = { table: 'dependencies', id: mine.id, unit: 'row', base: null, theirs: null, mine: side(mine) } as const;
  const others = [...news]
    .sort((a, b) => (a.row.id < b.row.id ? -1 : 1))
    .map(
      ({ row }) =>
        ({ table: 'dependencies', id: row.id, unit: 'row', base: null, theirs: side(row), mine: null }) as const,
    );
  return { cause: 'constraint', items: [own, ...others].map((item) => conflictItem(history, item)) };
}
