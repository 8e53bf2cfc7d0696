/**
 * One simulated night from one seed: people edit in several tabs of several profiles while machines, network, browsers
 * and the server fail; then everything heals and must come out right. The same seed is the same night.
 */
import { PLAN_ID } from '../small-plan.ts';
import { Chance } from './chance.ts';
import type { Counters } from './counters.ts';
import { EventLoop } from './event-loop.ts';
import { Broken, Ledger } from './ledger.ts';
import type { ModelPlan } from './model-plan.ts';
import { ModelServer } from './model-server.ts';
import { act, settle } from './people.ts';
import { Profile } from './profile.ts';
import { seedPlan } from './seed-plan.ts';
import type { World } from './world.ts';

/** What can happen, and how often beside the others. */
const HAPPENINGS = {
  edit: 40,
  wait: 30,
  settle: 8,
  cable: 6,
  kill: 4,
  reopen: 5,
  openTab: 2,
  closeTab: 2,
  freeze: 2,
  quota: 2,
  wipe: 0.5,
  clone: 1,
  backup: 1.5,
  restore: 1,
  role: 0.7,
  shape: 0.5,
  clock: 1,
} as const;

type Kind = keyof typeof HAPPENINGS;

/** One happening; `chance` seeds all that it draws, so that leaving out another changes nothing here. */
export interface Happening {
  readonly kind: Kind;
  readonly chance: number;
}

export interface Failure {
  readonly invariant: string;
  readonly detail: string;
}

const START_MS = 1_806_000_000_000;
const BURST = 30;
const REQUESTS_A_SECOND = 2;
const HEALING_MS = 5 * 60_000;
const USERS = ['planner-a', 'planner-b', 'lead'];

export function scriptOf(seed: number, happenings: number): readonly Happening[] {
  const chance = new Chance(seed);
  return Array.from({ length: happenings }, () => ({
    kind: chance.weighted(HAPPENINGS),
    chance: chance.below(2 ** 32),
  }));
}

/** Plays a night; null where every invariant held. */
export async function play(seed: number, script: readonly Happening[], counters: Counters): Promise<Failure | null> {
  const night = new Night(seed, counters);
  try {
    await night.play(script);
    return null;
  } catch (error) {
    if (error instanceof Broken) return { invariant: error.invariant, detail: error.message };
    return { invariant: 'no bug surfaces', detail: String((error as Error).stack) };
  } finally {
    night.end();
  }
}

class Night {
  readonly #world: World;
  readonly #profiles: Profile[];
  readonly #backups: { readonly plan: ModelPlan; readonly epoch: string }[] = [];
  #killIn: { steps: number; profile: Profile } | null = null;

  constructor(seed: number, counters: Counters) {
    const loop = new EventLoop(START_MS);
    const chance = new Chance(seed);
    const server = new ModelServer({ planId: PLAN_ID, clock: loop.clock, newId: () => chance.uuid() });
    const ledger = new Ledger(counters);
    // Swarm: each night has its own share of trouble, so that quiet and wild ones both occur.
    const faults = { rate: chance.pick([0, 0.02, 0.1, 0.25]) ?? 0 };
    this.#world = { loop, chance, counters, server, faults, ledger, traffic: { requests: 0 } };
    server.onReply = (reply) => countReply(counters, reply);
    seedPlan(server, chance);
    for (const user of USERS) server.roles.set(user, user === 'lead' ? 'lead' : 'planner');
    this.#profiles = [...USERS, 'planner-a'].map((user) => new Profile(this.#world, user));
    loop.beforeStep = () => this.#beforeStep();
  }

  async play(script: readonly Happening[]): Promise<void> {
    for (const profile of this.#profiles.slice(0, USERS.length)) profile.openTab();
    await this.#settle(1_000);
    for (const happening of script) await this.#happen(happening);
    await this.#heal();
    const { server, ledger } = this.#world;
    ledger.end(
      server.plan,
      this.#profiles.filter(({ tabs }) => tabs.size > 0),
    );
  }

  end(): void {
    for (const profile of this.#profiles) for (const tab of [...profile.tabs]) tab.close();
    this.#world.loop.end();
  }

  async #happen({ kind, chance: seed }: Happening): Promise<void> {
    const chance = new Chance(seed);
    const { counters, ledger, server } = this.#world;
    const profile = chance.pick(this.#profiles.slice(0, USERS.length)) ?? this.#profiles[0];
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
        ledger.wiped(profile, server.plan);
        ledger.journalLost(profile);
        profile.disk.wipe();
        break;
      case 'clone':
        await this.#clone();
        break;
      case 'backup':
        this.#backups.push({ plan: server.plan.copy(), epoch: server.epoch });
        break;
      case 'restore':
        this.#restore(chance);
        break;
      case 'role':
        server.roles.set('planner-b', server.roles.get('planner-b') === 'planner' ? 'lead' : 'planner');
        break;
      case 'shape':
        server.shape += 1;
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
    if (!source || !copy || copy.tabs.size > 0) return;
    this.#world.counters.add('replica cloned');
    let isDone = false;
    const cloning = copy.cloneFrom(source).then(() => {
      isDone = true;
    });
    while (!isDone) await this.#world.loop.settle();
    await cloning;
    copy.openTab();
  }

  #restore(chance: Chance): void {
    const backup = chance.pick(this.#backups);
    if (!backup) return;
    const { server, ledger, counters } = this.#world;
    counters.add('server restored');
    const before = server.plan;
    server.plan = backup.plan.copy();
    // Sometimes nobody told the server that it was restored: then only the log's hash can tell.
    server.epoch = chance.is(0.5) ? `e${chance.below(10_000)}` : backup.epoch;
    ledger.restored(before, server.plan);
  }

  async #heal(): Promise<void> {
    const { faults, loop } = this.#world;
    faults.rate = 0;
    for (const profile of this.#profiles) {
      profile.isOffline = false;
      profile.isFull = false;
      if (profile.tabs.size === 0 && profile !== this.#profiles.at(-1)) profile.openTab();
      for (const look of [...profile.onAttention]) look();
    }
    const until = loop.clock() + HEALING_MS;
    while (loop.clock() < until) await this.#settle(5_000);
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
      server.plan,
      server.head,
      this.#profiles.flatMap(({ tabs }) => [...tabs]),
    );
  }

  #beforeStep(): void {
    const { counters } = this.#world;
    for (const { isFull, disk } of this.#profiles) if (isFull && disk.refuseWrites()) counters.add('quota exceeded');
    if (!this.#killIn) return;
    this.#killIn.steps -= 1;
    if (this.#killIn.steps <= 0) this.#kill();
  }

  #kill(): void {
    const profile = this.#killIn?.profile;
    this.#killIn = null;
    if (profile) for (const tab of [...profile.tabs]) tab.kill();
  }
}

interface CountedReply {
  readonly forked?: boolean;
  readonly reset?: string | null;
  readonly parts?: readonly unknown[];
  readonly receipts?: readonly {
    readonly outcome: 'applied' | 'merged' | 'noop' | 'conflict' | 'refused';
    readonly dup: boolean;
  }[];
}

function countReply(counters: Counters, { forked, reset, parts, receipts = [] }: CountedReply): void {
  if (forked) counters.add('forked');
  if (parts) counters.add('snapshot taken');
  if (reset === 'epoch' || reset === 'ahead' || reset === 'shape' || reset === 'access') {
    counters.add(`reset ${reset}`);
  }
  for (const { outcome, dup } of receipts) counters.add(dup ? 'duplicate receipt' : outcome);
}
