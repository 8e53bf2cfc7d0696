/** What a search finds. Words must all be there; of several tokens of one kind, `team:DBA team:NET`, one is enough. Pure. */

/** What can be asked for besides words and `team:`, `phase:`, `site:` and `status:`. */
export const ASPECTS = ['late', 'critical', 'pending', 'conflict', 'unscheduled', 'finding', 'gate'] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface Searched {
  /** Titles, notes: anything that people wrote. */
  readonly words: string;
  readonly tokens: readonly string[];
}

/** Null where nothing is asked for. */
export function searcher(search: string): ((row: Searched) => boolean) | null {
  const asked = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (asked.length === 0) return null;
  const words = asked.filter((each) => !isToken(each));
  const groups = new Map<string, string[]>();
  for (const token of asked.filter(isToken)) {
    const kind = token.slice(0, token.indexOf(':'));
    groups.set(kind, [...(groups.get(kind) ?? []), token]);
  }
  return (row) => {
    const text = row.words.toLowerCase();
    const tokens = row.tokens.map((token) => token.toLowerCase());
    return (
      words.every((word) => text.includes(word)) &&
      [...groups.values()].every((group) => group.some((token) => tokens.includes(token)))
    );
  };
}

/** The search with this token, or without it where it was there. */
export function toggleToken(search: string, token: string): string {
  const parts = search.split(/\s+/).filter(Boolean);
  const others = parts.filter((part) => part.toLowerCase() !== token.toLowerCase());
  return (others.length === parts.length ? [...parts, token] : others).join(' ');
}

function isToken(text: string): boolean {
  return /^(is|team|phase|site|status):/.test(text);
}
