/** Predecessors as people type them: `CH-7, CH-5 FS+30`, `12SS-1h; 14`. */
import { durationMinutes } from '../duration-entry.ts';
import type { ImportedLink } from './imported.ts';
import { withoutInvisible } from './invisible.ts';

export interface LinksEntry {
  readonly links: readonly ImportedLink[];
  readonly problems: readonly string[];
}

/** `isKnown`: whether a text is the code of a chapter, which may look like a code with a lag: `CH-7`. */
export function readLinks(text: string, isKnown: (code: string) => boolean): LinksEntry {
  const links: ImportedLink[] = [];
  const problems: string[] = [];
  for (const part of text.split(/[,;\n]/)) {
    const words = part.trim().replaceAll('−', '-');
    if (words === '' || words === '-' || words === '–') continue;
    const link = isKnown(words)
      ? { code: words, kind: 'FS' as const, lag: 0 }
      : readLink(withoutInvisible(words).trim());
    if (typeof link === 'string') problems.push(link);
    else links.push(link);
  }
  return { links, problems };
}

function readLink(words: string): ImportedLink | string {
  const [, kinded, kindWord, kindLag] = /^(.+?) ?(FS|SS|FF|SF)(?: ?([+-].+))?$/i.exec(words) ?? [];
  const [, plain, plainLag] = /^(.+?)(?: ?(\+.+)| (-.+))?$/.exec(words) ?? [];
  const code = (kinded ?? plain ?? words).trim();
  const lagWords = kinded === undefined ? (plainLag ?? / (-.+)$/.exec(words)?.[1]) : kindLag;
  const kind = (kindWord ?? 'FS').toUpperCase();
  if (kind === 'SF') return `“${words}” links a start to a finish, which plans here do not have.`;
  const lag = lagWords === undefined ? 0 : lagMinutes(lagWords);
  if (lag === null) return `“${words}” has no lag that can be read: write +30, -15m or +1h30.`;
  return { code, kind: kind as ImportedLink['kind'], lag };
}

function lagMinutes(words: string): number | null {
  const minutes = durationMinutes(words.slice(1).trim().toLowerCase());
  return minutes === null ? null : words.startsWith('-') ? -minutes : minutes;
}
