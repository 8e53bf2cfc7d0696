/**
 * A replica's database that lives as long as the page, for a browser that has no IndexedDB or cannot open it. It does what
 * this store asks of one and no more: transactions run one after the other and hold whole or not at all. Nothing is
 * copied, since rows and edits are never changed in place.
 */
import type { ReplicaDatabase } from './database.ts';

type Key = IDBValidKey;
type Records = Map<string, { readonly key: Key; readonly value: unknown }>;
type Range = Pick<IDBKeyRange, 'lower' | 'upper'>;

/** It cannot see by itself that nobody asks for more, so it is told: resolves once what `body` did has taken effect. */
export interface MemoryTransaction {
  readonly endWith: (body: Promise<unknown>) => Promise<void>;
}

export function openMemoryDatabase(): ReplicaDatabase {
  let stores: ReadonlyMap<string, Records> = new Map();
  let last: Promise<unknown> = Promise.resolve();

  function transaction(names: readonly string[]) {
    const turn = last;
    const copies = turn.then(() => new Map(names.map((name): [string, Records] => [name, new Map(stores.get(name))])));
    async function endWith(body: Promise<unknown>): Promise<void> {
      await body;
      stores = new Map([...stores, ...(await copies)]);
    }
    // As in IndexedDB, requests of one transaction run in the order in which they were made.
    let request: Promise<unknown> = copies;
    const inOrder = <T>(name: string, work: (records: Records) => T): Promise<T> => {
      const answer = request.then(async () => {
        const records = (await copies).get(name);
        if (!records) throw new DOMException(`${name} is not part of this transaction`, 'NotFoundError');
        return work(records);
      });
      request = answer.catch(() => undefined);
      return answer;
    };
    return {
      commit: () => undefined,
      objectStore: (name: string) => memoryStore((work) => inOrder(name, work)),
      endWith(body: Promise<unknown>) {
        const ended = endWith(body);
        last = ended.catch(() => undefined);
        return ended;
      },
    };
  }

  // What idb offers beyond this is used by nobody.
  return { transaction, close: () => undefined } as unknown as ReplicaDatabase;
}

function memoryStore(ask: <T>(work: (records: Records) => T) => Promise<T>) {
  const first = (range: Range, direction: 'prev') =>
    ask((records) => matching(records, range).at(direction === 'prev' ? -1 : 0));
  return {
    get: (key: Key) => ask((records) => records.get(JSON.stringify(key))?.value),
    getAll: (range?: Range) => ask((records) => matching(records, range).map(({ value }) => value)),
    getAllKeys: (range?: Range) => ask((records) => matching(records, range).map(({ key }) => key)),
    openCursor: first,
    openKeyCursor: first,
    put: (value: unknown, key: Key) => ask((records) => void records.set(JSON.stringify(key), { key, value })),
    add: (value: unknown, key: Key) =>
      ask((records) => {
        const text = JSON.stringify(key);
        if (records.has(text)) throw new DOMException('The key is taken.', 'ConstraintError');
        records.set(text, { key, value });
      }),
    delete: (range: Key | Range) =>
      ask((records) => {
        for (const { key } of matching(records, range)) records.delete(JSON.stringify(key));
      }),
    clear: () => ask((records) => records.clear()),
    /** By a field of the value: what every index here is. */
    index(field: string) {
      const found = (records: Records, range: Key | Range) =>
        matching(records).filter(({ value }) => holds(range, Object(value)[field]));
      return {
        get: (wanted: Key) => ask((records) => found(records, wanted)[0]?.value),
        getAllKeys: (range: Range) => ask((records) => found(records, range).map(({ key }) => key)),
      };
    },
  };
}

function matching(records: Records, range?: Key | Range): readonly { readonly key: Key; readonly value: unknown }[] {
  return [...records.values()]
    .filter(({ key }) => range === undefined || holds(range, key))
    .sort((a, b) => compare(a.key, b.key));
}

function holds(range: Key | Range, key: Key): boolean {
  const { lower, upper } = isRange(range) ? range : { lower: range, upper: range };
  return compare(lower, key) <= 0 && compare(key, upper) <= 0;
}

function isRange(range: Key | Range): range is Range {
  return typeof range === 'object' && 'lower' in range;
}

/** The order of IndexedDB for the keys that we use: numbers, then texts, then lists, which compare member by member. */
function compare(a: Key, b: Key): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    const differing = a.findIndex((member, i) => i >= b.length || compare(member, b[i] as Key) !== 0);
    return differing === -1
      ? a.length - b.length
      : differing >= b.length
        ? 1
        : compare(a[differing] as Key, b[differing] as Key);
  }
  const [rankOfA, rankOfB] = [rank(a), rank(b)];
  if (rankOfA !== rankOfB) return rankOfA - rankOfB;
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank(key: Key): number {
  return Array.isArray(key) ? 2 : typeof key === 'string' ? 1 : 0;
}
