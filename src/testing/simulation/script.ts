/** What happens in a night, one thing after another: from a seed, or as somebody wrote it down. */
import { Chance } from './chance.ts';

/** What can happen, and how often beside the others. */
const HAPPENINGS = {
  edit: 40,
  wait: 30,
  settle: 8,
  undo: 6,
  cable: 6,
  kill: 4,
  reopen: 5,
  openTab: 2,
  closeTab: 2,
  freeze: 2,
  quota: 2,
  wipe: 0.5,
  clone: 1,
  backup: 1.5,
  restore: 1,
  role: 1,
  shape: 0.5,
  prune: 0.5,
  replay: 1.5,
  userSwitch: 0.7,
  powerCut: 1,
  clock: 1,
} as const;

type Kind = keyof typeof HAPPENINGS;

/** One happening; `chance` seeds all that it draws, so that leaving out another changes nothing here. */
export interface Happening {
  readonly kind: Kind;
  readonly chance: number;
}

/** `moreTabs`: opened before all else; most races are between two tabs of one browser. */
export function scriptOf(seed: number, happenings: number, moreTabs = 0): readonly Happening[] {
  const chance = new Chance(seed);
  const night = Array.from({ length: happenings }, () => ({
    kind: chance.weighted(HAPPENINGS),
    chance: chance.below(2 ** 32),
  }));
  const tabs = Array.from({ length: moreTabs }, () => ({ kind: 'openTab' as const, chance: chance.below(2 ** 32) }));
  return [...tabs, ...night];
}

/** A script as a line of text, to be kept. */
export function storyOf(script: readonly Happening[]): string {
  return script.map(({ kind, chance }) => `${kind}:${chance}`).join(' ');
}

export function scriptFrom(story: string): readonly Happening[] {
  return story.split(' ').map((happening) => {
    const [kind = '', chance] = happening.split(':');
    if (!(kind in HAPPENINGS)) throw new Error(`Nothing is called “${kind}”.`);
    return { kind: kind as Kind, chance: Number(chance) };
  });
}
