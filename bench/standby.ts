/** What an idle poll costs a primary and its standby, without and with the standby in a host's settings: processor time. */
import { Agent, request } from 'node:http';
import { BASE_PATH } from '../infra/host/base-path.ts';
import { OwnServer } from '../infra/test/own-server.ts';
import { databaseSeconds, startBenchHost } from './host.ts';
import { seedPlan } from './server.ts';

const POLLS = 3_000;

export async function benchStandby(): Promise<void> {
  const primary = await OwnServer.create();
  const plan = await seedPlan(primary, 3_000, 1);
  const standby = await primary.follow();
  try {
    console.log('\n| an idle poll, ms | host | primary | standby |\n|---|---:|---:|---:|');
    for (const uses of ['without', 'with'] as const) {
      const settings = uses === 'with' ? { MACROPLAN_READ_DATABASE_URL: standby.hostUrl } : {};
      const host = await startBenchHost(primary, { MACROPLAN_POOL_SIZE: '2', ...settings });
      const times = async () => {
        const { host: own, database } = await host.cpuSeconds();
        return [own, database, await databaseSeconds(standby)] as const;
      };
      const { rows } = await primary.admin.query(`select cursor from macroplan.read_head($1, 'lead')`, [plan]);
      const poll = pollOf(`${host.url}${BASE_PATH}/plans/${plan}/delta?cursor=${rows[0].cursor}`, rows[0].cursor);
      // The host has found out that the standby follows, and connections are open.
      for (let i = 0; i < 2 * POLLS; i += 1) await poll();
      const before = await times();
      for (let i = 0; i < POLLS; i += 1) await poll();
      const each = (await times()).map((after, at) => ((after - (before[at] ?? 0)) * 1_000) / POLLS);
      console.log(`| ${uses} the standby | ${each.map((ms) => ms.toFixed(2)).join(' | ')} |`);
      await host.stop();
    }
  } finally {
    await standby.remove();
    await primary.remove();
  }
}

function pollOf(url: string, etag: string): () => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { 'X-Macroplan-Dev-User': 'lead', 'If-None-Match': `"${etag}"` };
  return () =>
    new Promise((resolve, reject) => {
      const sent = request(url, { agent, headers }, (reply) => reply.resume().on('end', resolve));
      sent.on('error', reject).end();
    });
}
