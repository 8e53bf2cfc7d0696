/** What an import would do, line by line, and the one edit that does it. */
import type { Op } from '../edit.ts';
import { LIMITS } from '../schema.ts';
import { counted } from '../words.ts';

export type ImportVerdict = 'added' | 'changed' | 'unchanged' | 'rejected';

export interface ImportChange {
  /** "title", "planned start", "waits for". */
  readonly what: string;
  /** Empty where nothing was there. */
  readonly from: string;
  readonly to: string;
}

export interface ImportLine {
  /** Of the file; null where the format has none. */
  readonly line: number | null;
  readonly code: string;
  readonly title: string;
  readonly verdict: ImportVerdict;
  readonly changes: readonly ImportChange[];
  /** Why it is rejected, or what of it is left out. */
  readonly problems: readonly string[];
}

export interface ImportPlan {
  /** What a line stands for. */
  readonly noun: 'chapter' | 'row';
  readonly lines: readonly ImportLine[];
  readonly ops: readonly Op[];
  readonly remarks: readonly string[];
  /** Why it cannot be one edit; null where it can. */
  readonly obstacle: string | null;
}

/** "Import of plan.csv: 42 chapters" */
export function importLabel(file: string, plan: ImportPlan): string {
  return `Import of ${[...file].slice(0, 200).join('')}: ${countText(plan)}`;
}

/** "42 chapters": how many lines change something. */
export function countText({ lines, noun }: ImportPlan): string {
  const count = lines.filter(({ verdict }) => verdict === 'added' || verdict === 'changed').length;
  return counted(count, noun);
}

/** An edit is sent whole: with its frame it must fit into one request. */
const EDIT_BYTES_MAX = LIMITS.body_bytes - 64 * 1024;

export function obstacleOf(ops: readonly Op[]): string | null {
  if (ops.length > LIMITS.ops_per_edit) {
    return `This import makes ${ops.length} changes; one edit holds ${LIMITS.ops_per_edit}. Import it in parts.`;
  }
  const bytes = new TextEncoder().encode(JSON.stringify(ops)).length;
  if (bytes <= EDIT_BYTES_MAX) return null;
  return `This import is ${(bytes / 1024 / 1024).toFixed(1)} MB large; one edit holds ${Math.floor(EDIT_BYTES_MAX / 1024 / 102.4) / 10} MB. Import it in parts.`;
}
