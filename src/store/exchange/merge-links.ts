/** Links of imported lines: what a line lists is all that its chapter waits for. Unknown chapters and cycles are told. */
import type { Op } from '../edit.ts';
import { sentence } from '../isolated.ts';
import { insertRow, removeRow, setFields } from '../ops.ts';
import type { Dependency } from '../rows.ts';
import type { PlanView } from '../view.ts';
import type { ImportedLink } from './imported.ts';
import { keyOf, knownWords } from './known-words.ts';
import { linkGraph } from './link-graph.ts';
import type { MergedLine, MergeTarget } from './merge-line.ts';
import { linkText } from './schedule-table.ts';

interface WantedLink extends ImportedLink {
  readonly predecessorId: string;
}

/** `isClosed`: the file has no word for chapters that are not in it, so links to those stay. */
export function mergeLinks(
  lines: readonly MergedLine[],
  isClosed: boolean,
  { view, newId }: MergeTarget,
): readonly Op[] {
  const inFile = new Set(lines.map(({ chapterId }) => chapterId));
  const find = finderOf(lines, view);
  const bySuccessor = new Map<string, Dependency[]>();
  for (const link of view.rows.dependencies.values()) {
    bySuccessor.set(link.successor_id, [...(bySuccessor.get(link.successor_id) ?? []), link]);
  }
  const graph = linkGraph(view);
  const ops: Op[] = [];
  const additions: { readonly line: MergedLine; readonly link: WantedLink }[] = [];

  for (const line of lines) {
    if (line.chapterId === null || line.imported.links === undefined) continue;
    const wanted = wantedLinks(line, find);
    const left = [...(bySuccessor.get(line.chapterId) ?? [])];
    const steps = wanted.flatMap((link) => {
      const at = bestMatch(left, link);
      const [match] = at < 0 ? [] : left.splice(at, 1);
      const isSame = match?.kind === link.kind && match.lag_minutes === link.lag;
      return isSame ? [] : [{ match, link }];
    });
    // A link that cannot be read is no sign that it is gone.
    const gone = line.problems.length > 0 ? [] : left.filter((link) => !isClosed || inFile.has(link.predecessor_id));
    if (steps.length + gone.length === 0) continue;
    if (view.role !== 'lead') {
      line.problems.push('Only a lead changes what a chapter waits for: left out.');
      continue;
    }
    for (const link of gone) {
      ops.push(removeRow('dependencies', link));
      graph.remove(link.predecessor_id, link.successor_id);
      line.changes.push({ what: 'waits no longer for', from: codeOf(view, link.predecessor_id), to: '' });
    }
    for (const { match, link } of steps) {
      if (match === undefined) additions.push({ line, link });
      else {
        ops.push(setFields('dependencies', match, { kind: link.kind, lag_minutes: link.lag }));
        const from = linkText(link.code, { kind: match.kind, lag: match.lag_minutes });
        line.changes.push({ what: 'waits for', from, to: linkText(link.code, link) });
      }
    }
  }
  // After all removals: a chain may be turned round in one file.
  for (const { line, link } of additions) {
    if (graph.leadsTo(line.chapterId ?? '', link.predecessorId)) {
      line.problems.push(sentence`${link.code} and ${line.code} would wait for each other: this link is left out.`);
      continue;
    }
    graph.add(link.predecessorId, line.chapterId ?? '');
    const keys = { predecessor_id: link.predecessorId, successor_id: line.chapterId ?? '' };
    ops.push(insertRow('dependencies', newId(), { ...keys, kind: link.kind, lag_minutes: link.lag }));
    line.changes.push({ what: 'waits for', from: '', to: linkText(link.code, link) });
  }
  return ops;
}

type FindChapter = (words: string) => string | undefined;

/** By code; by title where no code says so and no other chapter has it. */
function finderOf(lines: readonly MergedLine[], view: PlanView): FindChapter {
  const byTitle = new Map<string, string | null>();
  const named = (title: string, id: string) => {
    const known = byTitle.get(keyOf(title));
    byTitle.set(keyOf(title), known === undefined || known === id ? id : null);
  };
  const codes = knownWords();
  for (const { id, code, title } of view.rows.chapters.values()) {
    codes.put(code, id);
    named(title, id);
  }
  for (const { code, title, chapterId } of lines) {
    if (chapterId === null) continue;
    codes.put(code, chapterId);
    named(title, chapterId);
  }
  return (words) => codes.written(words) ?? codes.alike(words) ?? byTitle.get(keyOf(words)) ?? undefined;
}

function wantedLinks({ imported, chapterId, problems }: MergedLine, find: FindChapter): readonly WantedLink[] {
  const seen = new Set<string>();
  return (imported.links ?? []).flatMap((link): WantedLink[] => {
    const predecessorId = find(link.code);
    const reason =
      predecessorId === undefined
        ? sentence`There is no chapter “${link.code}” to wait for: this link is left out.`
        : predecessorId === chapterId
          ? 'It cannot wait for itself: this link is left out.'
          : Math.abs(link.lag) > LAG_MAX
            ? `A lag of ${link.lag} minutes is too long: this link is left out.`
            : null;
    if (reason !== null) problems.push(reason);
    const key = `${predecessorId} ${link.kind}`;
    if (reason !== null || predecessorId === undefined || seen.has(key)) return [];
    seen.add(key);
    return [{ ...link, predecessorId }];
  });
}

const LAG_MAX = 100_000;

/** The same kind of link between the two first; else one of another kind, which then changes. */
function bestMatch(left: readonly Dependency[], { predecessorId, kind }: WantedLink): number {
  const same = left.findIndex((link) => link.predecessor_id === predecessorId && link.kind === kind);
  return same >= 0 ? same : left.findIndex((link) => link.predecessor_id === predecessorId);
}

const codeOf = (view: PlanView, id: string) => view.rows.chapters.get(id)?.code ?? '?';
