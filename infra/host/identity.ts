/**
 * Who asks. The platform says so and never the request itself: with `dev` a header or cookie picks one of five people
 * (only ever on loopback), with `proxy` a single sign-on proxy in front has set headers that are believed from its
 * addresses alone.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { DEV_USERS } from './dev-users.ts';
import type { IsTrusted } from './trusted-addresses.ts';

/** What the doors of the database take as `p_who`. */
export interface Identity {
  readonly user_key: string;
  readonly display_name: string;
  readonly groups: readonly string[];
  readonly is_admin: boolean;
}

export type AuthSettings =
  | { readonly mode: 'dev' }
  | {
      readonly mode: 'proxy';
      readonly isTrusted: IsTrusted;
      /** Lower-case header names. */
      readonly userHeader: string;
      readonly nameHeader: string;
      readonly groupsHeader: string;
    };

export interface Asking {
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
}

export type Identify = (asking: Asking) => Identity | null;

/** Null where nobody is signed in. Members of `adminGroup` may create plans. */
export function identifyBy(auth: AuthSettings, adminGroup: string): Identify {
  return (asking) => {
    const person = auth.mode === 'dev' ? devUser(asking, adminGroup) : proxyUser(asking, auth);
    return person && { ...person, is_admin: person.groups.includes(adminGroup) };
  };
}

type Person = Omit<Identity, 'is_admin'>;

function devUser({ headers }: Asking, adminGroup: string): Person | null {
  const name = one(headers['x-macroplan-dev-user']) ?? cookie(headers.cookie, 'macroplan_dev_user') ?? 'planner-a';
  const user = DEV_USERS.get(name);
  if (user === undefined) return null;
  const groups = user.isAdmin ? ['macroplan-users', adminGroup] : ['macroplan-users'];
  return { user_key: name, display_name: user.name, groups };
}

function proxyUser({ address, headers }: Asking, auth: AuthSettings & { mode: 'proxy' }): Person | null {
  if (!auth.isTrusted(address)) return null;
  const key = readable(one(headers[auth.userHeader]));
  if (key === '' || key.length > 255) return null;
  const name = readable(one(headers[auth.nameHeader])).slice(0, 255) || key;
  const groups = readable(one(headers[auth.groupsHeader])).split(/[,;]/);
  return {
    user_key: key,
    display_name: name,
    groups: groups.map((group) => group.trim()).filter((group) => group !== ''),
  };
}

/** Node joins repeated headers with a comma or leaves an array: two users in one request are nobody. */
function one(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Node reads header bytes as Latin-1, proxies send UTF-8; control characters never belong to a name. */
function readable(value: string | undefined): string {
  const bytes = Buffer.from(value ?? '', 'latin1');
  const text = new TextDecoder('utf-8').decode(bytes);
  const read = text.includes('\uFFFD') ? (value ?? '') : text;
  return read.replace(/\p{Cc}/gu, '').trim();
}

function cookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
