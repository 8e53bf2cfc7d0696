/** Reads and changes who gets the mails of a plan; for its leads. */
import type {
  MailEvent,
  MailRecipients,
  QuietHours,
  Recipient,
  RecipientChange,
  RecipientList,
} from '../store/mail.ts';
import { type Reader, readArray, readObject } from './parse.ts';
import { parsed } from './reply.ts';
import type { Transport } from './transport.ts';

/** Only shown and sent back, never decided upon: fields are read where they are shown. */
const readRecipients = readObject<RecipientList>({
  events: readArray as Reader<readonly MailEvent[]>,
  recipients: readArray as Reader<readonly Recipient[]>,
  quiet: readArray as Reader<readonly QuietHours[]>,
  stops: readArray as Reader<RecipientList['stops']>,
  changes: readArray as Reader<readonly RecipientChange[]>,
  people: readArray as Reader<RecipientList['people']>,
});

/** Rejects with a `SyncError` whose message is a sentence for people. */
export function makeRecipients(transport: Transport, planId: string): MailRecipients {
  const path = `/plans/${planId}/recipients`;
  return {
    read: async () => parsed(await transport.get(path), readRecipients),
    change: async (change) => parsed(await transport.post(path, change), readRecipients),
  };
}
