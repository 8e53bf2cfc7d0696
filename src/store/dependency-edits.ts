/** What waits for what: adding, changing and removing dependencies, on the rows that a person saw. Pure. */
import { signedMinutes } from './duration-entry.ts';
import { insertRow, removeRow } from './ops.ts';
import { changeRow, type NamedOps, type Problem } from './row-edits.ts';
import type { Dependency } from './rows.ts';
import { shiftText } from './times-text.ts';
import type { RowMaps } from './view.ts';

export type Wait = Pick<Dependency, 'predecessor_id' | 'successor_id' | 'kind' | 'lag_minutes'>;

export function addDependency(rows: RowMaps, id: string, wait: Wait): NamedOps {
  return { label: `Add dependency ${arrow(rows, wait)}`, ops: [insertRow('dependencies', id, wait)] };
}

/** Null where nothing would change. */
export function changeDependency(
  rows: RowMaps,
  row: Dependency,
  wanted: Pick<Wait, 'kind' | 'lag_minutes'>,
): NamedOps | null {
  const { kind, lag_minutes } = wanted;
  const act = changeRow('dependencies', '', { row, wanted: { kind, lag_minutes } });
  return act && { ...act, label: `Dependency ${arrow(rows, row)}: ${kindText(wanted)}` };
}

export function removeDependency(rows: RowMaps, row: Dependency): NamedOps {
  return { label: `Remove dependency ${arrow(rows, row)}`, ops: [removeRow('dependencies', row)] };
}

/** Why this one cannot be added; null where it can. */
export function waitProblem(rows: RowMaps, wait: Wait): Problem | null {
  const { predecessor_id, successor_id, kind } = wait;
  const problem = (message: string): Problem => ({ field: 'other', message });
  if (predecessor_id === successor_id) return problem('A chapter cannot wait for itself.');
  const twin = [...rows.dependencies.values()].find(
    (row) => row.predecessor_id === predecessor_id && row.successor_id === successor_id && row.kind === kind,
  );
  if (twin) return problem(`${codeOf(rows, successor_id)} waits for ${codeOf(rows, predecessor_id)} already.`);
  const path = pathBetween(rows, successor_id, predecessor_id);
  if (path === null) return null;
  const circle = [...path, successor_id].map((id) => codeOf(rows, id));
  return problem(`That would close a circle: ${circle.join(' → ')}.`);
}

/** The shortest way along dependencies from one chapter to another, both included; null where there is none. */
function pathBetween({ dependencies }: RowMaps, from: string, to: string): readonly string[] | null {
  const next = new Map<string, string[]>();
  for (const { predecessor_id, successor_id } of dependencies.values()) {
    const group = next.get(predecessor_id);
    if (group === undefined) next.set(predecessor_id, [successor_id]);
    else group.push(successor_id);
  }
  const cameFrom = new Map<string, string | null>([[from, null]]);
  for (const here of cameFrom.keys()) {
    if (here === to) break;
    for (const there of next.get(here) ?? []) if (!cameFrom.has(there)) cameFrom.set(there, here);
  }
  if (!cameFrom.has(to)) return null;
  const path: string[] = [];
  for (let at: string | null = to; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at);
  return path;
}

/** `FS`, `SS +30m` */
export function kindText({ kind, lag_minutes }: Pick<Wait, 'kind' | 'lag_minutes'>): string {
  return lag_minutes === 0 ? kind : `${kind} ${shiftText(lag_minutes)}`;
}

/** `0`, `+30m`, `-1h30`, also nothing for none; null where it is no time. */
export function readLag(text: string): number | null {
  const words = text.trim();
  return /^[+−-]?$/.test(words) ? 0 : signedMinutes(words.replace(/^([+−-]? ?)±/, '$1'));
}

/** `AA → AB` */
export function arrow(
  rows: RowMaps,
  { predecessor_id, successor_id }: Pick<Wait, 'predecessor_id' | 'successor_id'>,
): string {
  return `${codeOf(rows, predecessor_id)} → ${codeOf(rows, successor_id)}`;
}

function codeOf({ chapters }: RowMaps, id: string): string {
  return chapters.get(id)?.code ?? '?';
}
