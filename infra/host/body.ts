/** A request's body as text: at most `maxBytes` bytes of valid UTF-8, or a Problem before anything else is done. */
import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length']) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of chunksOf(request)) {
      bytes += chunk.length;
      if (bytes > maxBytes) break;
      chunks.push(chunk);
    }
  } catch {
    // The sender went away in the middle of it: half a request is no request.
    throw new Problem('bad_request', 'The request ended before its body did.');
  }
  if (bytes > maxBytes) throw tooLarge(maxBytes);
  return decode(Buffer.concat(chunks));
}

/** Left early, the stream stays open: node then reads the rest away, so the client gets to see the answer. */
function chunksOf(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false });
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('too_large', `A request may hold at most ${maxBytes} bytes.`);
}

function decode(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem('bad_request', 'The request is not valid UTF-8.');
  }
  if (text.includes('\0')) throw new Problem('bad_request', 'The request holds a zero byte.');
  return text;
}
