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

  function transaction(names: readonly string[]): MemoryTransaction {
    const turn = last;
    const copies = turn.then(() => new Map(names.map((name): [string, Records] => [name, new Map(stores.get(name))])));
    async function endWith(body: Promise<unknown>): Promise<void> {
      await body;
      stores = new Map([...stores, ...(await copies)]);
    }
    const begun = {
      objectStore: (name: string) =>
        memoryStore(async () => {
          const records = (await copies).get(name);
          if (!records) throw new DOMException(`${name} is not part of this transaction`, 'NotFoundError');
          return records;
        }),
      endWith(body: Promise<unknown>) {
        const ended = endWith(body);
        last = ended.catch(() => undefined);
        return ended;
      },
    };
    return begun;
  }

  // What idb offers beyond this is used by nobody.
  return { transaction, close: () => undefined } as unknown as ReplicaDatabase;
}

function memoryStore(open: () => Promise<Records>) {
  const matching = async (range?: Key | Range) =>
    [...(await open()).values()]
      .filter(({ key }) => range === undefined || holds(range, key))
      .sort((a, b) => compare(a.key, b.key));
  async function put(value: unknown, key: Key): Promise<void> {
    (await open()).set(JSON.stringify(key), { key, value });
  }
  return {
    get: async (key: Key) => (await open()).get(JSON.stringify(key))?.value,
    getAll: async (range?: Range) => (await matching(range)).map(({ value }) => value),
    getAllKeys: async (range?: Range) => (await matching(range)).map(({ key }) => key),
    openCursor: async (range: Range, direction: 'prev') => (await matching(range)).at(direction === 'prev' ? -1 : 0),
    put,
    async add(value: unknown, key: Key) {
      if ((await open()).has(JSON.stringify(key))) throw new DOMException('The key is taken.', 'ConstraintError');
      await put(value, key);
    },
    async delete(range: Key | Range) {
      const records = await open();
      for (const { key } of await matching(range)) records.delete(JSON.stringify(key));
    },
    clear: async () => (await open()).clear(),
    /** By a field of the value: what every index here is. */
    index(field: string) {
      const found = async (range: Key | Range) =>
        (await matching()).filter(({ value }) => holds(range, Object(value)[field]));
      return {
        get: async (wanted: Key) => (await found(wanted))[0]?.value,
        getAllKeys: async (range: Range) => (await found(range)).map(({ key }) => key),
      };
    },
  };
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
