/** A user key as the header `X-Macroplan-User` carries it, both ways: headers hold ASCII only. */
export function userHeader(userKey: string): string {
  return userKey.replace(/[^\x20-\x7e]/gu, (character) => encodeURIComponent(character));
}
