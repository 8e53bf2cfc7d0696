import type { Edit } from '../../store/edit.ts';
import { sentence } from '../../store/isolated.ts';
import type { PlanView } from '../../store/view.ts';
import { counted } from '../../store/words.ts';
import { el, setAttribute, setShown, setText } from '../dom.ts';
import { keyed } from '../keyed.ts';
import type { Saying } from '../say.ts';
import { mergedWords } from './merged-words.ts';
import type { WaitingDraft } from './waiting-drafts.ts';

interface NoticeLine {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly kind: 'all-refused' | 'refused' | 'warning' | 'damaged' | 'restored' | 'merged' | 'drafts' | 'clock';
  /** More than one: their buttons ask which. */
  readonly areMany?: boolean;
  /** Undo would take back just this. */
  readonly canUndo?: boolean;
  readonly again?: Saying['again'];
  readonly canReload?: Saying['canReload'];
  readonly notKept?: Edit | undefined;
}

/**
 * What did not happen as asked, above every view until its reader has dismissed it: refused edits, and warnings of
 * this visit; before them that the server went back to an older state. Below them quiet lines, of edits that were combined with others', of drafts that wait and of a wrong clock. Clicks carry `data-do` –
 * `dismiss`, `again`, `reload`, `download`, `undo-merged`, `open-draft`, `drop-draft` – and the line's id.
 */
export function noticeList() {
  const element = el('ul', { class: 'mp-notices', 'aria-label': 'What needs your eye', hidden: true });
  const warnings = new Map<string, NoticeLine>();
  const update = keyed<NoticeLine>(element, ({ id }) => id, mountLine);
  return {
    element,
    warn(id: string, { text, again, notKept, canReload }: Saying) {
      warnings.set(id, { id, title: 'Not done', sentence: text, kind: 'warning', again, notKept, canReload });
    },
    /** Edits that only a warning here holds. */
    notKept: (): readonly Edit[] => [...warnings.values()].flatMap(({ notKept }) => notKept ?? []),
    /** Tries once more what a warning was about, and forgets the warning. */
    again(id: string) {
      const { again } = warnings.get(id) ?? {};
      warnings.delete(id);
      again?.(element);
    },
    /** True where the line was a warning of this visit; false where the store must forget a refusal. */
    dismissWarning: (id: string) => warnings.delete(id),
    /**
     * `drafts`: those of which the reader is to know. `restored`: that the server went back; null: it did not. `clock`: that
     * the device's is wrong; null: it is not.
     */
    update(view: PlanView, { drafts, restored, clock }: Told) {
      const inOrder = [...view.refused].sort((a, b) => a.edit.seq - b.edit.seq);
      const refused = inOrder.map(
        ({ edit, refusal }): NoticeLine => ({
          id: edit.id,
          title: sentence`Refused: ${edit.label}`,
          sentence: refusal.message,
          kind: 'refused',
        }),
      );
      const lines: readonly NoticeLine[] = [
        ...(restored === null ? [] : [{ id: RESTORED, title: '', sentence: restored, kind: 'restored' } as const]),
        ...allRefusedLine(view),
        ...refused,
        ...warnings.values(),
        ...damagedLine(view),
        ...mergedLine(view),
        ...draftsLine(drafts),
        ...(clock === null ? [] : [{ id: CLOCK, title: '', sentence: clock, kind: 'clock' } as const]),
      ];
      setShown(element, lines.length !== 0);
      update(lines);
    },
  };
}

export const ALL_REFUSED = 'all-refused';
export const MERGED = 'merged';
export const DRAFTS = 'drafts';
export const DAMAGED = 'damaged';
export const RESTORED = 'restored';
export const CLOCK = 'clock';

interface Told {
  readonly drafts: readonly WaitingDraft[];
  readonly restored: string | null;
  readonly clock: string | null;
}

/** From so many on, seeing them off one by one is work. */
const REFUSED_MANY = 3;

function allRefusedLine({ refused }: PlanView): readonly NoticeLine[] {
  if (refused.length < REFUSED_MANY) return [];
  const sentence = `${refused.length} edits were refused and changed nothing; each of them stands below.`;
  return [{ id: ALL_REFUSED, title: '', sentence, kind: 'all-refused' }];
}

function damagedLine({ damaged }: PlanView): readonly NoticeLine[] {
  if (damaged === 0) return [];
  const edits = counted(damaged, 'edit was', 'edits were');
  const sentence = `${edits} kept on this device and cannot be read any more, so they are not sent. What is left of it is in the file of your pending edits, for a person to read.`;
  return [{ id: DAMAGED, title: 'Damaged:', sentence, kind: 'damaged' }];
}

function mergedLine(view: PlanView): readonly NoticeLine[] {
  const sentence = mergedWords(view);
  const canUndo = view.merged.length === 1 && view.merged[0]?.editId === view.undoOf;
  return sentence === null ? [] : [{ id: MERGED, title: '', sentence, kind: 'merged', canUndo }];
}

function draftsLine(drafts: readonly WaitingDraft[]): readonly NoticeLine[] {
  if (drafts.length === 0) return [];
  return [{ id: DRAFTS, title: '', sentence: waitingText(drafts), kind: 'drafts', areMany: drafts.length > 1 }];
}

const NAMED_MAX = 3;

/** "2 drafts wait: AB, note in DR2; a new team." */
export function waitingText(drafts: readonly WaitingDraft[]): string {
  const named = drafts.slice(0, NAMED_MAX).map(({ words }) => words);
  const more = drafts.length > NAMED_MAX ? [`${drafts.length - NAMED_MAX} more`] : [];
  return `${counted(drafts.length, 'draft waits', 'drafts wait')}: ${[...named, ...more].join('; ')}.`;
}

function mountLine({ id, kind, again, canReload }: NoticeLine) {
  const title = el('strong');
  const sentence = el('span');
  const button = (act: string, word: string) =>
    el('button', { type: 'button', class: 'mp-button', 'data-do': act, 'data-id': id }, word);
  const undo = button('undo-merged', 'Undo mine');
  const drafts = kind === 'drafts' ? [button('open-draft', 'Open'), button('drop-draft', 'Drop')] : [];
  const buttons = [
    ...(again || kind === 'refused' ? [button('again', 'Try again')] : []),
    ...(canReload ? [button('reload', 'Reload')] : []),
    ...(kind === 'damaged' ? [button('download', 'Download')] : []),
    ...(kind === 'merged' ? [undo] : []),
    ...drafts,
  ];
  const words = el('p', {}, title, ' ', sentence);
  const element = el(
    'li',
    { class: 'mp-notice-line', 'data-kind': kind },
    words,
    ...buttons,
    button('dismiss', kind === 'all-refused' ? 'Dismiss all' : kind === 'drafts' ? 'Later' : 'Dismiss'),
  );
  return {
    element,
    update(line: NoticeLine) {
      setText(title, line.title);
      setText(sentence, line.sentence);
      setShown(undo, line.canUndo ?? false);
      for (const each of drafts) {
        setText(each, `${each.dataset.do === 'open-draft' ? 'Open' : 'Drop'}${line.areMany ? '…' : ''}`);
        setAttribute(each, 'aria-haspopup', line.areMany ? 'menu' : null);
      }
    },
  };
}
