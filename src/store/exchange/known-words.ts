/**
 * Rows by the words that a file has for them. Codes that differ in nothing but case are two codes, as for the server; only a
 * word that nobody else is written like is read past its case and blanks.
 */
import { withoutInvisible } from './invisible.ts';

export type KnownWords = ReturnType<typeof knownWords>;

export function knownWords() {
  const written = new Map<string, string>();
  const alike = new Map<string, string | null>();
  return {
    /** Of two rows with the same words the first is meant. */
    put(words: string, id: string): void {
      if (!written.has(words)) written.set(words, id);
      const key = seenKeyOf(words);
      const known = alike.get(key);
      alike.set(key, known === undefined || known === id ? id : null);
    },
    written: (words: string) => written.get(words),
    /** Undefined too where several rows are like it. */
    alike: (words: string) => alike.get(seenKeyOf(words)) ?? undefined,
    /** Whether any row is like it. */
    hasLike: (words: string) => alike.has(seenKeyOf(words)),
  };
}

/** What is left of words without their case, the width of blanks, and blanks at their ends. */
export const keyOf = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

const seenKeyOf = (text: string) => keyOf(withoutInvisible(text));
