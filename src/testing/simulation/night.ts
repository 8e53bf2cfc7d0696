/**
 * One simulated night from one seed: people edit in several tabs of several profiles while machines, network, browsers
 * and the server fail; then everything heals and must come out right. The same seed is the same night.
 */
import { type Reset, type RowColumns, rowChanges } from '../../store/delta.ts';
import type { Receipt } from '../../store/edit.ts';
import type { ConflictCause, Role } from '../../store/rows.ts';
import { giveRole } from './administer.ts';
import { Chance } from './chance.ts';
import type { Counters } from './counters.ts';
import { EventLoop } from './event-loop.ts';
import { type Answer, answer } from './host.ts';
import { Broken, Ledger } from './ledger.ts';
import { act, settle } from './people.ts';
import { Profile } from './profile.ts';
import type { Happening } from './script.ts';
import { ROLES, seedPlan } from './seed-plan.ts';
import type { Server } from './server.ts';
import type { World } from './world.ts';

export interface Failure {
  readonly invariant: string;
  readonly detail: string;
}

const START_MS = 1_806_000_000_000;
const BURST = 30;
const REQUESTS_A_SECOND = 2;
const HEALING_MS = 5 * 60_000;
const QUIET_MS = 20_000;
const USERS = Object.keys(ROLES);

/** The server of a night: it tells virtual time, and makes its ids from the seed. */
export type MakeServer = (environment: { clock: () => number; newId: () => string; seed: number }) => Promise<Server>;

/** How a night is played. */
export interface Stage {
  readonly counters: Counters;
  readonly makeServer: MakeServer;
  /** The step of the stores, counted from the first opening on, at which every browser dies; healing is past all of them. */
  readonly dieAt?: number;
}

/** Plays a night; null where every invariant held. */
export async function play(
  seed: number,
  script: readonly Happening[],
  { counters, makeServer, dieAt = Number.POSITIVE_INFINITY }: Stage,
): Promise<Failure | null> {
  const loop = new EventLoop(START_MS);
  const ids = new Chance(seed ^ 0x5e17);
  let night: Night | null = null;
  try {
    const server = await makeServer({ clock: loop.clock, newId: () => ids.uuid(), seed });
    night = new Night(seed, dieAt, { loop, counters, server });
    await night.play(script);
    return null;
  } catch (error) {
    if (error instanceof Broken) return { invariant: error.invariant, detail: error.message };
    return { invariant: 'no bug surfaces', detail: String((error as Error).stack) };
  } finally {
    night?.end();
    loop.end();
  }
}

class Night {
  readonly #world: World;
  readonly #profiles: Profile[];
  readonly #backups: number[] = [];
  #isCloned = false;
  #isCloning = false;
  #killIn: { steps: number; profile: Profile } | null = null;
  #stepsToDeath: number;

  constructor(seed: number, dieAt: number, { loop, counters, server }: Pick<World, 'loop' | 'counters' | 'server'>) {
    const chance = new Chance(seed);
    const ledger = new Ledger(counters);
    // Swarm: each night has its own share of trouble, so that quiet and wild ones both occur.
    const faults = { rate: chance.pick([0, 0.02, 0.1, 0.25]) ?? 0 };
    const traffic = { requests: 0, arrived: 0, posts: [], cached: new Map<string, Response>() };
    const onAnswer = (answered: Answer) => countAnswer(counters, answered);
    this.#world = { loop, chance, counters, server, faults, ledger, traffic, onAnswer };
    this.#profiles = [...USERS, 'planner'].map((user) => new Profile(this.#world, user));
    this.#stepsToDeath = dieAt;
    loop.beforeStep = () => this.#beforeStep();
  }

