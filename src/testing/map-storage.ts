/** What `localStorage` is, for tests of what is kept there. */
export class MapStorage {
  readonly #texts: Map<string, string>;

  constructor(from?: MapStorage) {
    this.#texts = from ? new Map(from.#texts) : new Map();
  }

  get length(): number {
    return this.#texts.size;
  }

  key(index: number): string | null {
    return [...this.#texts.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    this.#texts.set(key, text);
  }

  removeItem(key: string): void {
    this.#texts.delete(key);
  }
}
