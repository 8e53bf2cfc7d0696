/**
 * Bytes of a file as text: UTF-8, UTF-16 by its mark or by where its zeros stand, else Windows-1252, which is what old
 * spreadsheets write. What is no text at all is refused with what to do instead.
 */
import { ImportError } from './imported.ts';

/** Read before anything else is: a larger file is not even loaded. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024;

export function tooLargeSentence(bytes: number): string | null {
  if (bytes <= FILE_BYTES_MAX) return null;
  const size = Math.round(bytes / 1024 / 1024);
  return `This file has ${size} MB; at most ${FILE_BYTES_MAX / 1024 / 1024} MB are read. Save only the table with the chapters.`;
}

export function decodeFile(bytes: Uint8Array): string {
  const tooLarge = tooLargeSentence(bytes.length);
  if (tooLarge !== null) throw new ImportError(tooLarge);
  const known = SIGNATURES.find(({ start }) => start.every((byte, i) => bytes[i] === byte));
  if (known) throw new ImportError(known.sentence);
  const text = textOf(bytes);
  const nul = text.indexOf('\u0000');
  if (nul >= 0) {
    throw new ImportError(
      'This is no text file: it holds bytes that no table has.',
      text.slice(0, nul).split('\n').length,
    );
  }
  return text;
}

const SIGNATURES: readonly { readonly start: readonly number[]; readonly sentence: string }[] = [
  {
    // OLE: .xls, .mpp, and any .xlsx that is encrypted
    start: [0xd0, 0xcf, 0x11, 0xe0],
    sentence:
      'This is an Excel or Project file of the old kind, or one with a password. Save it there as .xlsx without a password, as CSV or as XML, and import that.',
  },
  { start: [0x25, 0x50, 0x44, 0x46], sentence: 'This is a PDF. Import the table that it was made from.' },
];

function textOf(bytes: Uint8Array): string {
  const wide = wideEncodingOf(bytes);
  if (wide !== null) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function wideEncodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 2_000);
  const zeros = [0, 0];
  for (let i = 0; i < start.length; i += 1) if (start[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  // Western text in UTF-16 has a zero in every second byte, and never in the others.
  const [even = 0, odd = 0] = zeros;
  if (odd > start.length / 4 && even === 0) return 'utf-16le';
  return even > start.length / 4 && odd === 0 ? 'utf-16be' : null;
}
