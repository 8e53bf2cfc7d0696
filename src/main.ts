/**
 * The composition root of the macro: for each mount point it learns who asks, opens the replica, starts the exchange
 * with the server and mounts the views. All that views and sync know of clock, chance, network and page is given here.
 */
import { type Identity, readQueues } from './store/database.ts';
import { NoStorageError } from './store/errors.ts';
import { recallIdentity, rememberIdentity } from './store/identity.ts';
import { type PendingFile, writePendingFile } from './store/pending-file.ts';
import { Replica } from './store/replica.ts';
import { spareCopies } from './store/spare-copies.ts';
import { randomUuid } from './store/uuid.ts';
import { watchBuild } from './sync/build.ts';
import { SyncError } from './sync/errors.ts';
import { makeExchange } from './sync/exchange.ts';
import { makeHistory } from './sync/history.ts';
import { makeMails } from './sync/mails.ts';
import { pageEnvironment, pageWire } from './sync/page-environment.ts';
import { startPolling } from './sync/poll.ts';
import { readPlans } from './sync/protocol.ts';
import { makeRecipients } from './sync/recipients.ts';
import { parsed } from './sync/reply.ts';
import { makeStops } from './sync/stops.ts';
import { makeTransport } from './sync/transport.ts';
import { needingDecision } from './views/conflict-review/needing-decision.ts';
import type { Tab } from './views/deps.ts';
import { later } from './views/dom.ts';
import { download } from './views/download.ts';
import { mountNotice } from './views/notice/notice.ts';
import { pagePlace } from './views/place.ts';
import { mountPlanner } from './views/planner/planner.ts';
import { mountShell } from './views/shell/shell.ts';

/** The first view comes with the macro; the others are files of their own, so that it opens sooner on a bad network. */
const TABS: readonly Tab[] = [
  { name: 'planner', title: 'Planner', load: async () => mountPlanner },
  {
    name: 'live',
    title: 'Live',
    load: async () => (await import('./views/dashboard/dashboard.ts')).mountDashboard,
  },
  {
    name: 'conflicts',
    title: 'Conflicts',
    load: async () => (await import('./views/conflict-review/conflict-review.ts')).mountConflictReview,
    badge: needingDecision,
  },
  { name: 'report', title: 'Report', load: async () => (await import('./views/report/report.ts')).mountReport },
  { name: 'share', title: 'Share', load: async () => (await import('./views/share/share.ts')).mountShare },
  {
    name: 'exchange',
    title: 'Files',
    load: async () => (await import('./views/exchange/exchange.ts')).mountExchange,
  },
];

for (const root of document.querySelectorAll<HTMLElement>('[data-macroplan]')) void start(root);

/** The network has its own timeout, which is shorter: by then it is the storage that everything waits for. */
const SLOW_OPENING_MS = 20_000;

async function start(root: HTMLElement): Promise<void> {
  const base = root.dataset.base || location.pathname.replace(/\/app$/, '');
  if (await isAboutMails(root, base)) return;
  const callOff = later(SLOW_OPENING_MS, () => {
    tellWaiting(
      root,
      'The storage of this browser does not answer. It may help to close other tabs of this site or to restart the browser. Once it answers, this page goes on by itself.',
    );
  });
  const onBlocked = () => {
    callOff();
    tellWaiting(
      root,
      'An older Macroplan is open in another tab of this browser. Close it, and this page goes on by itself.',
    );
  };
  try {
    if ('standalone' in root.dataset) keepShell(base);
    await open(root, base, onBlocked);
  } catch (error) {
    // Whatever stands in the way before there is a replica: a sentence, and what was typed here earlier.
    const left = await leftHere(location.origin + base).catch(() => []);
    mountNotice(root, {
      message: (error as Error).message,
      action: 'Try again',
      onAction: () => location.reload(),
      onDownload: left.length === 0 ? null : () => left.forEach(downloadLeft),
    });
  } finally {
    callOff();
  }
}

/** Whether the page was opened by a link that stops mails. It needs no plan, and nothing of this device. */
async function isAboutMails(root: HTMLElement, base: string): Promise<boolean> {
  const place = pagePlace(window);
  const token = place.get('stop');
  if (token === null) return false;
  const { mountStopMails } = await import('./views/stop-mails/stop-mails.ts');
  const stops = makeStops(makeTransport(base, pageWire(window)), token);
  await mountStopMails(root, stops, place.get('events')?.split('.') ?? []);
  return true;
}

/** Why nothing is shown yet, of a page that goes on by itself. */
function tellWaiting(root: HTMLElement, message: string): void {
  mountNotice(root, { message, action: 'Reload', onAction: () => location.reload() });
}

