/**
 * What a POST must show before anything is done for it: that a page of this host sent it, on purpose, as JSON. A foreign
 * page can send a form with the person's cookies; it can set neither the token header nor JSON without being asked first.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { userHeader } from '../../src/sync/user-header.ts';
import type { Identity } from './identity.ts';
import { Problem } from './problem.ts';

export function checkPost(headers: IncomingHttpHeaders, ownHosts: readonly string[]): void {
  if (headers['x-atlassian-token'] !== 'no-check') throw crossSite();
  // Browsers send Origin with every POST; Referer stands in where a proxy removed it.
  const from = headers.origin ?? headers.referer;
  if (from !== undefined && !ownHosts.includes(hostOf(from))) throw crossSite();
  if (!isJson(headers['content-type']) || !isPlain(headers['content-encoding'])) {
    throw new Problem('not_json', 'A request body must be JSON in UTF-8 (Content-Type: application/json).');
  }
}

/** The host by which the browser knows us: the proxy's word counts where the proxy's word counts for everything. */
export function ownHosts(headers: IncomingHttpHeaders, sender: 'trusted-proxy' | 'anybody'): readonly string[] {
  const forwarded = sender === 'trusted-proxy' ? headers['x-forwarded-host'] : undefined;
  const names = [headers.host, typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim() : undefined];
  return names.filter((name) => name !== undefined).map((name) => name.toLowerCase());
}

/**
 * With `dev` anybody who reaches the port is believed, so a name that merely resolves to loopback must not reach it: a
 * page elsewhere could have its own name point here and would then count as our own origin.
 */
export function checkLoopbackName(headers: IncomingHttpHeaders): void {
  if (!/^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(headers.host ?? ''))
    throw crossSite();
}

/**
 * A page says for whom it makes a request. Where somebody else has signed in on that browser since, its edits must not
 * be applied in their name (docs/decisions/0011). The header is no identity: it can only make a request fail.
 */
export function checkMeantUser(headers: IncomingHttpHeaders, identity: Identity | null): void {
  const meant = headers['x-macroplan-user'];
  if (meant === undefined || identity === null || meant === userHeader(identity.user_key)) return;
  throw new Problem('wrong_user', 'Somebody else is signed in on this browser. Your edits wait on this device.');
}

function crossSite(): Problem {
  return new Problem('cross_site', 'This request did not come from a page of this server.');
}

/** Host and port as a Host header would say them; '' (which no host is) for `null` and nonsense. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

function isJson(type: string | undefined): boolean {
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type ?? '');
}

function isPlain(encoding: string | undefined): boolean {
  return encoding === undefined || encoding.toLowerCase() === 'identity';
}
