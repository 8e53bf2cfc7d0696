/** Everything in a simulated night that there is one of. */
import type { Ledger } from './ledger.ts';
import type { NetworkParts } from './network.ts';

export interface World extends NetworkParts {
  readonly ledger: Ledger;
}
