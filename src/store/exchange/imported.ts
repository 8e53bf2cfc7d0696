/** What a file says, whatever its format: chapters with the times of one iteration, each with the line it stands on. */
import type { Chapter, ChapterSchedule, Dependency } from '../rows.ts';

export interface ImportedLink {
  /** The code of the chapter that is waited for. */
  readonly code: string;
  readonly kind: Dependency['kind'];
  /** Minutes, signed. */
  readonly lag: number;
}

/** A field that is absent says nothing about what the plan has. */
export interface ImportedChapter {
  /** Of the file, from 1. */
  readonly line: number;
  readonly code?: string;
  readonly title?: string;
  /** Code or name. */
  readonly phase?: string;
  readonly kind?: Chapter['kind'];
  /** Code or name. */
  readonly team?: string;
  /** Code or name. */
  readonly site?: string;
  /** Minutes since 1970. Any two of start, end and duration; with one, the plan's schedule says the rest. */
  readonly start?: number;
  readonly end?: number;
  readonly duration?: number;
  readonly fixed_start?: boolean;
  readonly must_finish_by?: number;
  readonly status?: ChapterSchedule['status'];
  readonly actual_start?: number;
  readonly actual_end?: number;
  readonly decision?: NonNullable<ChapterSchedule['decision']>;
  readonly note?: string;
  readonly success_criterion?: string;
  readonly rollback_action?: string;
  /** In the form in which they are kept. */
  readonly labels?: string;
  /** All that it waits for; absent: nothing is said. */
  readonly links?: readonly ImportedLink[];
  /** What of this line could not be understood, as sentences; the rest of it counts. */
  readonly problems: readonly string[];
}

export interface ImportedBaseline {
  readonly name: string;
  /** chapter code → start and end, minutes since 1970 */
  readonly times: ReadonlyMap<string, readonly [number, number]>;
}

export interface ImportedFile {
  readonly chapters: readonly ImportedChapter[];
  readonly baselines: readonly ImportedBaseline[];
  /** Its links can name nothing but its own chapters, so it says nothing of links to others. */
  readonly isClosed?: boolean;
  /** What the whole file's reader should know: columns not used, lines without meaning. */
  readonly remarks: readonly string[];
}

/** A file that is not read at all: nothing changes, and the sentence says why. */
export class ImportError extends Error {
  /** Null where no line is to blame. */
  readonly line: number | null;

  constructor(message: string, line: number | null = null) {
    super(line === null ? message : `Line ${line}: ${message}`);
    this.line = line;
  }
}
