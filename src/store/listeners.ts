/** Who wants to be called back. `add` returns the way out again. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    // A copy: a listener may leave, or bring another, while it is told.
    for (const listener of [...this.#listeners]) listener();
  }
}
