/** The job of every minute: what it sends, to whom it gives up, and what happens when two run or one is killed. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type APlan, makePlan, newDevice } from '../host/conformance/a-plan.ts';
import { talkTo } from '../host/conformance/talk.ts';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { type SmtpSink, startSmtpSink } from '../test/smtp-sink.ts';
import { type Node, startNode } from './node.ts';

describe.each(['javax', 'jakarta'] as const)('on %s', (line) => {
  let database: TestDatabase;
  let nodes: readonly [Node, Node];
  let sink: SmtpSink;
  let plan: APlan;

  beforeAll(async () => {
    database = await createDatabase();
    const start = () => startNode({ line, databaseUrl: database.hostUrl, context: '/wiki', pool: 3 });
    nodes = await Promise.all([start(), start()]);
  });
  afterAll(async () => {
    await Promise.all((nodes ?? []).map((node) => node.close()));
    await database.drop();
  });
  beforeEach(async () => {
    sink = await startSmtpSink();
    await Promise.all(nodes.map((node) => setUpMail(node, `port=${sink.port}`)));
    await database.admin.query('delete from macroplan.mail_outbox');
    const host = talkTo(() => nodes[0].baseUrl);
    plan = await makePlan(host);
    await newDevice(host, plan.id, 'lead').edit([
      { op: 'set', table: 'iterations', id: plan.iteration, base: { mail_mode: 'off' }, set: { mail_mode: 'on' } },
    ]);
  });
  afterEach(() => sink.close());

  const send = async (...to: readonly string[]) => {
    const device = newDevice(
      talkTo(() => nodes[0].baseUrl),
      plan.id,
      'lead',
    );
    const op = { op: 'send', iteration_id: plan.iteration, to, note: 'Bitte prüfen – <b>heute</b>' };
    expect(await device.edit([op])).toMatchObject({ refusal: null });
  };
  const states = async () => {
    const { rows } = await database.admin.query(
      'select state, count(*)::int from macroplan.mail_outbox group by state',
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  };
  /** As if the lease of everybody, and every pause, had ended. */
  const later = () => database.admin.query('update macroplan.mail_outbox set due_at = now()');

  test('a mail arrives once, whole, with an id that stays the same', async () => {
    await send('cutover@example.com');
    expect(await runJob(nodes[0])).toEqual({
      isSuccess: true,
      message: expect.stringMatching(/^1 mails sent, 0 to be/),
    });
    expect(await runJob(nodes[0])).toMatchObject({ message: expect.stringMatching(/^0 mails sent/) });
    const [mail, ...more] = sink.mails;
    expect([mail?.to, more]).toEqual(['cutover@example.com', []]);
    const text = decoded(mail?.text ?? '');
    expect(text).toMatch(/^Subject: \[REHEARSAL RUN0\] Macro-plan of RUN0$/m);
    expect(text).toMatch(/^Content-Type: text\/html; ?charset=UTF-8$/im);
    expect(text).toMatch(/^X-Macroplan-Mail: <[0-9a-f.-]+@macroplan\.invalid>$/m);
    expect(text).toContain('Bitte prüfen – &lt;b&gt;heute&lt;/b&gt;');
    expect(text).toContain('Load accounts');
    expect(text).toContain(`/wiki/rest/scriptrunner/latest/custom/macroplan/app?macroplan-plan=${plan.id}`);
  });

  test('where the server takes a Message-ID from us, it is that id', async () => {
    await setUpMail(nodes[0], `port=${sink.port}&naming=1`);
    await send('cutover@example.com');
    await runJob(nodes[0]);
    const text = sink.mails[0]?.text ?? '';
    expect(/^Message-ID: (.*)$/m.exec(text)?.[1]).toBe(/^X-Macroplan-Mail: (.*)$/m.exec(text)?.[1]);
  });

  test('two nodes share what is due, and nothing goes out twice', async () => {
    const to = Array.from({ length: 12 }, (_, at) => `person-${at}@example.com`);
    await send(...to);
    await Promise.all(nodes.map(runJob));
    expect(sink.mails.map((mail) => mail.to).sort()).toEqual([...to].sort());
    expect(await states()).toEqual({ sent: 12 });
  });

  test('an address that does not exist is tried again later and stops nobody else', async () => {
    sink.unknown.add('nobody@example.com');
    await send('nobody@example.com', 'somebody@example.com');
    expect(await runJob(nodes[0])).toMatchObject({
      message: expect.stringMatching(/^1 mails sent, 1 to be tried again/),
    });
    expect(sink.mails.map((mail) => mail.to)).toEqual(['somebody@example.com']);
    for (let attempt = 2; attempt <= 8; attempt += 1) {
      await later();
      await runJob(nodes[0]);
    }
    expect(await states()).toEqual({ sent: 1, parked: 1 });
    const { rows } = await database.host.query('select api.mails($1, $2) as answer', [{ user_key: 'lead' }, plan.id]);
    const [mail] = Object(JSON.parse(rows[0].answer)).mails;
    expect(mail).toMatchObject({ to: 'nobody@example.com', state: 'parked', error: expect.stringContaining('550') });
  });

  test('without a mail server, or with sending switched off, mails wait and keep their attempts', async () => {
    await send('cutover@example.com');
    for (const setting of ['', `port=${sink.port}&disabled=1`]) {
      await setUpMail(nodes[0], setting);
      expect(await runJob(nodes[0])).toMatchObject({ message: expect.stringMatching(/^No mail server/) });
    }
    const { rows } = await database.admin.query('select state, attempts from macroplan.mail_outbox');
    expect([rows, sink.mails]).toEqual([[{ state: 'due', attempts: 0 }], []]);
  });

  test('a server that is away costs three mails an attempt, not all of them', async () => {
    await sink.close();
    await send(...Array.from({ length: 6 }, (_, at) => `person-${at}@example.com`));
    await runJob(nodes[0]);
    const { rows } = await database.admin.query('select sum(attempts)::int as attempts from macroplan.mail_outbox');
    expect(rows).toEqual([{ attempts: 3 }]);
    sink = await startSmtpSink();
  });

  test('a node that is killed while it sends leaves the mail to the other, under the same id', async () => {
    const doomed = await startNode({ line, databaseUrl: database.hostUrl, pool: 3 });
    await setUpMail(doomed, `port=${sink.port}&naming=1`);
    await setUpMail(nodes[1], `port=${sink.port}&naming=1`);
    await send('cutover@example.com');
    sink.isSilent = true;
    const cut = runJob(doomed).catch(() => 'cut');
    await sink.count(1);
    // Taken by the server, and its sender will never know.
    expect(await runJob(nodes[1])).toMatchObject({ message: expect.stringMatching(/^0 mails sent/) });
    await doomed.kill();
    expect(await cut).toBe('cut');
    sink.isSilent = false;
    await later();
    await runJob(nodes[1]);
    expect(await states()).toEqual({ sent: 1 });
    const ids = sink.mails.map((mail) => /^Message-ID: (.*)$/m.exec(mail.text)?.[1]);
    expect(ids).toEqual([expect.stringContaining('@macroplan.invalid'), ids[0]]);
  });

  test('what happened within a window is one mail, with a link that stops its kind', async () => {
    const host = talkTo(() => nodes[0].baseUrl);
    const add = [
      { id: randomUUID(), event: 'progress', audience: 'address', email: 'night@example.com' },
      { id: randomUUID(), event: 'iteration', audience: 'address', email: 'night@example.com' },
    ];
    expect((await host.post(`/plans/${plan.id}/recipients`, { add }, 'lead')).status).toBe(200);
    const set = (table: string, id: string, base: object, values: object) =>
      newDevice(host, plan.id, 'lead').edit([{ op: 'set', table, id, base, set: values }]);
    await set('iterations', plan.iteration, { state: 'planned' }, { state: 'live' });
    for (const id of plan.schedules) {
      expect(await set('chapter_schedules', id, { status: 'pending' }, { status: 'blocked' })).toMatchObject({
        refusal: null,
      });
    }
    expect(await runJob(nodes[0])).toMatchObject({ message: expect.stringMatching(/^0 mails sent/) });
    await database.admin.query(`update macroplan.mail_notices set at = at - interval '3 minutes'`);
    await Promise.all(nodes.map(runJob));
    expect(sink.mails.map((mail) => mail.to)).toEqual(['night@example.com']);
    // Long headers go on in the next line.
    const text = decoded(sink.mails[0]?.text ?? '').replace(/\n (?=\S)/g, ' ');
    expect(text).toMatch(
      /^Subject: \[REHEARSAL RUN0\] CONF-[0-9a-f]+: 1 iteration opened or closed, 2 chapters reported$/m,
    );
    expect(text).toContain('Load accounts');
    expect(text).not.toMatch(/^List-Unsubscribe-Post/m);
    const link = /^List-Unsubscribe: <(.*)>$/m.exec(text)?.[1] ?? '';
    expect(link).toMatch(/\/wiki\/rest\/scriptrunner\/latest\/custom\/macroplan\/app\?macroplan-stop=/);
    const path = `/unsubscribe/${new URL(link).searchParams.get('macroplan-stop')}`;
    expect((await host.get(path, 'viewer')).text).not.toMatch(/"is_stopped" ?: ?true/);
    expect((await host.post(path, { stop: ['progress'] }, 'viewer')).json()).toMatchObject({
      email: 'night@example.com',
      events: expect.arrayContaining([expect.objectContaining({ event: 'progress', is_stopped: true })]),
    });
  });

  test('what happens in quiet hours is one mail of the job when they end', async () => {
    const host = talkTo(() => nodes[0].baseUrl);
    const email = 'owl@example.com';
    const add = [{ id: randomUUID(), event: 'progress', audience: 'address', email }];
    const minute = Math.floor(Date.now() / 60_000);
    const id = randomUUID();
    const hours = { quiet_from: (minute + 1380) % 1440, quiet_to: (minute + 60) % 1440, zone: 'UTC' };
    for (const body of [{ add }, { quiet: [{ id, email, ...hours }] }]) {
      expect((await host.post(`/plans/${plan.id}/recipients`, body, 'lead')).status).toBe(200);
    }
    const set = (table: string, row: string, base: object, values: object) =>
      newDevice(host, plan.id, 'lead').edit([{ op: 'set', table, id: row, base, set: values }]);
    await set('iterations', plan.iteration, { state: 'planned' }, { state: 'live' });
    const soon = () => database.admin.query(`update macroplan.mail_notices set at = at - interval '3 minutes'`);
    for (const row of plan.schedules) {
      await set('chapter_schedules', row, { status: 'pending' }, { status: 'blocked' });
      await soon();
      await Promise.all(nodes.map(runJob));
    }
    expect(sink.mails).toEqual([]);
    expect((await host.post(`/plans/${plan.id}/recipients`, { remove: [id] }, 'lead')).status).toBe(200);
    await Promise.all(nodes.map(runJob));
    expect(sink.mails.map((mail) => mail.to)).toEqual([email]);
    expect(decoded(sink.mails[0]?.text ?? '').replace(/\n (?=\S)/g, ' ')).toMatch(/: 2 chapters reported$/m);
  });

  test('the job looks after plans that nobody tidied for a day', async () => {
    await database.admin.query(
      `update macroplan.plan_heads set tidied_at = now() - interval '2 days' where plan_id = $1`,
      [plan.id],
    );
    expect(await runJob(nodes[0])).toMatchObject({ message: expect.stringMatching(/ 1 plans tidied\.$/) });
    expect(await runJob(nodes[0])).toMatchObject({ message: expect.stringMatching(/ 0 plans tidied\.$/) });
  });
});

async function runJob(node: Node): Promise<unknown> {
  const reply = await fetch(`${node.url}/stand-in/job`);
  return await reply.json();
}

async function setUpMail(node: Node, query: string): Promise<void> {
  await fetch(`${node.url}/stand-in/mail-server?${query}`);
}

/** Quoted-printable or base64 bodies and headers as text. */
function decoded(text: string): string {
  const body = text.slice(text.indexOf('\n\n'));
  if (/^Content-Transfer-Encoding: base64$/im.test(text)) {
    return text.slice(0, text.indexOf('\n\n')) + Buffer.from(body, 'base64').toString('utf8');
  }
  const bytes = body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return text.slice(0, text.indexOf('\n\n')) + Buffer.from(bytes, 'latin1').toString('utf8');
}
