/** A real SMTP server that keeps what it is sent, with the faults that a test wants. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly to: string;
  /** Headers and body, as they came, with plain line ends. */
  readonly text: string;
}

export interface SmtpSink {
  readonly port: number;
  /** Every mail that was taken, in order, those too whose sender was never told. */
  readonly mails: readonly Received[];
  /** Addresses that get a "550 no such user". */
  readonly unknown: Set<string>;
  /** While true, a mail is taken and its sender left without an answer. */
  isSilent: boolean;
  /** Resolves when there are so many mails. */
  count(mails: number): Promise<void>;
  close(): Promise<void>;
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: Received[] = [];
  const unknown = new Set<string>();
  const looks: (() => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 1_000,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(unknown.has(address) ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8').replaceAll('\r\n', '\n');
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), text });
      for (const look of looks) look();
      if (!sink.isSilent) done();
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sink: SmtpSink = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    unknown,
    isSilent: false,
    count: (many) =>
      new Promise((resolve) => {
        const look = () => mails.length >= many && resolve();
        looks.push(look);
        look();
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return sink;
}
