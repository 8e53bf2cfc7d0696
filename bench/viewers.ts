/**
 * A night that many watch: 2,000 viewers who poll as the page does, and 10 planners who edit, against one host in a process of
 * its own. Tells how old what viewers see is, how long answers take, and what it costs host and database.
 */
import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { BASE_PATH } from '../infra/host/base-path.ts';
import { startBenchHost } from './host.ts';
import { plannedSchedules, seedPlan, startBenchServer } from './server.ts';
import { quantile } from './statistics.ts';

const PLANNERS = 10;
const EDIT_EVERY_MS = 3_000;
const POLL_MS = 7_000;

/** `npm run bench -- viewers [how many] [seconds]` */
export async function benchViewers([viewers = '2000', seconds = '60']: readonly string[] = []): Promise<void> {
  const server = await startBenchServer();
  const plan = await seedPlan(server, 640, 1);
  const host = await startBenchHost(server);
  try {
    const night = new Night(host.url, plan, Number(seconds) * 1_000);
    const before = await host.cpuSeconds();
    const schedules = await plannedSchedules(server, plan);
    await Promise.all([
      ...Array.from({ length: Number(viewers) }, () => night.watch()),
      ...Array.from({ length: PLANNERS }, (_, i) => night.plan(schedules.filter((_row, n) => n % PLANNERS === i))),
    ]);
    const after = await host.cpuSeconds();
    night.tell(Number(viewers), {
      host: (after.host - before.host) / Number(seconds),
      database: (after.database - before.database) / Number(seconds),
    });
  } finally {
    await host.stop();
    await server.stop();
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Milliseconds that a host under load asks pages to wait; 0 where it asks for nothing. */
  readonly pollAfterMs: number;
}

class Night {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #url: URL;
  readonly #plan: string;
  readonly #ends: number;
  /** When each rev was answered to the planner who made it. */
  readonly #madeAt = new Map<number, number>();
  readonly #staleness: number[] = [];
  readonly #answers: { readonly poll: number[]; readonly sync: number[] } = { poll: [], sync: [] };
  #failed = 0;

  constructor(url: string, plan: string, milliseconds: number) {
    this.#url = new URL(url);
    this.#plan = plan;
    this.#ends = Date.now() + milliseconds;
  }

  async watch(): Promise<void> {
    await pause(Math.random() * POLL_MS);
    let { cursor, rev } = JSON.parse((await this.#ask('GET', '/delta?cursor=none', null)).text) as {
      cursor: string;
      rev: number;
    };
    let [wishMs, waitMs] = [POLL_MS, POLL_MS];
    while (Date.now() < this.#ends) {
      await pause(waitMs * (0.85 + 0.3 * Math.random()));
      const startedAt = performance.now();
      const answer = await this.#ask('GET', `/delta?cursor=${encodeURIComponent(cursor)}`, null, cursor);
      this.#answers.poll.push(performance.now() - startedAt);
      waitMs = Math.max(wishMs, answer.pollAfterMs);
      if (answer.status !== 200) {
        if (answer.status !== 304) this.#failed += 1;
        continue;
      }
      const delta = JSON.parse(answer.text) as { cursor: string; rev: number; poll_after_ms: number };
      for (let seen = rev + 1; seen <= delta.rev; seen += 1) {
        const madeAt = this.#madeAt.get(seen);
        if (madeAt !== undefined) this.#staleness.push(Date.now() - madeAt);
      }
      ({ cursor, rev } = delta);
      wishMs = delta.poll_after_ms;
    }
  }

  async plan(schedules: readonly { readonly id: string; note: string }[]): Promise<void> {
    const client = randomUUID();
    for (let seq = 1; Date.now() < this.#ends; seq += 1) {
      await pause(EDIT_EVERY_MS * (0.5 + Math.random()));
      const row = schedules[seq % schedules.length];
      if (!row) throw new Error('The plan has a schedule for each planner.');
      const set = { note: `note ${seq}` };
      const op = { op: 'set', table: 'chapter_schedules', id: row.id, base: { note: row.note }, set };
      const edit = { id: randomUUID(), seq, at: Date.now(), label: 'Note', ops: [op] };
      const startedAt = performance.now();
      const { status, text } = await this.#ask(
        'POST',
        '/sync',
        JSON.stringify({ cursor: null, client, edits: [edit] }),
      );
      this.#answers.sync.push(performance.now() - startedAt);
      const receipt =
        status === 200 ? (JSON.parse(text) as { receipts: { outcome: string; rev: number }[] }).receipts[0] : undefined;
      if (receipt?.outcome !== 'applied' && receipt?.outcome !== 'merged') this.#failed += 1;
      else this.#madeAt.set(receipt.rev, Date.now());
      row.note = set.note;
    }
  }

  tell(viewers: number, cpu: { readonly host: number; readonly database: number }): void {
    const { poll, sync } = this.#answers;
    const line = (name: string, values: readonly number[]) =>
      `| ${name} | ${values.length} | ${[0.5, 0.95, 1].map((share) => quantile(values, share).toFixed(0)).join(' | ')} |`;
    console.log(`\n${viewers} viewers and ${PLANNERS} planners on one host; ${this.#failed} requests failed\n`);
    console.log('| milliseconds | times | median | 95 % | most |\n|---|---:|---:|---:|---:|');
    console.log(
      [
        line('answer to a poll', poll),
        line('answer to an edit', sync),
        line('age of an edit when a viewer sees it', this.#staleness),
      ].join('\n'),
    );
    console.log(`\nCores busy: host ${cpu.host.toFixed(2)}, connections of the database ${cpu.database.toFixed(2)}.`);
    this.#agent.destroy();
  }

  #ask(method: string, path: string, body: string | null, etag?: string): Promise<Answer> {
    const { hostname, port } = this.#url;
    return new Promise((resolve, reject) => {
      const headers = {
        'X-Macroplan-Dev-User': body === null ? 'viewer' : 'lead',
        ...(etag ? { 'If-None-Match': `"${etag}"` } : {}),
        ...(body === null ? {} : { 'Content-Type': 'application/json', 'X-Atlassian-Token': 'no-check' }),
      };
      const options = {
        agent: this.#agent,
        method,
        hostname,
        port,
        path: `${BASE_PATH}/plans/${this.#plan}${path}`,
        headers,
      };
      const request = httpRequest(options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        const pollAfterMs = Number(response.headers['x-macroplan-poll-after'] ?? 0);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, pollAfterMs }));
      });
      request.on('error', reject);
      request.end(body ?? undefined);
    });
  }
}
