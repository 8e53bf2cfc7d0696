import type { Chapter } from '../rows.ts';
import type { PlanView } from '../view.ts';
import type { ImportedChapter } from './imported.ts';
import { keyOf } from './named-rows.ts';

export type KnownChapters = ReturnType<typeof knownChapters>;

/** The plan's chapters by what a line may name them by. */
export function knownChapters(view: PlanView) {
  const byCode = new Map<string, Chapter>();
  const byTitle = new Map<string, Chapter | null>();
  let position = 0;
  for (const chapter of view.rows.chapters.values()) {
    byCode.set(keyOf(chapter.code), chapter);
    // A title that two chapters share names neither.
    byTitle.set(keyOf(chapter.title), byTitle.has(keyOf(chapter.title)) ? null : chapter);
    position = Math.max(position, chapter.position);
  }
  const taken = new Set(byCode.keys());
  return {
    find({ code, title }: ImportedChapter): Chapter | undefined {
      if (code !== undefined) return byCode.get(keyOf(code));
      return byTitle.get(keyOf(title ?? '')) ?? undefined;
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
