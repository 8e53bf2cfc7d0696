/** Ids that follow from what they name, so that the same demo plan has the same ids wherever it is made. */
import { createHash } from 'node:crypto';

export type IdOf = (kind: string, name: string) => string;

/** Version 8 of RFC 9562: a uuid whose bits mean what its maker likes. */
export function idsFrom(seed: number): IdOf {
  return (kind, name) => {
    const bytes = createHash('sha256').update(`macroplan demo ${seed} ${kind} ${name}`).digest().subarray(0, 16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
}
