import { LABELS, severalOf, waitingSeveral } from '../several-draft.ts';
import { takeWanted } from '../wanted-draft.ts';
import { isScheduled } from './acts.ts';
import type { Hold } from './commands.ts';
import { isTimeField } from './editing.ts';
import { chapterLineOf } from './model.ts';

/** Opens the form in which something waits that the reader asked for: now, and whenever one is asked for. */
export function answerWanted(hold: Hold): void {
  const { element, store, edits, drafts, selected, model, update, linesFor, shows, acts, parts } = hold;

  function openWanted(): void {
    const wanted = takeWanted();
    if (wanted === null) return;
    const { kind, id } = wanted;
    const { rows } = store.view();
    update();
    const chapterId = rows.chapter_schedules.get(id)?.chapter_id ?? (rows.chapters.has(id) ? id : null);
    if (chapterId !== null && !kind.startsWith('new ')) shows.lead(chapterId);
    const line = chapterLineOf(model(), chapterId ?? '');
    const several = severalOf(kind);
    if (several !== null) openSeveral(several.what, kind, id);
    else if (isTimeField(kind) && chapterId !== null) acts.editField(chapterId, kind);
    else if (kind === 'note' && chapterId !== null) acts.editNote(chapterId);
    else if (kind === 'move' && chapterId !== null) edits.slip(linesFor(chapterId));
    else if (kind.startsWith('times in ') && line !== null) edits.setTimes(line);
    else if (kind === 'chapter' || kind === 'phase') acts.change(id);
    else void parts.enter(({ openDraft }) => openDraft(kind, id));
  }

  /** With the chapters that it is about selected, as they were. */
  function openSeveral(what: string, kind: string, id: string): void {
    const { draft, all } = waitingSeveral(drafts, kind, id);
    const { chapters } = store.view().rows;
    const lineOf = (each: string) => chapterLineOf(model(), each);
    const left = all.filter((each) => chapters.has(each));
    for (const each of left) if (lineOf(each) === null) shows.lead(each);
    selected.set(left);
    update();
    if (what === LABELS) void parts.enter(({ openDraft }) => openDraft(kind, id));
    else
      edits.openWaiting(
        what,
        left
          .map(lineOf)
          .filter((line) => line !== null)
          .filter(isScheduled),
        draft,
      );
  }

  element.addEventListener('mp-draft-wanted', openWanted);
  openWanted();
}
