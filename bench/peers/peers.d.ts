/**
 * As much of the peers' interfaces as the adapters use. Their own types come with their packages, which are installed
 * only for this measurement; the check of types must pass without them.
 */
interface Stored {
  readonly id: string;
  readonly rev: number;
  readonly note?: string;
}

declare module 'dexie' {
  interface Table {
    toArray(): Promise<Stored[]>;
    bulkPut(rows: readonly unknown[]): Promise<unknown>;
    bulkGet(ids: readonly string[]): Promise<(Stored | undefined)[]>;
    bulkDelete(keys: readonly unknown[]): Promise<void>;
    add(row: unknown): Promise<unknown>;
    put(row: unknown): Promise<unknown>;
    get(key: string): Promise<unknown>;
    update(key: string, changes: object): Promise<number>;
    toCollection(): { first(): Promise<unknown> };
    limit(count: number): { toArray(): Promise<unknown[]> };
  }
  export class Dexie {
    constructor(name: string);
    version(version: number): { stores(schema: { readonly [table: string]: string }): void };
    open(): Promise<unknown>;
    table(name: string): Table;
    transaction(mode: 'rw' | 'r', tables: readonly string[], body: () => Promise<unknown>): Promise<unknown>;
  }
}

declare module 'pouchdb-browser' {
  interface Result {
    readonly rows: readonly { readonly id: string; readonly doc?: Stored & { _id: string; _rev: string } }[];
  }
  interface Replication {
    from(remote: string, options: object): Promise<unknown>;
    to(remote: string, options: object): Promise<unknown>;
  }
  export default class PouchDB {
    constructor(name: string, options?: object);
    readonly replicate: Replication;
    info(): Promise<unknown>;
    allDocs(options: { readonly include_docs: true; readonly keys?: readonly string[] }): Promise<Result>;
    get(id: string): Promise<object>;
    put(doc: object): Promise<unknown>;
  }
}

declare module 'replicache' {
  interface Scan {
    values(): { toArray(): Promise<readonly Stored[]> };
  }
  export interface ReadTransaction {
    get(key: string): Promise<Stored | undefined>;
    scan(options?: object): Scan;
  }
  export interface WriteTransaction extends ReadTransaction {
    set(key: string, value: object): Promise<void>;
  }
  export class Replicache {
    constructor(options: {
      readonly name: string;
      readonly pullURL: string;
      readonly pushURL: string;
      readonly pullInterval: number | null;
      readonly pushDelay: number;
      readonly mutators: {
        readonly note: (transaction: WriteTransaction, args: { id: string; note: string }) => Promise<void>;
      };
    });
    readonly name: string;
    readonly mutate: { note(args: { id: string; note: string }): Promise<void> };
    pullInterval: number | null;
    pull(options?: { readonly now?: boolean }): Promise<void>;
    push(options?: { readonly now?: boolean }): Promise<void>;
    query<T>(body: (transaction: ReadTransaction) => Promise<T>): Promise<T>;
    experimentalPendingMutations(): Promise<readonly unknown[]>;
  }
}

declare module 'rxdb/plugins/core' {
  interface Document {
    incrementalPatch(changes: object): Promise<unknown>;
  }
  export interface Collection {
    find(): { exec(): Promise<readonly Stored[]> };
    findOne(id: string): { exec(): Promise<Document | null> };
    findByIds(ids: readonly string[]): { exec(): Promise<ReadonlyMap<string, Stored>> };
  }
  export function createRxDatabase(options: object): Promise<{
    addCollections(collections: object): Promise<{ readonly rows: Collection }>;
  }>;
}

declare module 'rxdb/plugins/storage-dexie' {
  export function getRxStorageDexie(): unknown;
}

declare module 'rxdb/plugins/leader-election' {
  export const RxDBLeaderElectionPlugin: unknown;
}

declare module 'rxdb/plugins/replication' {
  interface Replication {
    start(): Promise<void>;
    pause(): Promise<void>;
    awaitInitialReplication(): Promise<void>;
    awaitInSync(): Promise<unknown>;
    reSync(): void;
    readonly error$: { subscribe(listener: (error: unknown) => void): unknown };
  }
  export function replicateRxCollection(options: object): Replication;
}

declare module 'slickgrid' {
  export class SlickGrid {
    constructor(root: HTMLElement, rows: readonly object[], columns: readonly object[], options: object);
  }
}

declare module '@revolist/revogrid/standalone/revo-grid.js' {
  export function defineCustomElement(): void;
}

declare module 'dhtmlx-gantt' {
  export const gantt: {
    readonly config: object;
    init(root: HTMLElement): void;
    parse(plan: { readonly data: readonly object[]; readonly links: readonly object[] }): void;
  };
}

declare module '@svar-ui/react-gantt' {
  export const Gantt: (options: object) => unknown;
  export const Willow: (options: object) => unknown;
}

declare module 'react' {
  export function createElement(
    component: string | ((options: object) => unknown),
    options: object,
    ...children: unknown[]
  ): object;
}

declare module 'react-dom/client' {
  export function createRoot(root: HTMLElement): { render(element: object): void };
}

declare module '*.css';
