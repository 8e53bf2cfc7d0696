import { createHash } from 'node:crypto';
import type { TarFile } from './tar.ts';

/** As `sha256sum -c` reads it. */
export function checksums(files: readonly TarFile[]): TarFile {
  const lines = files.map(({ name, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  return { name: 'SHA256SUMS', bytes: Buffer.from(lines.join('')) };
}
