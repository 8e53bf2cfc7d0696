/** Our engine: the replica and the exchange of the macro, composed as `main.ts` composes them. */
import { setFields } from '../../../src/store/ops.ts';
import { Replica } from '../../../src/store/replica.ts';
import type { TableName } from '../../../src/store/schema.ts';
import { randomUuid } from '../../../src/store/uuid.ts';
import { makeExchange } from '../../../src/sync/exchange.ts';
import { pageEnvironment, pageWire } from '../../../src/sync/page-environment.ts';
import { startPolling } from '../../../src/sync/poll.ts';
import { makeTransport } from '../../../src/sync/transport.ts';
import { PLAN_ID, USER } from '../plan-id.ts';
import type { BenchRow } from './contestant.ts';
import { takeStage } from './stage.ts';

let replica: Replica;
const exchange = () => makeExchange(replica, makeTransport('/ours', pageWire(window), USER));

takeStage({
  async open() {
    const name = { site: location.origin, userKey: USER, planId: PLAN_ID };
    const environment = { clock: Date.now, newId: randomUuid, changedRowsMax: 2_000 };
    replica = await Replica.open(name, { key: USER, name: 'Planner A' }, environment);
  },
  all: async () => everyRow(),
  some: async (ids) => ids.map((id) => replica.view().rows.chapter_schedules.get(id)),
  async pull() {
    await exchange()();
    return { durable: Promise.resolve() };
  },
  async edit(id, note) {
    const row = replica.view().rows.chapter_schedules.get(id);
    if (!row) throw new Error('The row to edit is missing.');
    return { durable: replica.edit('Note', [setFields('chapter_schedules', row, { note })]) };
  },
  async push() {
    const once = exchange();
    while ((await once())?.isMoreToDo);
  },
  follow() {
    const channel = `macroplan ${location.origin} ${USER} ${PLAN_ID}`;
    startPolling(replica, exchange(), pageEnvironment(window, channel));
  },
});

function* everyRow(): Generator<BenchRow> {
  const { rows } = replica.view();
  for (const table of Object.keys(rows) as TableName[]) yield* rows[table].values() as Iterable<BenchRow>;
}
