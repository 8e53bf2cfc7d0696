/**
 * Replicache with a pull and a push endpoint of its shape. It lives in memory and persists within about a second; the
 * message that it sends to its other tabs after that tells when.
 */
import { Replicache } from 'replicache';
import { takeStage } from '../replica/page/stage.ts';

let replicache: Replicache;
let persisted: BroadcastChannel;

function nextPersist(): Promise<void> {
  return new Promise((resolve) => persisted.addEventListener('message', () => resolve(), { once: true }));
}

takeStage({
  async open() {
    persisted = new BroadcastChannel('replicache-on-persist:bench');
    replicache = new Replicache({
      name: 'bench',
      pullURL: '/replicache/pull',
      pushURL: '/replicache/push',
      pullInterval: null,
      pushDelay: 2 ** 30,
      mutators: {
        async note(transaction, { id, note }) {
          await transaction.set(id, { ...(await transaction.get(id)), note });
        },
      },
    });
    // Resolves once the replica of an earlier page has been opened.
    await replicache.query((transaction) => transaction.get('none'));
  },
  all: () => replicache.query((transaction) => transaction.scan().values().toArray()),
  some: (ids) => replicache.query((transaction) => Promise.all(ids.map((id) => transaction.get(id)))),
  async pull() {
    const durable = nextPersist();
    await replicache.pull({ now: true });
    return { durable };
  },
  async edit(id, note) {
    const durable = nextPersist();
    await replicache.mutate.note({ id, note });
    return { durable };
  },
  async push() {
    while ((await replicache.experimentalPendingMutations()).length > 0) {
      await replicache.push({ now: true });
      await replicache.pull({ now: true });
    }
  },
  follow() {
    replicache.pullInterval = 7_000;
    return replicache.pull();
  },
});
