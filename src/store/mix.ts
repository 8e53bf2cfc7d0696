/**
 * One row's share of the plan's checksum: a 32-bit value of the id's last 8 hex digits and the rev. The sum over all
 * live rows is `row_sum` (PROTOCOL); it stays exact below 2^53 for fewer than 2 million rows. The server's twin is
 * `macroplan.mix`. The shifts break linearity, so that two rows that swap their revs are noticed.
 */
export function mix(id: string, rev: number): number {
  let x = (Number.parseInt(id.slice(-8), 16) ^ (rev % 2 ** 32)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 1597334677) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 1779033703) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}
