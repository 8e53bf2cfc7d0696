/** A gate or a milestone is a moment: it counts when it is due, and it has no duration that anybody would write down. */
export function isMoment(kind: string | undefined): boolean {
  return kind === 'gate' || kind === 'milestone';
}
