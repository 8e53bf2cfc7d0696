/** Adding, ordering and removing chapters: for each act its label and its ops, on the rows that a person saw. Pure. */
import type { Op } from './edit.ts';
import { type Changes, insertRow, removeRow, setFields } from './ops.ts';
import { chaptersInOrder, phasesInOrder } from './plan-order.ts';
import { placeAt } from './positions.ts';
import type { NamedOps } from './row-edits.ts';
import type { Chapter, ChapterSchedule, Dependency } from './rows.ts';
import type { RowMaps } from './view.ts';

/** Where a chapter goes: right after another one, or first of a phase (`after` null). */
export interface ChapterPlace {
  readonly phaseId: string;
  readonly after: string | null;
}

export function addChapter(
  rows: RowMaps,
  id: string,
  { place, fields }: { readonly place: ChapterPlace; readonly fields: Changes<'chapters'> & { readonly code: string } },
): NamedOps {
  const { position, room } = roomAt(rows, id, place);
  const row = { ...fields, phase_id: place.phaseId, position };
  return { label: `Add chapter ${fields.code}`, ops: [insertRow('chapters', id, row), ...room] };
}

/** The ops that bring a chapter to a place. */
export function placeChapter(rows: RowMaps, chapter: Chapter, place: ChapterPlace): readonly Op[] {
  const { position, room } = roomAt(rows, chapter.id, place);
  const moved = place.phaseId === chapter.phase_id ? { position } : { position, phase_id: place.phaseId };
  return [setFields('chapters', chapter, moved), ...room];
}

/** One place up (−1) or down (1), into the phase beside it at its ends; null where there is nowhere to go. */
export function moveChapter(rows: RowMaps, chapter: Chapter, step: 1 | -1): NamedOps | null {
  const siblings = chaptersInOrder(rows, chapter.phase_id);
  const at = siblings.findIndex(({ id }) => id === chapter.id);
  const label = `Move ${chapter.code} ${step < 0 ? 'up' : 'down'}`;
  const beside = siblings[at + step];
  if (beside !== undefined) {
    const after = (step < 0 ? siblings[at - 2] : beside)?.id ?? null;
    return { label, ops: placeChapter(rows, chapter, { phaseId: chapter.phase_id, after }) };
  }
  const phases = phasesInOrder(rows);
  const phase = phases[phases.findIndex(({ id }) => id === chapter.phase_id) + step];
  if (phase === undefined) return null;
  const last = chaptersInOrder(rows, phase.id).at(-1)?.id ?? null;
  const place = { phaseId: phase.id, after: step < 0 ? last : null };
  return { label: `Move ${chapter.code} to phase ${phase.code}`, ops: placeChapter(rows, chapter, place) };
}

/** What hangs on chapters, and goes with them. */
export interface Hanging {
  readonly dependencies: readonly Dependency[];
  readonly schedules: readonly ChapterSchedule[];
}

export function hangingOn(rows: RowMaps, chapters: readonly Chapter[]): Hanging {
  const ids = new Set(chapters.map(({ id }) => id));
  return {
    dependencies: [...rows.dependencies.values()].filter(
      ({ predecessor_id, successor_id }) => ids.has(predecessor_id) || ids.has(successor_id),
    ),
    schedules: [...rows.chapter_schedules.values()].filter(({ chapter_id }) => ids.has(chapter_id)),
  };
}

export function removeChapters(chapters: readonly Chapter[], { dependencies, schedules }: Hanging): NamedOps {
  const [only] = chapters;
  const what = chapters.length === 1 && only ? `chapter ${only.code}` : `${chapters.length} chapters`;
  return {
    label: `Remove ${what}`,
    ops: [
      ...dependencies.map((row) => removeRow('dependencies', row)),
      ...schedules.map((row) => removeRow('chapter_schedules', row)),
      ...chapters.map((row) => removeRow('chapters', row)),
    ],
  };
}

/** CF → CG, A9 → A10, CZ → CZA: the next code that no chapter has. */
export function nextCode(code: string, taken: ReadonlySet<string>): string {
  let next = code;
  do next = following(next);
  while (taken.has(next));
  return next;
}

function following(code: string): string {
  const [, start = '', digits] = /^(.*?)(\d{1,9})$/.exec(code) ?? [];
  if (digits !== undefined) return `${start}${String(Number(digits) + 1).padStart(digits.length, '0')}`;
  const last = code.at(-1) ?? '';
  return /[A-Ya-y]/.test(last)
    ? code.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) + 1)
    : `${code}${/[a-z]/.test(last) ? 'a' : 'A'}`;
}

function roomAt(rows: RowMaps, id: string, { phaseId, after }: ChapterPlace) {
  const siblings = chaptersInOrder(rows, phaseId).filter((each) => each.id !== id);
  const { position, shifted } = placeAt(siblings, siblings.findIndex((each) => each.id === after) + 1);
  return { position, room: shifted.map(({ row, position: to }) => setFields('chapters', row, { position: to })) };
}
