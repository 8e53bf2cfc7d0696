/** What clicks and keys in the planner mean. Every click has a key beside it, and the other way round. */
import { answerAsked } from '../command-group.ts';
import { door } from '../door.ts';
import type { Drafts } from '../drafts.ts';
import type { Act, Scheduled } from './acts.ts';
import { answerClicks } from './clicks.ts';
import { clipboard } from './clipboard-hands.ts';
import type { editing } from './editing.ts';
import type { HandsOptions } from './hands.ts';
import type { CascadeOf } from './knock-on.ts';
import { answerKeys } from './planner-keys.ts';
import { type RowActs, rowActs } from './row-acts.ts';
import { answerSearch } from './search-field.ts';
import { type Selecting, selecting } from './selecting.ts';
import { type Showing, showing } from './showing.ts';
import { type StructureDoor, structureDoor } from './structure-door.ts';
import { answerWanted } from './wanted-form.ts';

export interface CommandsOptions extends HandsOptions {
  readonly edits: ReturnType<typeof editing>;
  readonly drafts: Drafts;
  /** `saying`: what is said aloud when it is kept, where the label is not enough. */
  readonly send: (act: Act, saying?: string) => void;
  readonly cascadeOf: CascadeOf;
  readonly linesFor: (rowId: string) => readonly Scheduled[];
  readonly selectedLines: () => readonly Scheduled[];
  /** What others changed is known from now on. */
  readonly seen: () => void;
}

/** All that a click or a key can ask for. */
export interface Hold extends CommandsOptions {
  readonly shows: Showing;
  readonly selects: Selecting;
  readonly acts: RowActs;
  readonly parts: StructureDoor;
}

export function commands(options: CommandsOptions): void {
  const { model } = options;
  const shows = showing(options);
  const selects = selecting(options);
  const parts = structureDoor({
    ...options,
    now: () => model().now,
    iteration: () => model().iteration,
    show: shows.showIteration,
    compared: () => model().compared?.id ?? null,
    compare: shows.compare,
    goTo: shows.goTo,
    lead: shows.lead,
    follow: shows.follow,
    meant: selects.meant,
  });
  const acts = rowActs({ ...options, parts });
  const hold: Hold = { ...options, shows, selects, acts, parts };
  answerClicks(hold);
  answerKeys(hold);
  clipboard(options);
  answerWanted(hold);
  answerSearch(hold);
  const byName = door(options.element, 'Commands', () => import('./planner-commands.ts'));
  void byName.arrive();
  answerAsked(options.element, (offer) => {
    void byName.enter(({ offerPlannerCommands }) =>
      parts.enter((structure) => offerPlannerCommands(hold, structure, offer)),
    );
  });
}
