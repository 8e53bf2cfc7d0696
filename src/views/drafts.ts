/**
 * What stands typed in a form and is neither saved nor left: kept on this device at each change, so that a reload, a crash or a closed tab
 * loses none of it. Kept by what the form is of, not by its title, for one user and plan (`memory.ts`). Only what a person
 * changed is kept: a field that nobody touched shows what is true when the form opens again.
 */
import { type DraftCopies, draftCopies } from '../store/draft-copies.ts';
import type { PlanView } from '../store/view.ts';
import { type CopiedMemory, copiedMemory } from './copied-memory.ts';
import type { ViewDeps } from './deps.ts';
import { readRecord, type Typed } from './draft-record.ts';
import { type Memory, memoryOf } from './memory.ts';
import { heldDrafts, type OpenDrafts, openDrafts } from './open-drafts.ts';
import { serverNow } from './server-now.ts';

export interface Draft {
  /** Null: nothing was typed here that was not saved or left. */
  readonly typed: () => Typed | null;
  /** In place of what was kept before; no field at all forgets. False: it is too long to be kept. */
  readonly keep: (typed: Typed) => boolean;
  readonly drop: () => void;
  /** What the fields begin with is a proposal, which nobody can have changed meanwhile. */
  readonly isOfNew: boolean;
}

export interface Drafts {
  /** Of a row that is there, by its id. */
  of(kind: string, id: string): Draft;
  /** Of one that is to be; `id`: of what it will hang on. */
  ofNew(kind: string, id?: string): Draft;
  /** What each is of and its id, newest first; of one that is to be, "new" before it. */
  waiting(): readonly string[];
  /** By such a name. */
  isWaiting(name: string): boolean;
  dropWaiting(name: string): void;
}

/** More would have to be many forms in many crashes; the oldest are forgotten. Never by their age: a device's clock may be wrong by months. */
const DRAFTS_MAX = 20;
/** A browser gives a site room for some 5 million characters in all, and the spare copies of the edit queue come first. */
const DRAFT_CHARACTERS_MAX = 200_000;
const CHARACTERS_MAX = 800_000;

/** Resolves when what a killed browser lost of them is there again. */
export function draftsAreBack({ store }: Pick<ViewDeps, 'store'>): Promise<void> {
  return deskOf(store.view()).isBack;
}

/** Those of a plan's reader on this device. */
export function draftsOf(deps: Pick<ViewDeps, 'store' | 'clock'>): Drafts {
  const { memory, open } = deskOf(deps.store.view());
  return heldDrafts(
    draftsIn(memory, () => serverNow(deps)),
    open,
  );
}

/** Which of them stand in a form of this page or of another one of this browser. */
export function openDraftsOf({ store }: Pick<ViewDeps, 'store'>): OpenDrafts {
  return deskOf(store.view()).open;
}

let copies: DraftCopies | null = null;
/** By reader and plan, of which several may stand on a page. */
const desks = new Map<string, CopiedMemory & { readonly open: OpenDrafts }>();

/** With a copy of each draft, which comes back where a killed browser lost the draft itself. */
function deskOf(view: PlanView): CopiedMemory & { readonly open: OpenDrafts } {
  const start = `${view.user.key} ${view.planId} `;
  copies ??= draftCopies();
  const open = () => openDrafts(navigator.locks as LockManager | undefined, start);
  const desk = desks.get(start) ?? { ...copiedMemory(memoryOf(view), copies, start), open: open() };
  desks.set(start, desk);
  return desk;
}

/** Drafts in any memory. `now`: server time, milliseconds. */
export function draftsIn(memory: Memory, now: () => number): Drafts {
  /** Forgets the oldest of what is too many or too much, but not this one. What became of the things does not matter: undo may bring them back. */
  function forgetOld(but: string): void {
    const kept = memory
      .keys(KEY)
      .map((key) => ({ key, record: readRecord(memory.get(key)) }))
      .sort((a, b) => Number(b.key === but) - Number(a.key === but) || (b.record?.at ?? 0) - (a.record?.at ?? 0));
    let characters = 0;
    for (const [index, { key, record }] of kept.entries()) {
      characters += lengthOf(record?.typed ?? {});
      if (record === null || index >= DRAFTS_MAX || characters > CHARACTERS_MAX) memory.set(key, null);
    }
  }

  function draft(key: string, isOfNew: boolean): Draft {
    const drop = () => memory.set(key, null);
    return {
      isOfNew,
      typed: () => readRecord(memory.get(key))?.typed ?? null,
      keep(typed) {
        const isEmpty = Object.keys(typed).length === 0;
        const isTooLong = lengthOf(typed) > DRAFT_CHARACTERS_MAX;
        if (isEmpty || isTooLong) drop();
        else {
          const isFirst = memory.get(key) === null;
          memory.set(key, { at: now(), typed });
          if (isFirst) forgetOld(key);
        }
        return !isTooLong;
      },
      drop,
    };
  }

  return {
    of: (kind, id) => draft(`${KEY}${kind} ${id}`, false),
    ofNew: (kind, id = '') => draft(`${KEY}new ${kind} ${id}`, true),
    waiting: () =>
      memory
        .keys(KEY)
        .map((key) => ({ name: key.slice(KEY.length), at: readRecord(memory.get(key))?.at ?? 0 }))
        .filter(({ at }) => at > 0)
        .sort((a, b) => b.at - a.at)
        .map(({ name }) => name),
    isWaiting: (name) => memory.keys(KEY + name).includes(KEY + name),
    dropWaiting: (name) => memory.set(KEY + name, null),
  };
}

const KEY = 'draft ';

function lengthOf(typed: Typed): number {
  return Object.values(typed).reduce((sum, { text, over }) => sum + text.length + over.length, 0);
}
