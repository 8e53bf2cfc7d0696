/**
 * Sends what the outbox holds. The database decides what is due and gives each mail to one sender for the time of a lease;
 * a sender that dies loses it to another, so a mail may go out twice, under one Message-ID, and never not at all. A mail
 * that fails is tried again later and parked at last; it never holds up the others.
 */
import { convert } from 'html-to-text';
import { createTransport } from 'nodemailer';
import type { ClaimedMail, Doors } from './doors.ts';
import type { Log } from './log.ts';

export interface MailSettings {
  /** `smtp://user:password@mail.example.com:587` */
  readonly smtpUrl: string;
  /** The sender's address. */
  readonly from: string;
  /** Where people open Macroplan; mails link there. */
  readonly publicUrl: string;
}

/** A mail as `api.claim_mail` gives it. */
export interface Mail extends ClaimedMail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  /** The plain part; null: what the HTML says as text. */
  readonly text: string | null;
  readonly message_id: string;
  /** Where its addressee stops mails of these kinds: the page by GET, and by POST at once (RFC 8058). */
  readonly unsubscribe: string;
}

/** A mail with both parts and its headers. */
export interface Letter {
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
  readonly headers: { readonly [name: string]: string };
}

/** Whatever takes a mail: resolves when it has, rejects where it did not. */
export interface MailTransport {
  readonly sendMail: (letter: Letter) => Promise<unknown>;
  readonly close: () => void;
}

export interface MailerOptions extends Omit<MailSettings, 'smtpUrl'> {
  readonly transport: MailTransport;
  readonly doors: Pick<Doors, 'claimMail' | 'settleMail'>;
  readonly log: Log;
  /** Milliseconds between two looks into the outbox. */
  readonly everyMs?: number;
}

const EVERY_MS = 15_000;
/** Longer than a slow mail server takes, so that nobody else takes the mail meanwhile. */
const LEASE_SECONDS = 300;
const SEND_MS_MAX = 60_000;

/** Returns the stop, which resolves when the mail that is under way is settled. */
export function startMailer(options: MailerOptions): () => Promise<void> {
  const { transport, log, everyMs = EVERY_MS } = options;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = work();

  async function work(): Promise<void> {
    try {
      while (!isStopped && (await sendOne(options))) {}
    } catch (error) {
      // The database is away or busy; what was claimed comes back when its lease ends.
      log({ route: 'mail', error });
    }
    if (isStopped) return;
    timer = setTimeout(() => {
      running = work();
    }, everyMs);
    timer.unref();
  }

  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
    transport.close();
  };
}

export function smtpTransport(smtpUrl: string): MailTransport {
  const timeouts = { connectionTimeout: SEND_MS_MAX, greetingTimeout: SEND_MS_MAX, socketTimeout: SEND_MS_MAX };
  const transport = createTransport({ url: smtpUrl, ...timeouts });
  return { sendMail: (letter) => transport.sendMail({ ...letter }), close: () => transport.close() };
}

/** True where there was a mail to send, whatever became of it. */
async function sendOne({ transport, doors, from, publicUrl, log }: MailerOptions): Promise<boolean> {
  const text = await doors.claimMail(LEASE_SECONDS, publicUrl);
  if (!text) return false;
  const mail = JSON.parse(text) as Mail;
  const error = await transport
    .sendMail({
      from,
      to: { name: '', address: mail.to },
      subject: mail.subject,
      html: mail.html,
      text:
        mail.text ?? convert(mail.html, { wordwrap: false, selectors: [{ selector: 'table', format: 'dataTable' }] }),
      messageId: mail.message_id,
      // The receiver's programs must not answer a machine.
      headers: {
        'Auto-Submitted': 'auto-generated',
        'List-Unsubscribe': `<${mail.unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    })
    .then(
      () => null,
      (reason: unknown) => (reason instanceof Error ? reason : new Error('The mail server did not take it.')),
    );
  if (error !== null) log({ route: 'mail', error });
  await doors.settleMail(mail, error?.message ?? null);
  return true;
}