  async play(script: readonly Happening[]): Promise<void> {
    const { server, ledger, chance } = this.#world;
    await seedPlan(server, chance);
    for (const profile of this.#profiles.slice(0, USERS.length)) profile.openTab();
    await this.#settle(1_000);
    for (const happening of script) await this.#happen(happening);
    this.#stepsToDeath = Number.POSITIVE_INFINITY;
    await this.#heal();
    const truth = await server.look();
    const open = this.#profiles.filter(({ tabs }) => tabs.size > 0);
    ledger.end(truth, await truth.live(), open);
    await server.inspect();
  }

  end(): void {
    for (const profile of this.#profiles) for (const tab of [...profile.tabs]) tab.close();
  }

  async #happen({ kind, chance: seed }: Happening): Promise<void> {
    const chance = new Chance(seed);
    const { counters, ledger, server } = this.#world;
    const profile = chance.pick(this.#devices());
    if (!profile) return;
    const tab = chance.pick([...profile.tabs]);
    switch (kind) {
      case 'edit':
        if (tab) act(tab, chance);
        break;
      case 'wait':
        await this.#settle(chance.below(20_000));
        break;
      case 'settle':
        if (tab) settle(tab, chance, counters);
        break;
      case 'undo':
        tab?.takeBack('undo');
        if (chance.is(0.6)) tab?.takeBack(chance.pick(['undo', 'redo', 'redo']) ?? 'redo');
        break;
      case 'cable':
        profile.isOffline = !profile.isOffline;
        if (!profile.isOffline) for (const look of [...profile.onAttention]) look();
        break;
      case 'kill':
        this.#killIn = { steps: chance.below(60), profile };
        if (tab) act(tab, chance);
        await this.#settle(chance.below(3_000));
        this.#kill();
        break;
      case 'reopen':
        if (profile.tabs.size === 0) {
          counters.add('browser reopened');
          profile.openTab();
        }
        break;
      case 'openTab':
        if (profile.tabs.size < 3) profile.openTab();
        break;
      case 'closeTab':
        tab?.close();
        break;
      case 'freeze':
        if (!tab) break;
        counters.add('tab frozen');
        tab.isFrozen = true;
        await this.#settle(chance.below(90_000));
        tab.thaw();
        break;
      case 'quota':
        profile.isFull = true;
        if (tab) act(tab, chance);
        await this.#settle(chance.below(5_000));
        profile.isFull = false;
        break;
      case 'wipe':
        for (const open of [...profile.tabs]) open.kill();
        counters.add('replica wiped');
        if (profile.spare.length > 0) counters.add('replica wiped with edits that waited');
        ledger.wiped(profile, await server.look());
        profile.disk.wipe();
        break;
      case 'clone':
        await this.#clone();
        break;
      case 'backup':
        this.#backups.push(await server.backup());
        break;
      case 'restore':
        await this.#restore(chance);
        break;
      case 'role': {
        const role = chance.pick<Role | null>(['viewer', 'planner', 'lead', null]) ?? null;
        counters.add(role === null ? 'access taken away' : 'role changed');
        await giveRole(server, chance, profile.userKey, role);
        break;
      }
      case 'shape':
        await server.changeShape();
        break;
      case 'prune':
        await server.prune();
        break;
      case 'replay':
        await this.#replay(chance);
        break;
      case 'userSwitch':
        counters.add('somebody else signed in');
        profile.session = chance.pick(USERS.filter((user) => user !== profile.userKey)) ?? profile.userKey;
        if (tab) act(tab, chance);
        await this.#settle(chance.below(60_000));
        profile.session = profile.userKey;
        break;
      case 'powerCut':
        if (tab) act(tab, chance);
        await this.#settle(chance.below(2_000));
        for (const open of [...profile.tabs]) open.kill();
        if (profile.disk.cutPower(chance)) counters.add('power cut dropped what was not flushed');
        break;
      case 'clock':
        profile.clockSkewMs = (chance.below(61) - 30) * 24 * 3_600_000;
    }
    await this.#settle(chance.below(500));
  }

  /** A copy of the first person's disk opens in a profile of its own: two devices with one client id. */
  async #clone(): Promise<void> {
    const [source] = this.#profiles;
    const copy = this.#profiles.at(-1);
    if (!source || !copy || this.#isCloned) return;
    this.#isCloned = true;
    source.hasCopy = true;
    copy.hasCopy = true;
    this.#isCloning = true;
    this.#world.counters.add('replica cloned');
    const cloning = copy.cloneFrom(source).finally(() => {
      this.#isCloning = false;
    });
    while (this.#isCloning) await this.#world.loop.settle();
    await cloning;
    copy.openTab();
  }

  async #restore(chance: Chance): Promise<void> {
    const backup = chance.pick(this.#backups);
    if (backup === undefined) return;
    const { server, ledger, counters } = this.#world;
    counters.add('server restored');
    const { receipts } = await server.look();
    const before = new Map(receipts);
    // Sometimes nobody told the server that it was restored: then only the log's hash can tell.
    await server.restore(backup, chance.is(0.5) ? 'announced' : 'unannounced');
    ledger.restored(before, await server.look());
  }

  /** A machine on the way had kept a request and delivers it again, much later. */
  async #replay(chance: Chance): Promise<void> {
    const { traffic, server, counters } = this.#world;
    const request = chance.pick(traffic.posts);
    if (!request) return;
    counters.add('request delivered again much later');
    await answer(server.doors, request);
  }

  /** The last profile is there once it was cloned. */
  #devices(): readonly Profile[] {
    return this.#isCloned ? this.#profiles : this.#profiles.slice(0, -1);
  }

  async #heal(): Promise<void> {
    const { faults, loop, server, chance } = this.#world;
    faults.rate = 0;
    for (const [user, role] of Object.entries(ROLES)) await giveRole(server, chance, user, role);
    for (const profile of this.#profiles) {
      profile.isOffline = false;
      profile.isFull = false;
      if (profile.tabs.size === 0 && this.#devices().includes(profile)) profile.openTab();
      for (const look of [...profile.onAttention]) look();
    }
    // Some nights wait on, to see that rest is rest.
    const quietMs = chance.is(0.1) ? HEALING_MS : QUIET_MS;
    const until = loop.clock() + HEALING_MS;
    for (let restless = loop.clock(); loop.clock() < until && loop.clock() < restless + quietMs; ) {
      await this.#settle(5_000);
      if (!(await this.#isAtRest())) restless = loop.clock();
    }
  }

  /** Nothing is left to send, and everybody has read everything and says so. */
  async #isAtRest(): Promise<boolean> {
    const { head } = await this.#world.server.look();
    return this.#profiles.every(({ tabs }) =>
      [...tabs].every(
        ({ replica }) =>
          replica?.queue.length === 0 &&
          replica.cursor.startsWith(`${head}.`) &&
          replica.syncState().condition === 'online',
      ),
    );
  }

  /** Time passes, and after it every invariant is looked at. */
  async #settle(ms: number): Promise<void> {
    const { loop, ledger, server, traffic } = this.#world;
    const before = traffic.requests;
    const tabs = this.#profiles.reduce((sum, profile) => sum + profile.tabs.size, 1);
    await loop.pass(ms);
    // An edit, a reset, a lost answer each cost a few requests; a loop that never waits costs one a moment.
    const most = tabs * (BURST + (ms / 1000) * REQUESTS_A_SECOND);
    if (traffic.requests - before > most)
      ledger.fail('nobody storms the server', `${traffic.requests - before} requests in ${ms} ms`);
    ledger.step(
      await server.look(),
      this.#profiles.flatMap(({ tabs }) => [...tabs]),
    );
  }

