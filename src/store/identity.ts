/**
 * Who used this browser last, and which plans they could open: what the page needs to open a replica with no network.
 * It decides only which database to open; whether its edits may be sent is decided by the server's answer.
 */

export interface KnownPlan {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

export interface Identity {
  readonly user: { readonly key: string; readonly name: string };
  readonly plans: readonly KnownPlan[];
}

const KEY_PREFIX = 'macroplan identity ';

export function rememberIdentity(storage: Storage, site: string, identity: Identity): void {
  try {
    storage.setItem(KEY_PREFIX + site, JSON.stringify(identity));
  } catch {
    // Full or forbidden storage costs only the offline start; the replica itself says so where edits are not safe.
  }
}

/** Null where nobody is known, or what is kept cannot be read. */
export function recallIdentity(storage: Storage, site: string): Identity | null {
  try {
    const identity = JSON.parse(storage.getItem(KEY_PREFIX + site) ?? 'null') as Identity | null;
    return typeof identity?.user?.key === 'string' && Array.isArray(identity.plans) ? identity : null;
  } catch {
    return null;
  }
}
