/** One browser profile of one person: a disk, a clock that may be wrong, a cable, and some tabs. */
import { openDB } from 'idb';
import { databaseName, openReplicaDatabase } from '../../store/database.ts';
import { MapStorage } from '../map-storage.ts';
import { PLAN_ID } from '../small-plan.ts';
import { TabHub } from '../tab-hub.ts';
import { Disk } from './disk.ts';
import { Tab } from './tab.ts';
import type { World } from './world.ts';

const STORES = ['meta', 'segments', 'deltas', 'queue', 'refused', 'journal', 'merged', 'undo', 'damaged'] as const;

export class Profile {
  readonly userKey: string;
  readonly disk = new Disk();
  /** Outlives the disk's databases. */
  spare = new MapStorage();
  readonly tabs = new Set<Tab>();
  readonly hub: TabHub;
  readonly onAttention = new Set<() => void>();
  /** Who is signed in on this browser now; the page is still its person's. */
  session: string;
  clockSkewMs = 0;
  /** How often the server told a page of this profile to take a snapshot. */
  resets = 0;
  /** Another machine began with what this one had. */
  hasCopy = false;
  isOffline = false;
  isFull = false;
  readonly #world: World;

  constructor(world: World, userKey: string) {
    this.#world = world;
    // With no leader two tabs exchange at once, and each may come too late.
    this.hub = new TabHub({ hasLocks: world.chance.is(0.5) });
    this.userKey = userKey;
    this.session = userKey;
  }

  openTab(): Tab {
    const tab = new Tab(this.#world, this);
    this.tabs.add(tab);
    tab.open().catch((error: unknown) => {
      if (tab.isAlive) this.#world.ledger.cannotOpen(tab, error);
    });
    return tab;
  }

  /** A virtual machine restored elsewhere, a profile folder copied: the same disk twice. */
  async cloneFrom(source: Profile): Promise<void> {
    const name = { site: 'http://simulated', userKey: this.userKey, planId: PLAN_ID };
    source.disk.mount();
    const databases = await source.disk.factory.databases();
    if (databases.length === 0) return;
    const from = await openDB(databaseName(name));
    // In one transaction, or it would be half of one moment and half of another.
    const transaction = from.transaction(STORES);
    const contents = [];
    for (const store of STORES) {
      const records = transaction.objectStore(store);
      const [keys, values] = await Promise.all([records.getAllKeys(), records.getAll()]);
      contents.push(...keys.map((key, i) => ({ store, key, value: values[i] })));
    }
    from.close();
    this.spare = new MapStorage(source.spare);
    this.disk.wipe();
    this.disk.mount();
    const to = await openReplicaDatabase(name, {});
    for (const { store, key, value } of contents) await to.put(store, value, key as never);
    to.close();
  }
}
