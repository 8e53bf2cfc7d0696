/**
 * What a search finds. Words must all be there; of several tokens of one kind, `team:DBA team:NET`, one is enough. A code
 * with blanks stands in quotes: `team:"Load 1"`. Pure.
 */

import { folded } from '../../store/folded.ts';

/** What can be asked for besides words and `team:`, `phase:`, `site:`, `label:` and `status:`. */
export const ASPECTS = [
  'mine',
  'late',
  'changed',
  'critical',
  'pending',
  'conflict',
  'unscheduled',
  'finding',
  'gate',
  'deadline',
] as const;
export type Aspect = (typeof ASPECTS)[number];
export const CHANGED = 'is:changed';

export interface Searched {
  /** Titles, notes: anything that people wrote. */
  readonly words: string;
  readonly tokens: readonly string[];
}

/** Null where nothing is asked for. */
export function searcher(search: string): ((row: Searched) => boolean) | null {
  const asked = partsOf(search.toLowerCase());
  if (asked.length === 0) return null;
  const words = asked.filter((each) => !isToken(each)).map(folded);
  const groups = new Map<string, string[]>();
  for (const token of asked.filter(isToken).map(unquoted)) {
    const kind = token.slice(0, token.indexOf(':'));
    groups.set(kind, [...(groups.get(kind) ?? []), token]);
  }
  return (row) => {
    const text = folded(row.words);
    const tokens = row.tokens.map((token) => token.toLowerCase());
    return (
      words.every((word) => text.includes(word)) &&
      [...groups.values()].every((group) => group.some((token) => tokens.includes(token)))
    );
  };
}

/** `team:DBA`, `team:"Load 1"`: as it is typed. */
export function tokenOf(kind: 'team' | 'phase' | 'site' | 'label' | 'status', code: string): string {
  return /[\s"]/.test(code) ? `${kind}:"${code.replaceAll('"', '""')}"` : `${kind}:${code}`;
}

/** Whether the search holds this token. */
export function hasToken(search: string, token: string): boolean {
  return partsOf(search.toLowerCase()).includes(token.toLowerCase());
}

/** The search with this token, or without it where it was there. */
export function toggleToken(search: string, token: string): string {
  const parts = partsOf(search);
  const others = parts.filter((part) => part.toLowerCase() !== token.toLowerCase());
  return (others.length === parts.length ? [...parts, token] : others).join(' ');
}

const KINDS = 'is|team|phase|site|label|status';
const TOKEN = new RegExp(`^(?:${KINDS}):`);
const PARTS = new RegExp(`(?:${KINDS}):"(?:[^"]|"")*"|\\S+`, 'gi');

function partsOf(search: string): readonly string[] {
  return search.match(PARTS) ?? [];
}

function unquoted(token: string): string {
  return token.replace(/:"(.*)"$/, (_, code: string) => `:${code.replaceAll('""', '"')}`);
}

function isToken(text: string): boolean {
  return TOKEN.test(text);
}
