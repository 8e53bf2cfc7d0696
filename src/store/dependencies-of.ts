import type { Dependency } from './rows.ts';
import type { RowMaps } from './view.ts';

/** The dependencies of a chapter: what it waits for, and what waits for it; by the other one's code. Pure. */
export function dependenciesOf({ dependencies, chapters }: RowMaps, chapterId: string) {
  const all = [...dependencies.values()];
  const codeOf = (id: string) => chapters.get(id)?.code ?? '';
  const byCode = (end: 'predecessor_id' | 'successor_id') => (a: Dependency, b: Dependency) =>
    codeOf(a[end]) < codeOf(b[end]) ? -1 : 1;
  return {
    before: all.filter(({ successor_id }) => successor_id === chapterId).sort(byCode('predecessor_id')),
    after: all.filter(({ predecessor_id }) => predecessor_id === chapterId).sort(byCode('successor_id')),
  };
}