  #beforeStep(): void {
    const { counters } = this.#world;
    for (const { isFull, disk } of this.#profiles) if (isFull && disk.refuseWrites()) counters.add('quota exceeded');
    // A disk is copied by whoever holds it still; it does not change under the copy.
    if (this.#isCloning) return;
    this.#stepsToDeath -= 1;
    if (this.#stepsToDeath === 0) this.#killAll();
    if (!this.#killIn) return;
    this.#killIn.steps -= 1;
    if (this.#killIn.steps <= 0) this.#kill();
  }

  /** The power goes, everywhere at once; every second disk loses what it had not flushed. */
  #killAll(): void {
    const { counters } = this.#world;
    counters.add('browser killed everywhere');
    for (const { tabs, disk } of this.#profiles) {
      for (const tab of [...tabs]) tab.kill();
      if (this.#world.chance.is(0.5) && disk.cutPower(this.#world.chance))
        counters.add('power cut dropped what was not flushed');
    }
  }

  #kill(): void {
    const profile = this.#killIn?.profile;
    this.#killIn = null;
    if (profile) for (const tab of [...profile.tabs]) tab.kill();
  }
}

interface CountedReply {
  readonly forked?: boolean;
  readonly reset?: Reset | null;
  readonly parts?: readonly unknown[];
  readonly receipts?: readonly Receipt[];
  readonly rows?: RowColumns;
}

function countAnswer(counters: Counters, { status, text }: Answer): void {
  if (status === 403) counters.add('another session refused');
  if (status === 404) counters.add('plan not found');
  if (status !== 200) return;
  const { forked, reset, parts, receipts = [], rows = {} } = JSON.parse(text) as CountedReply;
  if (forked) counters.add('forked');
  if (parts) counters.add('snapshot taken');
  if (reset) counters.add(`reset ${reset}`);
  const conflicts = receipts.length > 0 && rows.conflicts ? [...rowChanges({ conflicts: rows.conflicts })] : [];
  for (const { outcome, dup, conflict, refusal } of receipts) {
    counters.add(dup ? 'duplicate receipt' : outcome);
    if (dup) continue;
    const cause = conflicts.find(({ id }) => id === conflict)?.row?.cause as ConflictCause | undefined;
    if (cause) counters.add(`conflict ${cause}`);
    if (refusal) counters.add(`refused ${refusal.code}`);
  }
}
