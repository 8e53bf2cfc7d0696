/**
 * The offline shell of the standalone page: it keeps the page and its assets, never data. Its scope is the base path
 * only, so that it never stands before the rest of the platform. Each build has its own cache; an old one goes when
 * the build that replaces it takes over.
 */

declare const BUILD: { readonly version: string; readonly assets: readonly string[] };

interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}

const worker = globalThis as unknown as WorkerScope;
const CACHE_PREFIX = 'macroplan-shell-';
const CACHE = `${CACHE_PREFIX}${BUILD.version}`;
const PAGE_TIMEOUT_MS = 4_000;
const scope = worker.registration.scope;
const page = `${scope}app`;
const assets = BUILD.assets.map((name) => `${scope}assets/${name}`);

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([page, ...assets]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE))
      .then((stale) => Promise.all(stale.map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = request.url.split(/[?#]/, 1)[0] ?? '';
  if (request.method !== 'GET') return;
  if (url === page && request.mode === 'navigate') event.respondWith(networkThenCache(request));
  else if (assets.includes(url)) event.respondWith(cacheThenNetwork(request));
});

/** A fresh page where it can be had; the kept one without a network, and where a login page has taken its place. */
async function networkThenCache(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PAGE_TIMEOUT_MS) });
    if (response.ok && !response.redirected) return response;
  } catch {
    // No network: that is what the cache is for.
  }
  return (await cache.match(page)) ?? Response.error();
}

async function cacheThenNetwork(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetch(request);
}
