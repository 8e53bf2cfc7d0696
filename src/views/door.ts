/**
 * The way to code that the first sight does without and that is a file of its own (docs/decisions/0020). Views let it arrive once
 * they stand, so that the network may go; where it cannot be had, the reader is told and can try again.
 */
import { warn } from './say.ts';

export interface Door<Part> {
  /** Brings it, at once where it is here already; null where it cannot be had now. */
  readonly arrive: () => Promise<Part | null>;
  /** Does the work with it, or tells that it is not here. */
  readonly enter: (work: (part: Part) => void) => Promise<void>;
}

/** `what` begins a sentence: "Menus"; `from` is where it is told. */
export function door<Part>(from: Element, what: string, load: () => Promise<Part>): Door<Part> {
  let arriving: Promise<Part | null> | null = null;

  function arrive(): Promise<Part | null> {
    arriving ??= load().catch((error: unknown) => {
      console.error(`${what} could not be fetched:`, error);
      arriving = null;
      return null;
    });
    return arriving;
  }

  async function enter(work: (part: Part) => void): Promise<void> {
    const part = await arrive();
    if (part !== null) work(part);
    else
      warn(
        from,
        `${what} could not be fetched yet. There is no network, or the server has a newer version, which a reload brings; nothing that was typed is lost by it.`,
        { again: () => void enter(work), canReload: true },
      );
  }

  return { arrive, enter };
}
