/** Reads and changes what the addressee of a mail gets, by the token that came with it. */
import type { MailStops, StopMails } from '../store/mail.ts';
import { type Reader, readArray, readObject, readString } from './parse.ts';
import { parsed } from './reply.ts';
import type { Transport } from './transport.ts';

const readStops = readObject<MailStops>({
  plan: readString,
  email: readString,
  events: readArray as Reader<MailStops['events']>,
});

/** Rejects with a `SyncError` whose message is a sentence for people. */
export function makeStops(transport: Transport, token: string): StopMails {
  const path = `/unsubscribe/${encodeURIComponent(token)}`;
  return {
    read: async () => parsed(await transport.get(path), readStops),
    change: async (change) => parsed(await transport.post(path, change), readStops),
  };
}
