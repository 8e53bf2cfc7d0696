/**
 * The button "Unsubscribe" of a mail program (RFC 8058): it posts a form to the address in List-Unsubscribe, which is that of the
 * page a person would see. No cookie comes with it and none is looked at: whoever has the token got the mail. A GET of the same
 * address only shows the page, since programs that check mails follow every link.
 */
import type { FastifyInstance } from 'fastify';
import { readBody } from './body.ts';
import type { Doors } from './doors.ts';
import { Problem } from './problem.ts';
import { readQuery } from './query.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The request shows by a token in its address who may, and not by who is signed in. */
    isOneClick?: boolean;
  }
}

const BODY_BYTES_MAX = 1_000;

/** `path`: where people open Macroplan, for one. */
export function oneClick(app: FastifyInstance, path: string, { stopMails }: Pick<Doors, 'stopMails'>): void {
  app.post(path, { config: { isOneClick: true } }, async (request, reply) => {
    const query = readQuery(request.url);
    const [token, events] = [query.text('macroplan-stop'), query.text('macroplan-events')];
    if (token === null || events === null) throw new Problem('not_found', 'There is nothing at this address.');
    const form = new URLSearchParams(await readBody(request.raw, BODY_BYTES_MAX));
    if (form.get('List-Unsubscribe') !== 'One-Click') {
      throw new Problem('bad_request', 'Only the button of a mail program posts here.');
    }
    await stopMails(token, JSON.stringify({ stop: events.split('.') }));
    return reply.type('text/plain; charset=utf-8').send('These mails are stopped.\n');
  });
}
