/** Mails leave by SMTP, to a real server that keeps what it gets. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createScheduledPlan, edit, sync } from '../../migrations/test-plan.ts';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { openDoors } from './doors.ts';
import type { LogEntry } from './log.ts';
import { smtpTransport, startMailer } from './mailer.ts';
import { type Connections, openConnections } from './pool.ts';

let database: TestDatabase;
let connections: Connections;
let smtp: SMTPServer;
let got: { readonly to: readonly string[]; readonly mail: ParsedMail }[];
let logged: LogEntry[];
/** Addresses that the server refuses for good. */
let refused: Set<string>;
let plan: string;
let iteration: string;

beforeEach(async () => {
  [got, logged, refused] = [[], [], new Set()];
  database = await createDatabase();
  connections = openConnections({ url: database.hostUrl, most: 4, log: () => undefined });
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(refused.has(address) ? Object.assign(new Error('no such box'), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      simpleParser(stream).then((mail) => {
        got.push({ to: session.envelope.rcptTo.map(({ address }) => address), mail });
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  ({ plan, iteration } = await createScheduledPlan(database, { code: 'MAIL', title: 'Stop <feeds>' }));
});

afterEach(async () => {
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await connections.close();
  await database.drop();
});

const send = (to: readonly string[], note = '') =>
  sync(database.host, {
    plan,
    client: randomUUID(),
    edits: [edit(1, [{ op: 'send', iteration_id: iteration, to, note }])],
  });

function mailer() {
  const { port } = smtp.server.address() as AddressInfo;
  return startMailer({
    transport: smtpTransport(`smtp://127.0.0.1:${port}`),
    from: 'macroplan@example.com',
    publicUrl: 'https://plans.example.com/app',
    doors: openDoors(connections),
    log: (entry) => void logged.push(entry),
    everyMs: 20,
  });
}

const states = async () =>
  (await database.admin.query('select recipient, state, attempts from macroplan.mail_outbox order by recipient')).rows;

test('a sent plan reaches each addressee once, as HTML and as text, with a link to the live plan', async () => {
  await send(['a@example.com', 'b@example.com'], 'Please read.\nTonight <b>all</b> of it.');
  const stop = mailer();
  await expect.poll(() => got.length, { timeout: 30_000 }).toBe(2);
  await expect
    .poll(async () => (await states()).every(({ state }) => state === 'sent'), { timeout: 30_000 })
    .toBe(true);
  await stop();
  expect(got.flatMap(({ to }) => to).sort()).toEqual(['a@example.com', 'b@example.com']);
  const mail = got[0]?.mail;
  expect(mail?.subject).toBe('[REHEARSAL DR1] Macro-plan of DR1');
  expect(mail?.html).toContain('Stop &lt;feeds&gt;');
  expect(mail?.html).toContain('Tonight &lt;b&gt;all&lt;/b&gt; of it.');
  expect(mail?.html).toContain(`https://plans.example.com/app?macroplan-plan=${plan}`);
  expect(mail?.text).toContain('Stop <feeds>');
  expect(mail?.text).toContain('22:30');
  expect(new Set(got.map(({ mail: { messageId } }) => messageId)).size).toBe(2);
});

test('an address that the server refuses is tried again later and holds up nobody', async () => {
  refused.add('gone@example.com');
  await send(['gone@example.com', 'here@example.com']);
  const stop = mailer();
  await expect.poll(states, { timeout: 30_000 }).toEqual([
    { recipient: 'gone@example.com', state: 'due', attempts: 1 },
    { recipient: 'here@example.com', state: 'sent', attempts: 1 },
  ]);
  await stop();
  expect(got).toHaveLength(1);
  expect(logged.map(({ route }) => route)).toEqual(['mail']);
});

test('two senders at once send each mail once', async () => {
  await send(Array.from({ length: 12 }, (_, i) => `p${i}@example.com`));
  const stops = [mailer(), mailer()];
  await expect
    .poll(async () => (await states()).every(({ state }) => state === 'sent'), { timeout: 30_000 })
    .toBe(true);
  await Promise.all(stops.map((stop) => stop()));
  expect(got).toHaveLength(12);
});
