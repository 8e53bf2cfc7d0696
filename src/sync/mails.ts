/** Reads what became of the mails of a plan; for its leads. */
import type { Mail, ReadMails } from '../store/mail.ts';
import { type Reader, readArray, readObject } from './parse.ts';
import { parsed } from './reply.ts';
import type { Transport } from './transport.ts';

/** Only shown, never decided upon: a mail's fields are read where they are shown. */
const readMails = readObject<{ readonly mails: readonly Mail[] }>({ mails: readArray as Reader<readonly Mail[]> });

/** Rejects with a `SyncError` whose message is a sentence for people. */
export function makeMails(transport: Transport, planId: string): ReadMails {
  return async () => parsed(await transport.get(`/plans/${planId}/mails`), readMails).mails;
}
