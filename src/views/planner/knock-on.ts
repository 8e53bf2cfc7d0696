/** What a move does to others, in words and as part of the same edit. Pure. */
import { sentence } from '../../store/isolated.ts';
import type { Cascade, CascadeMode, Retimed } from '../../store/network/cascade.ts';
import { slipBy } from '../../store/ops.ts';
import type { ChapterSchedule } from '../../store/rows.ts';
import { durationText } from '../../store/times-text.ts';
import { andMore } from '../../store/words.ts';
import type { Act, Scheduled } from './acts.ts';

/** Where a chapter is to stand, and how it stood for whoever moves it; null: it had no times. */
export interface Moved extends Retimed {
  readonly from: ChapterSchedule | null;
}

export type CascadeOf = (moved: readonly Moved[], mode: CascadeMode) => Cascade;

/**
 * Where it will stand if somebody else moved it meanwhile: on top of that, as the edit itself is merged (store/merge.ts).
 * What comes after would else be left where the chapter then runs into it. `now`: how it stands; undefined: not at all.
 */
export function onTop({ from, ...to }: Moved, now: ChapterSchedule | undefined): Retimed {
  if (from === null || now === undefined) return to;
  return {
    ...to,
    start: to.start + now.planned_start - from.planned_start,
    end: to.end + now.planned_end - from.planned_end,
  };
}

const NAMED_MAX = 3;

/** `moves 7 more · breaks CF, CG · AB starts in “Bank hours” · ends 30m after the window`; '' where all is well and nobody else feels it. */
export function cascadeWords(cascade: Cascade): string {
  return cascadeParts(cascade).join(' · ');
}

export function cascadeParts({
  slips,
  missed,
  forbidden,
  overdue,
  beforeWindow,
  pastWindow,
}: Cascade): readonly string[] {
  const words: string[] = [];
  if (slips.length > 0) words.push(`moves ${slips.length} more`);
  if (missed.length > 0) {
    // Gates first: whoever reads only the beginning should read of them.
    const codes = missed.toSorted((a, b) => Number(b.kind === 'gate') - Number(a.kind === 'gate')).map(nameOf);
    words.push(`breaks ${andMore(codes.slice(0, NAMED_MAX), codes.length)}`);
  }
  const [late] = overdue;
  if (late) {
    const more = overdue.length > 1 ? ` and ${overdue.length - 1} more` : '';
    words.push(`${late.chapter.code} ends ${durationText(late.minutes)} after it must finish${more}`);
  }
  const [first] = forbidden;
  if (first) {
    const { chapter, edge, window } = first;
    const more = forbidden.length > 1 ? ` and ${forbidden.length - 1} more` : '';
    words.push(sentence`${chapter.code} ${edge === 'start' ? 'starts' : 'ends'} in “${window.name}”${more}`);
  }
  if (beforeWindow > 0) words.push(`starts ${durationText(beforeWindow)} before the window`);
  if (pastWindow > 0) words.push(`ends ${durationText(pastWindow)} after the window`);
  return words;
}

function nameOf({ kind, code }: Cascade['missed'][number]): string {
  return kind === 'gate' ? `gate ${code}` : code;
}

/** Whether it does what somebody should look at before it is done. */
export function isAmiss({ missed, forbidden, overdue, beforeWindow, pastWindow }: Cascade): boolean {
  return missed.length > 0 || forbidden.length > 0 || overdue.length > 0 || beforeWindow > 0 || pastWindow > 0;
}

/** One edit: the act, and what moves because of it. */
export function withCascade({ label, ops }: Act, { slips }: Cascade): Act {
  if (slips.length === 0) return { label, ops };
  return {
    label: `${label}, and ${slips.length} after it`,
    ops: [...ops, ...slips.map(({ schedule, by }) => slipBy(schedule, by))],
  };
}

export function shifted(lines: readonly Scheduled[], start: number, end = start): readonly Moved[] {
  return lines.map(({ id, schedule }) => ({
    chapterId: id,
    start: schedule.planned_start + start,
    end: schedule.planned_end + end,
    from: schedule,
  }));
}

/** Where an act puts its chapter, as far as it moves one. */
export function retimedBy({ id, schedule }: Scheduled, { ops: [op] }: Act): Moved {
  const { planned_start: start, planned_end: end } = schedule;
  const moved = { chapterId: id, from: schedule };
  if (op?.op === 'move') return { ...moved, start: op.start, end: op.start + end - start };
  if (op?.op === 'resize') {
    return op.edge === 'start' ? { ...moved, start: op.to, end } : { ...moved, start, end: op.to };
  }
  return { ...moved, start, end };
}
