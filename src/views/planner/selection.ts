import type { PlannerRow } from './model.ts';

type Shown = readonly Pick<PlannerRow, 'id' | 'kind'>[];

/** Which chapters are selected: by their ids, so that a selection survives every update and re-ordering. */
export function selection() {
  const ids = new Set<string>();
  /** A range goes from here to where it was drawn last; `others` are selected besides. */
  let anchor: string | null = null;
  let head: string | null = null;
  let others: readonly string[] = [];

  function begin(id: string): void {
    anchor = id;
    head = id;
    others = [...ids];
  }

  function rangeTo(id: string, shown: Shown): void {
    const [from = 0, to = 0] = [anchor, id]
      .map((end) => shown.findIndex((row) => row.id === end))
      .sort((a, b) => a - b);
    ids.clear();
    for (const other of others) ids.add(other);
    for (const row of shown.slice(from, to + 1)) if (row.kind === 'chapter') ids.add(row.id);
    head = id;
  }

  return {
    ids: ids as ReadonlySet<string>,
    clear(): void {
      ids.clear();
      anchor = null;
    },
    set(chosen: readonly string[]): void {
      ids.clear();
      for (const id of chosen) ids.add(id);
      anchor = null;
    },
    /** Selects all of `shown`, or none where all are selected already. */
    setAll(shown: readonly string[]): void {
      const areAll = shown.every((id) => ids.has(id));
      ids.clear();
      if (!areAll) for (const id of shown) ids.add(id);
      anchor = null;
    },
    /** A range goes from the row last chosen alone to this one, in the order of `shown`. */
    toggle(id: string, shown: Shown, isRange: boolean): void {
      if (isRange && shown.some((row) => row.id === anchor)) rangeTo(id, shown);
      else {
        if (!ids.delete(id)) ids.add(id);
        begin(id);
      }
    },
    /** One step of a range: it goes on where the last one ended, or begins at `from`. */
    extend(from: string, to: string, shown: Shown): void {
      if (anchor === null || head !== from) begin(from);
      rangeTo(to, shown);
    },
  };
}
