/** Which chapters are selected: by their ids, so that a selection survives every update and re-ordering. */
export function selection() {
  const ids = new Set<string>();
  let last: string | null = null;
  return {
    ids: ids as ReadonlySet<string>,
    clear(): void {
      ids.clear();
      last = null;
    },
    set(chosen: readonly string[]): void {
      ids.clear();
      for (const id of chosen) ids.add(id);
    },
    /** Selects all of `shown`, or none where all are selected already. */
    setAll(shown: readonly string[]): void {
      const areAll = shown.every((id) => ids.has(id));
      ids.clear();
      if (!areAll) for (const id of shown) ids.add(id);
    },
    /** A range goes from the row last selected to this one, in the order of `shown`. */
    toggle(id: string, shown: readonly string[], isRange: boolean): void {
      if (isRange && last !== null) {
        const [from, to] = [shown.indexOf(last), shown.indexOf(id)].sort((a, b) => a - b);
        for (const between of shown.slice(from, (to ?? 0) + 1)) ids.add(between);
      } else if (!ids.delete(id)) ids.add(id);
      last = id;
    },
  };
}
