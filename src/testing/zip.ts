/** Archives for tests, and what can be wrong with them. */
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../store/workbook/crc32.ts';

export interface ZipPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
}

/** A ZIP archive of these parts, deflated unless they say otherwise. */
export function zipOf(parts: readonly ZipPart[]): Uint8Array<ArrayBuffer> {
  let at = 0;
  const written = parts.map(({ name, content, flags = 0, method = 8, crc }) => {
    const bytes = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const middle = Buffer.alloc(26);
    middle.writeUInt16LE(20, 0);
    middle.writeUInt16LE(flags, 2);
    middle.writeUInt16LE(method, 4);
    middle.writeUInt32LE(crc ?? crc32(bytes), 10);
    middle.writeUInt32LE(packed.length, 14);
    middle.writeUInt32LE(bytes.length, 18);
    middle.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), middle, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    at += local.length;
    const entry = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), middle, rest, Buffer.from(name)]);
    return { local, entry };
  });
  const directory = Buffer.concat(written.map(({ entry }) => entry));
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...written.map(({ local }) => local), directory, end]));
}
