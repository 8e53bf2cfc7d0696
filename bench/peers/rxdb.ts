/** RxDB on its Dexie storage, with its own replication: no validation, no indexes, batches of 1,000 and more. */
import { type Collection, createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { FIELDS } from '../replica/fields.ts';
import { takeStage } from '../replica/page/stage.ts';

const BATCH = 10_000;
let collection: Collection;
let replication: ReturnType<typeof replicateRxCollection>;
let isStarted = false;

async function post(path: string, body: unknown): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

async function inSync() {
  if (isStarted) replication.reSync();
  else await replication.start();
  isStarted = true;
  await replication.awaitInitialReplication();
  await replication.awaitInSync();
}

takeStage({
  async open() {
    const database = await createRxDatabase({ name: 'bench', storage: getRxStorageDexie() });
    const properties = Object.fromEntries(FIELDS.map((field) => [field, {}]));
    const schema = {
      version: 0,
      primaryKey: 'id',
      type: 'object',
      properties: { ...properties, id: { type: 'string', maxLength: 36 } },
    };
    ({ rows: collection } = await database.addCollections({ rows: { schema } }));
    replication = replicateRxCollection({
      collection,
      replicationIdentifier: 'bench',
      live: true,
      autoStart: false,
      waitForLeadership: false,
      pull: {
        batchSize: BATCH,
        handler: async (checkpoint: { rev: number } | undefined) =>
          (await fetch(`/documents/pull?since=${checkpoint?.rev ?? 0}`)).json(),
      },
      push: { batchSize: 200, handler: (changes: readonly unknown[]) => post('/documents/push', changes) },
    });
  },
  all: () => collection.find().exec(),
  async some(ids) {
    const found = await collection.findByIds(ids).exec();
    return ids.map((id) => found.get(id));
  },
  async pull() {
    await inSync();
    return { durable: Promise.resolve() };
  },
  async edit(id, note) {
    if (isStarted) {
      await replication.pause();
      isStarted = false;
    }
    const document = await collection.findOne(id).exec();
    await document?.incrementalPatch({ note });
    return { durable: Promise.resolve() };
  },
  push: inSync,
  async follow() {
    await inSync();
    setInterval(() => replication.reSync(), 7_000);
  },
});
