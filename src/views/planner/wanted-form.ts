import { takeWanted } from '../wanted-draft.ts';
import type { Hold } from './commands.ts';
import { isTimeField } from './editing.ts';
import { chapterLineOf } from './model.ts';

/** Opens the form in which something waits that the reader asked for: now, and whenever one is asked for. */
export function answerWanted({ element, store, edits, model, update, linesFor, shows, acts, parts }: Hold): void {
  function openWanted(): void {
    const wanted = takeWanted();
    if (wanted === null) return;
    const { kind, id } = wanted;
    const { rows } = store.view();
    update();
    const chapterId = rows.chapter_schedules.get(id)?.chapter_id ?? (rows.chapters.has(id) ? id : null);
    if (chapterId !== null && !kind.startsWith('new ')) shows.lead(chapterId);
    const line = chapterLineOf(model(), chapterId ?? '');
    if (isTimeField(kind) && chapterId !== null) acts.editField(chapterId, kind);
    else if (kind === 'note' && chapterId !== null) acts.editNote(chapterId);
    else if (kind === 'move' && chapterId !== null) edits.slip(linesFor(chapterId));
    else if (kind.startsWith('times in ') && line !== null) edits.setTimes(line);
    else if (kind === 'chapter' || kind === 'phase') acts.change(id);
    else void parts.enter(({ openDraft }) => openDraft(kind, id));
  }

  element.addEventListener('mp-draft-wanted', openWanted);
  openWanted();
}
