/**
 * Entity tags, compared weakly (RFC 9110, 8.8.3.2): a compressed answer has other bytes and the same meaning, and proxies
 * add `-gzip` to tags of what they compressed.
 */

/** The bare tags of an If-None-Match header. */
export function bareTags(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map(bareTag)
    .filter((tag) => tag !== '');
}

export function bareTag(tag: string): string {
  return tag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1')
    .replace(/-(gzip|br|deflate|zstd)$/, '');
}

/** As an ETag header says it. */
export function weakTag(tag: string): string {
  return `W/"${bareTag(tag)}"`;
}
