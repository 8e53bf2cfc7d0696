/**
 * A ZIP archive (APPNOTE 6.3.10) as parts by name, as much of it as workbooks use: stored and deflated parts, found by the central
 * directory. A part is inflated when it is asked for, as a stream that stops at a bound whatever its headers say, and its
 * checksum is compared. Names are keys and nothing else: no path of an archive leads anywhere.
 */
import { ImportError } from '../exchange/imported.ts';
import { crc32 } from './crc32.ts';

export interface Archive {
  /** As the archive spells them, with `/`. */
  readonly names: readonly string[];
  /** The part of this name, whatever its case; null where there is none. Rejects with an `ImportError`. */
  readonly part: (name: string) => Promise<Uint8Array | null>;
}

/** Inflated; a plan of 10,000 rows has about 5 MB. */
export const PART_BYTES_MAX = 64 * 1024 * 1024;
const PARTS_MAX = 5_000;

export const BROKEN = 'This workbook is broken or cut off. Save it again in the program that made it, and import that.';

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly headerAt: number;
}

type Bytes = Uint8Array<ArrayBuffer>;

export function openArchive(bytes: Bytes): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = entriesOf(bytes, view);
  const named = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  // Of two parts of one name, programs read different ones: nobody can say what was seen before.
  if (named.size < entries.length) throw new ImportError(BROKEN);
  return {
    names: entries.map(({ name }) => name),
    part: async (name) => {
      const entry = named.get(name.toLowerCase());
      if (entry === undefined) return null;
      if (entry.flags & ENCRYPTED) throw new ImportError('This archive has a password. Save it without one.');
      const content = await unpacked(packedOf(entry, bytes, view), entry.method);
      if (crc32(content) !== entry.crc) throw new ImportError(BROKEN);
      return content;
    },
  };
}

const ENCRYPTED = 1;
const END_MARK = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;

function entriesOf(bytes: Bytes, view: DataView): readonly Entry[] {
  const last = bytes.length - END_BYTES;
  let end = last;
  while (end >= 0 && end >= last - COMMENT_BYTES_MAX && view.getUint32(end, true) !== END_MARK) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== END_MARK) throw new ImportError(BROKEN);
  const count = view.getUint16(end + 10, true);
  if (count > PARTS_MAX) throw new ImportError('This archive has too many parts for a workbook.');
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw new ImportError(BROKEN);
    const nameBytes = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes)).replaceAll('\\', '/'),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      headerAt: view.getUint32(at + 42, true),
    });
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The header before the content repeats the name, and has extra fields of its own. */
function packedOf({ headerAt, packedBytes }: Entry, bytes: Bytes, view: DataView): Bytes {
  if (headerAt + 30 > bytes.length || view.getUint32(headerAt, true) !== 0x04034b50) throw new ImportError(BROKEN);
  const start = headerAt + 30 + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true);
  if (start + packedBytes > bytes.length) throw new ImportError(BROKEN);
  return bytes.subarray(start, start + packedBytes);
}

async function unpacked(packed: Bytes, method: number): Promise<Uint8Array> {
  if (method === 0) return packed;
  if (method !== 8) throw new ImportError('This workbook is packed in a way that is not read here. Save it as CSV.');
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const chunks: Bytes[] = [];
  let size = 0;
  for (;;) {
    // A stream that is no deflate data rejects with a TypeError.
    const { value, done } = await reader.read().catch(() => {
      throw new ImportError(BROKEN);
    });
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    size += value.length;
    if (size > PART_BYTES_MAX) {
      await reader.cancel();
      const most = PART_BYTES_MAX / 1024 / 1024;
      throw new ImportError(
        `Unpacked, this workbook is larger than ${most} MB. Copy the table with the chapters into a new one.`,
      );
    }
    chunks.push(value);
  }
}
