const ZONES_OFFERED = 12;

/** Names of time zones that fit what is typed so far. */
export function zonesLike(text: string): readonly string[] {
  const words = text.trim().toLowerCase().replaceAll(' ', '_');
  return Intl.supportedValuesOf('timeZone')
    .filter((zone) => zone.toLowerCase().includes(words))
    .slice(0, ZONES_OFFERED);
}
