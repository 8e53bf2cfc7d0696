/**
 * For local work: a mail server that keeps what it is given, and a page that shows it. Nothing leaves the machine. Only with
 * `MACROPLAN_AUTH=dev`, where everybody may be anybody anyway, and gone with the process.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createTransport } from 'nodemailer';
import { escapeHtml } from './escape-html.ts';
import type { MailTransport } from './mailer.ts';
import { Problem } from './problem.ts';

interface KeptMail {
  readonly at: Date;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  /** Headers and body, as they would have gone over the wire. */
  readonly source: string;
}

export interface KeptMails {
  readonly transport: MailTransport;
  /** Registers the pages `/dev/mails`. */
  readonly pages: (app: FastifyInstance) => void;
}

const MAILS_MAX = 200;

export function keptMails(): KeptMails {
  const stream = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const mails: KeptMail[] = [];
  const transport: MailTransport = {
    async sendMail(mail) {
      const { message } = await stream.sendMail({ ...mail });
      mails.unshift({
        at: new Date(),
        to: mail.to.address,
        subject: mail.subject,
        html: mail.html,
        source: String(message),
      });
      mails.length = Math.min(mails.length, MAILS_MAX);
    },
    close: () => undefined,
  };

  function pages(app: FastifyInstance): void {
    const found = (number: string) => {
      // Numbered from the first on, so that a number goes on meaning the same mail.
      const mail = mails[mails.length - Number(number)];
      if (mail === undefined) throw new Problem('not_found', 'There is no such mail.');
      return mail;
    };
    app.get('/dev/mails', async (_request, reply) => page(reply, 'Mails', listOf(mails)));
    app.get<{ Params: { number: string } }>('/dev/mails/:number', async ({ params }, reply) => {
      const mail = found(params.number);
      return page(reply, mail.subject, letter(mail, params.number));
    });
    app.get<{ Params: { number: string } }>('/dev/mails/:number/html', async ({ params }, reply) =>
      reply
        .header('content-security-policy', `sandbox allow-popups allow-popups-to-escape-sandbox; ${POLICY}`)
        .type('text/html; charset=utf-8')
        .send(found(params.number).html.replace('<head>', '<head><base target="_blank">')),
    );
  }
  return { transport, pages };
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'self'";

function listOf(mails: readonly KeptMail[]): string {
  const lines = mails.map(
    ({ at, to, subject }, i) =>
      `<li>${at.toISOString().slice(11, 19)} UTC <b>${escapeHtml(to)}</b> <a href="mails/${mails.length - i}">${escapeHtml(subject)}</a></li>`,
  );
  return `<p>What would have been sent, newest first, at most ${MAILS_MAX}. A night’s mails come about two minutes after what they tell,
    and status reports at the full hour, for iterations whose mail is on, to whom a lead listed (Share, Who gets mails…).</p>
    <ul>${lines.join('')}</ul>${lines.length === 0 ? '<p>None yet.</p>' : ''}`;
}

function letter({ to, source }: KeptMail, number: string): string {
  return `<p>To <b>${escapeHtml(to)}</b>. <a href="../mails">All mails</a></p>
    <iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox" src="${encodeURIComponent(number)}/html"></iframe>
    <details><summary>As it goes over the wire</summary><pre>${escapeHtml(source)}</pre></details>`;
}

function page(reply: FastifyReply, title: string, body: string): FastifyReply {
  return reply
    .header('content-security-policy', POLICY)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>
      body{font:14px/1.5 system-ui,sans-serif;margin:2rem;max-width:70rem}
      iframe{border:1px solid #8c9bab;height:36rem;width:100%}pre{overflow:auto}
      </style></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`,
    );
}