async function open(root: HTMLElement, base: string, onBlocked: () => void): Promise<void> {
  const site = location.origin + base;
  const identity = await identify(base, site);
  const place = pagePlace(window);
  const wanted = root.dataset.plan || place.get('plan');
  const plan =
    identity.plans.find(({ code, id }) => code === wanted || id === wanted) ?? (wanted ? undefined : identity.plans[0]);
  if (!plan)
    throw new Error(
      wanted ? `There is no plan ${wanted} that you may read.` : 'There is no plan that you may read yet.',
    );

  const { user } = identity;
  const name = { site, userKey: user.key, planId: plan.id };
  const openInMemory = async () => (await import('./store/memory-database.ts')).openMemoryDatabase();
  const environment = { clock: Date.now, newId: randomUuid, changedRowsMax: 2_000, onBlocked, openInMemory };
  const spare = spareCopies(() => localStorage, name);
  const replica = await Replica.open(name, user, { ...environment, spare });
  const transport = makeTransport(base, pageWire(window), user.key);
  const exchange = makeExchange(replica, transport);
  const isAlone = replica.syncState().keepsOn === 'page';
  // Tabs that share no storage have nothing to tell each other.
  const sharers = `macroplan ${site} ${user.key} ${plan.id}${isAlone ? ` ${randomUuid()}` : ''}`;
  startPolling(replica, exchange, pageEnvironment(window, sharers));
  if (isAlone) askBeforeLeaving(replica);

  // From the first edit on this device holds something that nobody else has; the browser must not clear it to make room.
  const offWork = replica.onWork(() => {
    offWork();
    void navigator.storage?.persist?.();
  });

  mountShell(root, {
    deps: {
      store: replica,
      place,
      history: makeHistory(transport, plan.id),
      mails: makeMails(transport, plan.id),
      recipients: makeRecipients(transport, plan.id),
      isNewBuild: watchBuild(transport),
      ...environment,
    },
    tabs: TABS,
    plan,
    plans: root.dataset.plan ? [] : identity.plans.map(({ code, name }) => ({ code, name, href: planHref(code) })),
    devUsers: document.querySelector<HTMLMetaElement>('meta[name="macroplan-dev-users"]')?.content.split(' ') ?? [],
    onSwitchUser: switchUser,
    offlineHref: 'standalone' in root.dataset ? null : `${base}/app?macroplan-plan=${encodeURIComponent(plan.code)}`,
    reload: () => location.reload(),
    download,
  });
}

/** What waits here of whoever used this browser last: nobody may save what another person typed. */
async function leftHere(site: string): Promise<readonly PendingFile[]> {
  const known = await recallIdentity(site);
  return (await readQueues(site)).filter(({ user }) => user === known?.user.key);
}

function downloadLeft(left: PendingFile): void {
  download(writePendingFile(left), `macroplan-${left.plan}-pending.json`);
}

/** Asks the server who is signed in; with no answer, whoever used this browser last. */
async function identify(base: string, site: string): Promise<Identity> {
  let identity: Identity;
  try {
    identity = parsed(await makeTransport(base, pageWire(window)).get('/plans'), readPlans);
  } catch (error) {
    const known = error instanceof SyncError ? await recallIdentity(site).catch(unlessNoStorage) : undefined;
    if (known) return known;
    throw error;
  }
  await rememberIdentity(site, identity).catch(unlessNoStorage);
  return identity;
}

/** A page without storage is of the same use online; with no network it knows nobody. */
function unlessNoStorage(error: unknown): undefined {
  if (!(error instanceof NoStorageError)) throw error;
}

/** Where edits wait in the page alone, closing it would lose them. */
function askBeforeLeaving(replica: Replica): void {
  addEventListener('beforeunload', (event) => {
    if (replica.view().queue.length > 0) event.preventDefault();
  });
}

/** Lets the standalone page open with no network. It needs https or localhost; elsewhere the page works online only. */
function keepShell(base: string): void {
  void navigator.serviceWorker?.register(`${base}/sw`, { scope: `${base}/` }).catch((error: unknown) => {
    console.error('The offline shell could not be kept:', error);
  });
}

function planHref(code: string): string {
  const url = new URL(location.href);
  url.searchParams.set('macroplan-plan', code);
  // The other plan may have no iteration of that code.
  url.searchParams.delete('macroplan-iteration');
  return url.href;
}

function switchUser(name: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs https, and this runs on development hosts only
  document.cookie = `macroplan_dev_user=${encodeURIComponent(name)}; path=/; SameSite=Lax`;
  location.reload();
}
