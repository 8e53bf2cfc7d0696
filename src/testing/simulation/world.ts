/** Everything in a simulated night that there is one of. */
import type { Chance } from './chance.ts';
import type { Counters } from './counters.ts';
import type { EventLoop } from './event-loop.ts';
import type { Ledger } from './ledger.ts';
import type { ModelServer } from './model-server.ts';
import type { Faults, Traffic } from './network.ts';

export interface World {
  readonly loop: EventLoop;
  readonly chance: Chance;
  readonly counters: Counters;
  readonly server: ModelServer;
  readonly faults: Faults;
  readonly traffic: Traffic;
  readonly ledger: Ledger;
}
