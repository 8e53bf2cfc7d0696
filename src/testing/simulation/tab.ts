/** One tab of a simulated profile: the real replica, exchange and scheduler, in a world that can stop it anywhere. */
import { unwrap } from 'idb';
import type { Edit, Op } from '../../store/edit.ts';
import { NotKeptError, StorageError } from '../../store/errors.ts';
import { Replica } from '../../store/replica.ts';
import { spareCopies } from '../../store/spare-copies.ts';
import { makeExchange } from '../../sync/exchange.ts';
import { startPolling } from '../../sync/poll.ts';
import { makeTransport, type Wire } from '../../sync/transport.ts';
import { PLAN_ID } from '../small-plan.ts';
import { simulatedFetch } from './network.ts';
import type { Profile } from './profile.ts';
import type { World } from './world.ts';

export class Tab {
  readonly #world: World;
  readonly profile: Profile;
  replica: Replica | null = null;
  isAlive = true;
  isFrozen = false;
  /** Timers that came due while the tab was frozen. */
  readonly #thawed: (() => void)[] = [];
  /** What was to leave the queue without having been sent, since the last undo or redo of this tab was kept. */
  readonly #emptied: Edit[] = [];
  #stop = () => {};

  constructor(world: World, profile: Profile) {
    this.#world = world;
    this.profile = profile;
  }

  /** Opens the page; it takes as long as the world's disk takes. */
  async open(): Promise<void> {
    const { loop, chance, ledger } = this.#world;
    const { userKey, disk } = this.profile;
    disk.mount();
    const name = { site: 'http://simulated', userKey, planId: PLAN_ID };
    // So few that a night folds often.
    const environment = {
      clock: this.#clock,
      newId: () => chance.uuid(),
      changedRowsMax: 5,
      onJoin: (taken: Edit, edit: Edit) => {
        if (edit.ops.length === 0) this.#emptied.push(taken, edit);
        ledger.joined(taken, edit);
      },
      spare: spareCopies(() => this.profile.spare, name),
    };
    const replica = await Replica.open(name, { key: userKey, name: userKey }, environment);
    if (!this.isAlive) return replica.database.close();
    this.replica = replica;
    disk.watch(unwrap(replica.database));
    ledger.opened(this, replica);
    const end = {
      session: () => this.profile.session,
      isOffline: () => this.profile.isOffline,
      isAlive: () => this.isAlive,
      onReset: () => {
        this.profile.resets += 1;
      },
    };
    // The simulated network has the timeouts: real ones would end a night on a slow machine otherwise than on a fast one.
    const wire: Wire = { fetch: simulatedFetch(this.#world, end), within: (_ms, promise) => promise };
    const exchange = makeExchange(replica, makeTransport('', wire, userKey));
    this.#stop = startPolling(replica, () => this.#watched(exchange()), {
      // A BroadcastChannel: soon, usually, and never certain.
      openTabLink: this.profile.hub.open({
        run: (callback) => loop.setTimer(() => this.#run(callback), chance.below(50)),
        isLost: () => chance.is(0.1),
        onSteal: () => this.#world.counters.add('lead stolen'),
      }),
      clock: this.#clock,
      random: chance.next,
      setTimer: (callback, ms) => loop.setTimer(() => this.#run(callback), ms),
      clearTimer: loop.clearTimer,
      attention: () => 'active',
      onSignal: (callback) => {
        const look = () => callback('attention');
        this.profile.onAttention.add(look);
        return () => this.profile.onAttention.delete(look);
      },
      report: (error) => this.isAlive && ledger.fail('no bug surfaces', String((error as Error).stack)),
    });
  }

  /** A person edits. The world's ledger notes what the page promised about it. */
  edit(label: string, ops: readonly Op[]): void {
    const { replica } = this;
    if (!replica || this.isFrozen) return;
    const { ledger, counters } = this.#world;
    const promise = replica.edit(label, ops);
    const edit = replica.view().queue.at(-1)?.edit;
    if (!edit) {
      ledger.fail('an edit is shown at once', label);
      return;
    }
    promise.then(
      () => {
        if (this.isAlive) ledger.kept(edit, this.profile);
      },
      (error: unknown) => {
        if (!this.isAlive) return;
        if (!(error instanceof StorageError)) ledger.fail('no bug surfaces', String(error));
        counters.add('edit taken back');
        ledger.takenBack(edit);
      },
    );
  }

  /** A person takes the last act back, or makes it again. What that queues is promised as every edit is. */
  takeBack(pile: 'undo' | 'redo'): void {
    const { replica } = this;
    if (!replica || this.isFrozen) return;
    const { ledger, counters } = this.#world;
    const queued = () => replica.view().queue;
    const had = new Set(queued().map(({ edit }) => edit.id));
    this.#emptied.length = 0;
    replica[pile]().then(
      (told) => {
        if (!this.isAlive || told === null) return;
        counters.add(pile === 'undo' ? 'act undone' : 'act redone');
        for (const { edit, isKept } of queued()) if (isKept && !had.has(edit.id)) ledger.kept(edit, this.profile);
        for (const edit of this.#emptied.splice(0)) {
          counters.add('edit undone before it was sent');
          // A copy on another machine has it still, and sends it.
          if (this.profile.hasCopy) ledger.leftToCopy(edit);
          else ledger.takenBack(edit);
        }
      },
      (error: unknown) => {
        if (!this.isAlive) return;
        if (!(error instanceof StorageError)) ledger.fail('no bug surfaces', String(error));
        if (error instanceof NotKeptError) ledger.takenBack(error.edit);
        counters.add('edit taken back');
      },
    );
  }

  /** The process dies: what was under way on the disk never happened, and nothing of it runs on. */
  kill(): void {
    const { counters } = this.#world;
    counters.add('browser killed');
    const connection = this.replica ? unwrap(this.replica.database) : null;
    if (this.profile.disk.kill(connection)) counters.add('killed inside a transaction');
    this.#leave();
  }

  /** The person closes the tab. */
  close(): void {
    this.#leave();
  }

  thaw(): void {
    this.isFrozen = false;
    for (const callback of this.#thawed.splice(0)) callback();
  }

  readonly #clock = (): number => this.#world.loop.clock() + this.profile.clockSkewMs;

  #leave(): void {
    this.isAlive = false;
    this.#stop();
    this.replica?.database.close();
    this.replica = null;
    this.profile.tabs.delete(this);
  }

  #run(callback: () => void): void {
    if (!this.isAlive) return;
    if (this.isFrozen) this.#thawed.push(callback);
    else callback();
  }

  async #watched<T>(exchanged: Promise<T>): Promise<T> {
    const result = await exchanged;
    this.#world.ledger.exchanged(this);
    return result;
  }
}
