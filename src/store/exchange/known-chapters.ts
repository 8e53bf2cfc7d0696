import type { Chapter } from '../rows.ts';
import type { PlanView } from '../view.ts';
import type { ImportedChapter } from './imported.ts';
import { keyOf, knownWords } from './known-words.ts';

export type KnownChapters = ReturnType<typeof knownChapters>;

/** The plan's chapters by what a line may name them by. `lines`: all of the file. */
export function knownChapters(view: PlanView, lines: readonly ImportedChapter[]) {
  const { chapters } = view.rows;
  const codes = knownWords();
  const byTitle = new Map<string, Chapter | null>();
  let position = 0;
  for (const chapter of chapters.values()) {
    codes.put(chapter.code, chapter.id);
    // A title that two chapters share names neither.
    byTitle.set(keyOf(chapter.title), byTitle.has(keyOf(chapter.title)) ? null : chapter);
    position = Math.max(position, chapter.position);
  }
  const taken = new Set([...chapters.values()].map(({ code }) => keyOf(code)));
  const inFile = new Set(lines.map(({ code }) => code));
  return {
    find({ code, title }: ImportedChapter): Chapter | undefined {
      if (code === undefined) return byTitle.get(keyOf(title ?? '')) ?? undefined;
      const written = chapters.get(codes.written(code) ?? '');
      const alike = chapters.get(codes.alike(code) ?? '');
      // A chapter that another line names by its very code is not meant by one that is merely like it.
      return written ?? (alike && !inFile.has(alike.code) ? alike : undefined);
    },
    /** For a line without one: the phase's word and a number. */
    freeCode(phase: string): string {
      const start = [...(phase.trim().split(/\s/)[0] ?? '')].slice(0, 12).join('') || 'N';
      for (let n = 1; ; n += 1) {
        const code = `${start}-${n}`;
        if (taken.has(keyOf(code))) continue;
        taken.add(keyOf(code));
        return code;
      }
    },
    nextPosition(): number {
      position += 1_000;
      return position;
    },
  };
}
