/** What stands typed and not saved when the page opens, in words, and where its form is. Pure. */
import { sentence } from '../../store/isolated.ts';
import type { PlanView } from '../../store/view.ts';
import { draftNamed } from '../draft-record.ts';
import { severalOf } from '../several-draft.ts';

export interface WaitingDraft {
  /** As `Drafts.waiting` names it. */
  readonly name: string;
  /** "AB, note in DR2" */
  readonly words: string;
  readonly tab: string;
  /** Code of the iteration in which its form is; null: any. */
  readonly iteration: string | null;
}

/** Of what is gone, or is only answers about a file, nothing is told. */
export function waitingDrafts(view: PlanView, names: readonly string[]): readonly WaitingDraft[] {
  return names.flatMap((name) => {
    const { kind, id } = draftNamed(name);
    const found =
      ofSchedule(view, kind, id) ?? ofChapter(view, kind, id) ?? ofRow(view, kind, id) ?? ofNew(view, kind, id);
    return found === null ? [] : [{ name, tab: 'planner', iteration: null, ...found }];
  });
}

type Found = Pick<WaitingDraft, 'words'> & Partial<Pick<WaitingDraft, 'tab' | 'iteration'>>;

function ofSchedule({ rows }: PlanView, kind: string, id: string): Found | null {
  const schedule = rows.chapter_schedules.get(id);
  const chapter = rows.chapters.get(schedule?.chapter_id ?? '');
  const iteration = rows.iterations.get(schedule?.iteration_id ?? '');
  if (!chapter || !iteration) return null;
  const several = severalOf(kind);
  const words = several
    ? `${chapter.code} and ${several.more} more, ${several.what} in ${iteration.code}`
    : `${chapter.code}, ${kind === 'blocked' ? 'why it is blocked' : kind} in ${iteration.code}`;
  return { words, iteration: iteration.code, tab: kind === 'blocked' ? 'live' : 'planner' };
}

function ofChapter({ rows }: PlanView, kind: string, id: string): Found | null {
  const iteration = rows.iterations.get(/^times in (.+)$/.exec(kind)?.[1] ?? '');
  const chapter = rows.chapters.get(id);
  const several = severalOf(kind);
  if (chapter && several) return { words: `${chapter.code} and ${several.more} more, ${several.what}` };
  if (!chapter || !iteration) return null;
  return { words: `${chapter.code}, times in ${iteration.code}`, iteration: iteration.code };
}

const TABLES = {
  chapter: 'chapters',
  phase: 'phases',
  iteration: 'iterations',
  team: 'teams',
  site: 'sites',
  'no-start window': 'no_start_windows',
} as const;

function ofRow({ rows }: PlanView, kind: string, id: string): Found | null {
  if (kind === 'conflict') {
    const conflict = rows.conflicts.get(id);
    return conflict?.state === 'open' ? { words: sentence`“${conflict.label}”, set by hand`, tab: 'conflicts' } : null;
  }
  if (kind === 'quiet hours') return { words: `quiet hours of ${id}`, tab: 'share' };
  if (kind === 'dependency') return rows.dependencies.has(id) ? { words: 'a dependency' } : null;
  const table = Object.entries(TABLES).find(([noun]) => noun === kind)?.[1];
  const row = table && rows[table].get(id);
  return row ? { words: sentence`${kind} ${'code' in row ? row.code : row.name}` } : null;
}

function ofNew({ rows }: PlanView, kind: string, id: string): Found | null {
  const iteration = rows.iterations.get(id)?.code ?? null;
  const chapter = rows.chapters.get(id)?.code;
  switch (kind) {
    case 'new chapter':
    case 'new phase':
    case 'new team':
    case 'new site':
    case 'new iteration':
    case 'new no-start window':
      return { words: `a ${kind}` };
    case 'new dependency':
      return chapter === undefined ? null : { words: `a new dependency of ${chapter}` };
    case 'new baseline':
    case 'new clone':
      return iteration === null ? null : { words: `a ${kind} of ${iteration}`, iteration };
    case 'new mail':
      return iteration === null ? null : { words: `a mail of ${iteration}`, iteration, tab: 'share' };
    case 'new recipient':
      return { words: 'a recipient of mails', tab: 'share' };
    case 'new quiet hours':
      return { words: 'quiet hours', tab: 'share' };
    case 'new import':
    case 'new table':
      return { words: 'a pasted table', tab: 'exchange' };
    default:
      return null;
  }
}
