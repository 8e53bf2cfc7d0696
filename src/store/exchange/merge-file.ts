/**
 * What an imported file means for the plan: each line is laid over the chapter of its code, and only what differs becomes an
 * op. Nothing is removed but links that a line no longer lists. Pure; the preview and the edit are made of the same result.
 */
import type { Op } from '../edit.ts';
import { sentence } from '../isolated.ts';
import { type ImportChange, type ImportLine, type ImportPlan, type ImportVerdict, obstacleOf } from './import-plan.ts';
import type { ImportedFile } from './imported.ts';
import { knownChapters } from './known-chapters.ts';
import { mergeBaselines } from './merge-baselines.ts';
import { addChapter, changeChapter } from './merge-chapter.ts';
import type { MergedLine, MergeTarget } from './merge-line.ts';
import { mergeLinks } from './merge-links.ts';
import { mergeSchedule } from './merge-schedule.ts';
import { namedRows } from './named-rows.ts';

export function mergeFile(file: ImportedFile, target: MergeTarget): ImportPlan {
  const { view, newId } = target;
  const isLead = view.role === 'lead';
  const named = namedRows(view, { newId, canMake: isLead });
  const known = knownChapters(view, file.chapters);
  const ops: Op[] = [];
  const firstLines = new Map<string, number>();
  const lines = file.chapters.map((imported): MergedLine => {
    const chapter = known.find(imported);
    const code = imported.code ?? chapter?.code ?? known.freeCode(imported.phase ?? '');
    const problems = [...imported.problems];
    const changes: ImportChange[] = [];
    const line = { imported, code, title: imported.title ?? chapter?.title ?? '', changes, problems };
    const rejected = (reason: string): MergedLine => {
      problems.push(reason);
      return { ...line, chapterId: null, isNew: false };
    };
    const own = chapter?.code ?? code;
    const twin = firstLines.get(own);
    if (twin !== undefined) return rejected(sentence`Line ${twin} has the code ${own} too: this one is left out.`);
    firstLines.set(own, imported.line);
    if (chapter === undefined && !isLead)
      return rejected(sentence`${code} is not in this plan, and only a lead adds chapters.`);
    const context = { ...target, named, ops, changes, problems };
    const chapterId = chapter === undefined ? addChapter(imported, { code, known }, context) : chapter.id;
    if (chapterId === null) return { ...line, chapterId: null, isNew: false };
    if (chapter !== undefined) changeChapter(imported, chapter, context);
    mergeSchedule(imported, { id: chapterId, kind: imported.kind ?? chapter?.kind ?? 'work' }, context);
    return { ...line, chapterId, isNew: chapter === undefined };
  });
  const linkOps = mergeLinks(lines, file.isClosed ?? false, target);
  const baselines = mergeBaselines(file.baselines, lines, target);
  const made = named.usedBy(ops);
  const all = [...made, ...ops, ...linkOps, ...baselines.ops];
  const remarks = [
    ...file.remarks,
    ...made.map(({ table, row }) => sentence`${table === 'phases' ? 'Phase' : 'Team'} “${row.name}” is added.`),
    ...baselines.remarks,
  ];
  return { noun: 'chapter', lines: lines.map(finished), ops: all, remarks, obstacle: obstacleOf(all) };
}

function finished({ imported, code, title, chapterId, isNew, changes, problems }: MergedLine): ImportLine {
  const verdict: ImportVerdict =
    chapterId === null
      ? 'rejected'
      : isNew
        ? 'added'
        : changes.length > 0
          ? 'changed'
          : problems.length > 0
            ? 'rejected'
            : 'unchanged';
  return { line: imported.line, code, title, verdict, changes, problems };
}
