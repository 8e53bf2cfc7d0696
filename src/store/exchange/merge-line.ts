/** A line of a file on its way into the plan, and what it is merged with. */
import type { Op } from '../edit.ts';
import type { Iteration } from '../rows.ts';
import type { PlanView } from '../view.ts';
import type { ImportChange } from './import-plan.ts';
import type { ImportedChapter } from './imported.ts';
import type { NamedRows } from './named-rows.ts';

export interface MergeTarget {
  readonly view: PlanView;
  /** Whose times the file's are; null where the plan has no iteration: then chapters only. */
  readonly iteration: Iteration | null;
  readonly newId: () => string;
  /** Minutes. */
  readonly now: number;
}

/** A line on its way: what is known of it so far. */
export interface MergedLine {
  readonly imported: ImportedChapter;
  readonly code: string;
  readonly title: string;
  /** Null: rejected. */
  readonly chapterId: string | null;
  readonly isNew: boolean;
  readonly changes: ImportChange[];
  readonly problems: string[];
}

/** Where the steps of one line leave what they find. */
export interface LineContext extends MergeTarget {
  readonly named: NamedRows;
  readonly ops: Op[];
  readonly changes: ImportChange[];
  readonly problems: string[];
}
