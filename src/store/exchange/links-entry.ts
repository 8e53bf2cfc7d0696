/** Predecessors as people type them: `CH-7, CH-5 FS+30`, `12SS-1h; 14`. A code that would be read as something else stands in quotes. */
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
  for (const [, part = ''] of text.matchAll(PARTS)) {
    const quoted = QUOTED.exec(part.trim());
    const words = part.trim().replaceAll('−', '-');
    if (words === '' || words === '-' || words === '–') continue;
    const link = quoted
      ? linkOf({ code: quoted[1]?.replaceAll('""', '"'), kind: quoted[2], lag: quoted[3] }, words)
      : isKnown(words)
        ? { code: words, kind: 'FS' as const, lag: 0 }
        : readLink(withoutInvisible(words).trim());
    if (typeof link === 'string') problems.push(link);
    else links.push(link);
  }
  return { links, problems };
}

/** A code as it stands in such a list: in quotes where it would be read as something else. */
export function listedCode(code: string): string {
  const { links } = readLinks(`${code} FS+1`, () => false);
  const [only] = links;
  const isPlain = links.length === 1 && only?.code === code && only.lag === 1 && !/^[-–"]/.test(code);
  return isPlain ? code : `"${code.replaceAll('"', '""')}"`;
}

const PARTS = /\s*("(?:[^"]|"")*"[^,;\n]*|[^,;\n]+)/g;
const QUOTED = /^"((?:[^"]|"")*)"(?: ?(FS|SS|FF|SF))?(?: ?([+-].+))?$/i;

function readLink(words: string): ImportedLink | string {
  const [, kinded, kindWord, kindLag] = /^(.+?) ?(FS|SS|FF|SF)(?: ?([+-].+))?$/i.exec(words) ?? [];
  const [, plain, later, sooner] = /^(.+?)(?: ?(\+.+)| (-.+))?$/.exec(words) ?? [];
  const code = (kinded ?? plain ?? words).trim();
  return linkOf({ code, kind: kindWord, lag: kinded === undefined ? (later ?? sooner) : kindLag }, words);
}

interface LinkWords {
  readonly code: string | undefined;
  readonly kind: string | undefined;
  readonly lag: string | undefined;
}

function linkOf({ code = '', kind: kindWord = 'FS', lag: lagWords }: LinkWords, words: string): ImportedLink | string {
  const kind = kindWord.toUpperCase();
  if (kind === 'SF') return `“${words}” links a start to a finish, which plans here do not have.`;
  const lag = lagWords === undefined ? 0 : lagMinutes(lagWords);
  if (lag === null) return `“${words}” has no lag that can be read: write +30, -15m or +1h30.`;
  return { code, kind: kind as ImportedLink['kind'], lag };
}

function lagMinutes(words: string): number | null {
  const minutes = durationMinutes(words.slice(1).trim().toLowerCase());
  return minutes === null ? null : words.startsWith('-') ? -minutes : minutes;
}
