/** Finding one chapter by what a person types of its code or title. Pure. */
import type { Chapter } from './rows.ts';
import type { RowMaps } from './view.ts';

/** `AA – Freeze changes` */
export function chapterName({ code, title }: Chapter): string {
  return `${code} – ${title}`;
}

/** The best first: whose code begins with it, then whose title has it. At most `most`. */
export function chaptersLike({ chapters }: RowMaps, text: string, most: number): readonly Chapter[] {
  const words = text.trim().toLowerCase();
  const rank = ({ code, title }: Chapter) => {
    if (code.toLowerCase() === words) return 0;
    if (code.toLowerCase().startsWith(words)) return 1;
    return title.toLowerCase().includes(words) ? 2 : 3;
  };
  return [...chapters.values()]
    .map((chapter) => ({ chapter, rank: rank(chapter) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || (a.chapter.code < b.chapter.code ? -1 : 1))
    .slice(0, most)
    .map(({ chapter }) => chapter);
}

/** The chapter that a text means: its code, its name as offered, or the only one that is like it. Null where several are. */
export function chapterMeant(rows: RowMaps, text: string): Chapter | null {
  const written = text.trim();
  if (written === '') return null;
  const words = written.toLowerCase();
  const alike = [...rows.chapters.values()].filter(
    (chapter) => chapter.code.toLowerCase() === words || chapterName(chapter).toLowerCase() === words,
  );
  // Codes may differ in case only.
  const same = alike.find((chapter) => chapter.code === written || chapterName(chapter) === written);
  if (same !== undefined) return same;
  if (alike.length > 0) return alike.length === 1 ? (alike[0] ?? null) : null;
  const [only, ...others] = chaptersLike(rows, text, 2);
  return only !== undefined && others.length === 0 ? only : null;
}
