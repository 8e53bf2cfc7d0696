/** PouchDB with its own replication protocol, in batches of 1,000. */
import PouchDB from 'pouchdb-browser';
import { takeStage } from '../replica/page/stage.ts';

const REMOTE = `${location.origin}/couch/bench`;
const options = { batch_size: 1_000 };
let database: PouchDB;

async function pull() {
  await database.replicate.from(REMOTE, options);
  return { durable: Promise.resolve() };
}

takeStage({
  async open() {
    database = new PouchDB('bench');
    await database.info();
  },
  async all() {
    const { rows } = await database.allDocs({ include_docs: true });
    return rows.flatMap(({ doc }) => doc ?? []);
  },
  async some(ids) {
    const { rows } = await database.allDocs({ include_docs: true, keys: ids });
    return rows.map(({ doc }) => doc);
  },
  pull,
  async edit(id, note) {
    await database.put({ ...(await database.get(id)), note });
    return { durable: Promise.resolve() };
  },
  push: () => database.replicate.to(REMOTE, options),
  follow: () => setInterval(pull, 7_000),
});
