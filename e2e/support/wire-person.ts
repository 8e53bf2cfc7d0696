/** Somebody at another machine: edits over the wire, at once, with the values that they name. */
import { randomUUID } from 'node:crypto';
import type { Op } from '../../src/store/edit.ts';
import type { Chapter, ChapterSchedule } from '../../src/store/rows.ts';
import { APP } from './screen.ts';
import type { TestHost } from './test-host.ts';

export interface WireReceipt {
  readonly outcome: string;
  readonly conflict: string | null;
}

export class WirePerson {
  readonly #host: TestHost;
  readonly #user: string;
  readonly #client = randomUUID();
  /** Null: has seen nothing that the server would know of. */
  #cursor: string | null = null;
  #seq = 0;

  constructor(host: TestHost, user: string) {
    this.#host = host;
    this.#user = user;
  }

  /** Knows all that has happened until now, and nothing of what comes after. */
  async look(): Promise<void> {
    const url = `${this.#host.url}${APP.replace('/app', '')}/plans/DEMO/delta?cursor=none`;
    const response = await fetch(url, { headers: { 'X-Macroplan-Dev-User': this.#user } });
    const manifest = (await response.json()) as { cursor: string };
    this.#cursor = manifest.cursor;
  }

  /** Sends one edit; the ops carry what this person believes to be true. */
  async edit(label: string, ...ops: readonly Op[]): Promise<WireReceipt> {
    this.#seq += 1;
    const edit = { id: randomUUID(), seq: this.#seq, at: Date.now(), label, ops };
    const response = await fetch(`${this.#host.url}${APP.replace('/app', '')}/plans/DEMO/sync`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Atlassian-Token': 'no-check',
        'X-Macroplan-Dev-User': this.#user,
      },
      body: JSON.stringify({ cursor: this.#cursor, client: this.#client, edits: [edit] }),
    });
    const reply = (await response.json()) as { receipts?: readonly WireReceipt[] };
    const receipt = reply.receipts?.[0];
    if (receipt === undefined) throw new Error(`no receipt: ${JSON.stringify(reply)}`);
    return receipt;
  }
}

/** The schedule of a chapter in an iteration, as the database has it. */
export async function scheduleIn(host: TestHost, iteration: string, code: string): Promise<ChapterSchedule> {
  const { rows } = await host.database.admin.query<{ row: ChapterSchedule }>(
    `select macroplan.wire(s) as row
       from macroplan.chapter_schedules s
       join macroplan.chapters c on (c.plan_id, c.id) = (s.plan_id, s.chapter_id)
       join macroplan.iterations i on (i.plan_id, i.id) = (s.plan_id, s.iteration_id)
      where i.code = $1 and c.code = $2 and not s.removed`,
    [iteration, code],
  );
  if (rows[0] === undefined) throw new Error(`${code} is not scheduled in ${iteration}`);
  return rows[0].row;
}

/** The chapter of a code, as the database has it. */
export async function chapterIn(host: TestHost, code: string): Promise<Chapter> {
  const { rows } = await host.database.admin.query<{ row: Chapter }>(
    `select macroplan.wire(c) as row from macroplan.chapters c where c.code = $1 and not c.removed`,
    [code],
  );
  if (rows[0] === undefined) throw new Error(`there is no chapter ${code}`);
  return rows[0].row;
}
