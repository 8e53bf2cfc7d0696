/**
 * A read-only map of rows with a few rows laid over it: what is shown without copying base. An undefined entry in
 * `over` hides the row below. Rows that `over` adds come last.
 */
export class LayeredMap<V> implements ReadonlyMap<string, V> {
  readonly #under: ReadonlyMap<string, V>;
  readonly #over: ReadonlyMap<string, V | undefined>;
  readonly size: number;

  constructor(under: ReadonlyMap<string, V>, over: ReadonlyMap<string, V | undefined>) {
    this.#under = under;
    this.#over = over;
    let size = under.size;
    for (const [id, value] of over) size += (value === undefined ? 0 : 1) - (under.has(id) ? 1 : 0);
    this.size = size;
  }

  get(id: string): V | undefined {
    return this.#over.has(id) ? this.#over.get(id) : this.#under.get(id);
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  *entries(): MapIterator<[string, V]> {
    for (const [id, value] of this.#under) {
      if (!this.#over.has(id)) yield [id, value];
      else {
        const over = this.#over.get(id);
        if (over !== undefined) yield [id, over];
      }
    }
    for (const [id, value] of this.#over) if (value !== undefined && !this.#under.has(id)) yield [id, value];
    return undefined;
  }

  *keys(): MapIterator<string> {
    for (const [id] of this.entries()) yield id;
    return undefined;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
    return undefined;
  }

  forEach(callback: (value: V, id: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [id, value] of this.entries()) callback(value, id, this);
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }
}
